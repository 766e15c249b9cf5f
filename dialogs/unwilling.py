"""Words by which somebody does not answer: "skip", "next", "later", "I don't know", "n/a". They are never an answer.

An optional question is skipped by them. A required one is left open for later by "later" and "next"; by the others
it says that it needs an answer, and offers to wait. Where one option was offered back, "yes" takes it and "no" doesn't.
"""

from __future__ import annotations

from dialogs.answers.reading import Accepted, read
from dialogs.asking import is_begun, takes_several
from dialogs.conversation import Given
from dialogs.events import Said
from dialogs.finish import skip
from dialogs.messages import M
from dialogs.picking import picked
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.model import QuestionKind
from dialogs.taking import context_of
from dialogs.talk import Talk
from dialogs.ways import WAYS

__all__ = ["heard"]

UNWILLING = frozenset(("skip", "next", "later", "unsure", "none"))

NAMED = (QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.COUNTRY, QuestionKind.COUNTRIES, QuestionKind.YES_NO)
"""Kinds whose options are looked through first: one may be called by such a word."""


def heard(talk: Talk, stop: Stop, event: Said) -> bool:
    """Follow such a word; False when the text may be an answer."""
    intent = talk.world.vocabulary.wanted(event.text) or _of_signs(event.text)
    candidates = talk.args.get("candidates")
    if candidates and intent in ("yes", "no"):
        _answered(talk, stop, list(map(str, candidates)), yes=intent == "yes")
        return True
    if intent == "no" and stop.question.kind not in NAMED:
        intent = "none"
    if intent not in UNWILLING or _names_an_option(talk, stop, event):
        return False
    if is_begun(talk, stop) and not takes_several(stop.question):
        WAYS[".later"](talk, stop, "")
    elif intent in ("later", "next") and _is_answered(talk, stop):
        WAYS[".next"](talk, stop, "")
    elif not stop.required or _is_answered(talk, stop):
        skip(talk, stop, "")
    elif intent in ("later", "next") and not talk.journey.cannot_wait(stop):
        WAYS[".later"](talk, stop, "")
    else:
        talk.error(M("skip.required"))
        talk.stay(stuck=True)
    return True


def _is_answered(talk: Talk, stop: Stop) -> bool:
    answer = talk.journey.answer(stop)
    return answer is not None and answer.given is Given.ANSWERED


def _of_signs(text: str) -> str | None:
    """`-`, `...` and `?` stand for no answer as well."""
    return None if any(character.isalnum() for character in text) or len(text) > 5 else "unsure"


def _answered(talk: Talk, stop: Stop, candidates: list[str], *, yes: bool) -> None:
    if not yes:
        talk.stay(candidates=None)
    elif len(candidates) == 1:
        picked(talk, stop, candidates[0])
    else:
        talk.note(M("uncertain.which"))


def _names_an_option(talk: Talk, stop: Stop, event: Said) -> bool:
    named = stop.question.kind in NAMED
    return named and isinstance(read(stop.question, event.text, context_of(talk, stop)), Accepted)
