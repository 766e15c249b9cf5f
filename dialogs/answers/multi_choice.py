"""Several of many: all options that one message names, within the limits; exclusive ones stand alone."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.answers.results import Accepted, Context, Reading, Refusal, Uncertain
from dialogs.answers.single_choice import unknown
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Question
from dialogs.matching.matcher import Found, find
from dialogs.matching.option_names import Names, names_of

__all__ = ["check_several", "gather", "read_several"]


def read_several(question: Question, text: str, context: Context) -> Reading:
    """`C2, C7 e-health and 9`: what is certain is taken, what is not is offered back beside it."""
    names = names_of(context.options, context.vocabulary)
    found = find(text, names)
    if found.is_range:
        return Refusal(M("reading.several.range"))
    return gather(question, found, names, context) or Refusal(unknown(text, context))


def gather(question: Question, found: Found, names: Names, context: Context) -> Reading | None:
    """What the options found come to; None when there are none. A piece like nothing offered is named, and what was
    understood beside it is kept, unless more was not understood than was: that is prose.
    """
    certain = names.sorted(found.certain)
    if not certain and not found.candidates:
        return None
    unknown = found.unknown[0][:60] if found.unknown else ""
    if unknown and (not certain or len(found.unknown) > len(certain)):
        return Refusal(M("reading.several.piece_unknown", text=unknown))
    if found.candidates or unknown:
        return Uncertain(tuple(found.candidates), certain, unknown)
    message = _too_much(question, certain, context)
    return Refusal(message) if message is not None else Accepted(list(certain))


def check_several(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with stored choices: their number, one that is not offered, one that stands alone."""
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return M("reading.several.none")
    if not set(value) <= {option.code for option in context.options}:
        return M("reading.choice.not_offered")
    least = question.limits.min
    if least is not None and len(value) < least:
        return M("reading.several.too_few", least, chosen=len(value))
    return _too_much(question, value, context)


def _too_much(question: Question, codes: Sequence[str], context: Context) -> Message | None:
    most = question.limits.max
    if most is not None and len(codes) > most:
        return M("reading.several.too_many", most, chosen=len(codes))
    alone = next((o for o in context.options if o.exclusive and o.code in codes), None)
    if alone is not None and len(codes) > 1:
        return M("reading.several.exclusive", option=alone.label)
    return None
