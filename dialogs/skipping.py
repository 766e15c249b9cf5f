"""Leaving optional questions unanswered: one, or all of a section."""

from __future__ import annotations

from dialogs.conversation import Given
from dialogs.following import proceed
from dialogs.messages import M
from dialogs.questionnaire.journey import Stop
from dialogs.taking import writable
from dialogs.talk import Talk

__all__ = ["skip", "skip_section"]


def skip(talk: Talk, stop: Stop, argument: str) -> None:
    if stop.required:
        talk.error(M("skip.required"))
        return
    if not writable(talk, stop):
        return
    talk.chosen = M("answer.none")
    talk.give(stop.key, None, given=Given.SKIPPED)
    proceed(talk, stop.key)


def skip_section(talk: Talk, stop: Stop, argument: str) -> None:
    for other in talk.journey.open() if writable(talk) else ():
        if other.section == stop.section and not other.required:
            talk.give(other.key, None, given=Given.SKIPPED)
    proceed(talk, stop.key)
