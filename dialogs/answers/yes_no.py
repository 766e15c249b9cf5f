"""Yes or no, in any of the languages. Consent hangs on it, so only plain words count; the rest is asked again.

No guess is offered back: a single button, "Yes", below words that merely hold an "ok" would be a nudge. Both stay.
"""

from __future__ import annotations

from typing import Any

from dialogs.answers.results import Accepted, Context, Reading, Refusal
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Question
from dialogs.matching.matcher import find
from dialogs.matching.option_names import names_of
from dialogs.text.normalize import spelt_out, words_of
from dialogs.text.vocabulary import LONGEST_WISH, Vocabulary

__all__ = ["check_yes_no", "read_yes_no"]

SIGNS = {"👍": True, "✅": True, "✔": True, "👎": False, "❌": False, "✖": False}

ANSWERS = {"yes": True, "no": False, "none": False}


def read_yes_no(question: Question, text: str, context: Context) -> Reading:
    """`yes`, `oui`, `да`, `نعم`, `1`, 👍: True; `no`, `non`, `нет`, `لا`, `2`, 👎: False; else asked back."""
    sign = SIGNS.get(text.strip().rstrip("\ufe0f🏻🏼🏽🏾🏿"))
    answer = sign if sign is not None else _said(text, context.vocabulary)
    if answer is not None:
        return Accepted(answer)
    return _by_name(text, context)


MOST_WORDS = 12
"""Of an answer that says yes, or no, more than once: `oui, bien sûr`; of Chinese, characters: `好的，我同意`."""


def _said(text: str, vocabulary: Vocabulary) -> bool | None:
    """What a text says that is one such word, or several that all say the same: `d'accord, bien sûr`."""
    words = words_of(text) if len(text) <= LONGEST_WISH else ()
    if len(words) > MOST_WORDS:
        return None
    said: list[set[bool]] = [set() for _ in range(len(words) + 1)]
    for end in range(1, len(words) + 1):
        for start in range(end):
            answer = ANSWERS.get(vocabulary.wanted(spelt_out(words[start:end])) or "")
            if answer is not None and (start == 0 or answer in said[start]):
                said[end].add(answer)
    return next(iter(said[-1])) if len(said[-1]) == 1 else ANSWERS.get(vocabulary.wanted(text) or "")


def _by_name(text: str, context: Context) -> Reading:
    """The labels of the two choices; nothing else may stand beside them."""
    found = find(text, names_of(context.options, context.vocabulary))
    if len(found.certain) == 1 and not found.candidates and not found.unknown:
        return Accepted(ANSWERS.get(found.certain[0], False))
    return Refusal(M("reading.yes_no.unclear"))


def check_yes_no(question: Question, value: Any, context: Context) -> Message | None:
    """Whether a stored value is True or False."""
    return None if isinstance(value, bool) else M("reading.yes_no.unclear")
