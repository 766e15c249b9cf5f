"""One of many: the option a text names, or the few it may mean."""

from __future__ import annotations

from typing import Any

from dialogs.answers.results import Accepted, Context, Reading, Refusal, Uncertain
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Question
from dialogs.matching.fuzzy import MOST_CANDIDATES
from dialogs.matching.matcher import Found, find
from dialogs.matching.option_names import names_of

__all__ = ["check_one", "decide", "read_one", "unknown"]


def read_one(question: Question, text: str, context: Context) -> Reading:
    """A label in any language, a short form, a code or a number of the list."""
    found = find(text, names_of(context.options, context.vocabulary))
    return decide(found) or Refusal(unknown(text, context))


def decide(found: Found) -> Reading | None:
    """Accept the only option named; offer those that may be meant; None when there is none."""
    offered = tuple(dict.fromkeys([*found.certain, *found.candidates]))[:MOST_CANDIDATES]
    if len(found.certain) == 1 and len(offered) == 1 and not found.unknown:
        return Accepted(found.certain[0])
    return Uncertain(offered) if offered else None


def unknown(text: str, context: Context) -> Message:
    """That a text is like nothing offered, with how it can be answered and a first option as an example."""
    typed = " ".join(text.split())[:60]
    if not context.options:
        return M("reading.choice.nothing_offered")
    first = context.options[0]
    shown = context.shown or len(context.options)
    return M("reading.choice.unknown", shown, text=typed, example=first.short or first.label)


def check_one(question: Question, value: Any, context: Context) -> Message | None:
    """Whether a stored choice is still offered."""
    if not isinstance(value, str) or value not in {option.code for option in context.options}:
        return M("reading.choice.not_offered")
    return None
