"""Somebody who reads a language, at the machine itself: no store, no channel."""

from __future__ import annotations

from dataclasses import replace

from dialogs.domain.events import Commanded, Said
from storage.calls.calls import annual_call
from tests.dialogs.test_any_events import Walker
from tests.driver import WORDS, Person
from tests.samples import ANSWERS

__all__ = ["at_question", "in_words", "question", "reader"]


def reader(language: str) -> Walker:
    """Somebody who has chosen a language, in season."""
    walker = Walker(annual_call(2027))
    person = replace(walker.conversation.person, language=language, language_chosen=True)
    walker.conversation = replace(walker.conversation, person=person)
    return walker


def question(walker: Walker) -> str:
    """The id of the open question; the screen's name elsewhere."""
    return walker.screens[-1].name.removeprefix("filling/")


def at_question(language: str, wanted: str) -> Walker:
    """A reader of a language who has answered, in English, everything before a question."""
    walker = reader(language)
    walker.play(Commanded("new", walker.at))
    for _ in range(90):
        if question(walker) == wanted:
            return walker
        walker.play(Said(ANSWERS[question(walker)], walker.at, ref=f"m{walker.count}"))
    raise AssertionError(f"{wanted} is not asked")


def in_words(walker: Walker) -> str:
    """All that was shown last, as its reader reads it."""
    language = walker.conversation.person.language
    return Person.clean("\n".join(WORDS.say(line.text, language) for line in walker.screens[-1].lines))
