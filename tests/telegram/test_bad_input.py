"""Whatever a person sends at a question of any kind gets a clear word in their language, and loses nothing."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

import pytest

from dialogs.domain.questionnaire import QuestionKind
from dialogs.questionnaire.source import loader
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.invalid_inputs import ENTRY_SO_FAR, STOPS, TEXTS, refusals, tells
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.looking import conversation_of
from tests.telegram.walking import open_question, walk

LARGE = {"file_id": "large", "file_unique_id": "large", "file_name": "film.pdf", "mime_type": "application/pdf"}

RECORDED = (QuestionKind.LONG_TEXT, QuestionKind.FILE)
"""Where a voice message is taken: it is kept as a file."""


class Clumsy:
    """Somebody with a phone in a pocket. `doing` is what they can do at any question, and what they are told then."""

    def __init__(self, person: Person, old: dict[str, Any], message: dict[str, Any]) -> None:
        self.person = person
        large = {**LARGE, "file_size": 25_000_000}
        self.doing: dict[str, tuple[Callable[[], Awaitable[Any]], tuple[str, ...]]] = {
            "sticker": (lambda: person.sends_odd("sticker"), ("odd.sticker",)),
            "voice": (lambda: person.sends_odd("voice"), ("odd.voice",)),
            "contact": (lambda: person.sends_odd("contact"), ("odd.contact",)),
            "location": (lambda: person.sends_odd("location"), ("odd.location",)),
            "dice": (lambda: person.sends_odd("dice"), ("odd.other",)),
            "a file too large": (lambda: person.sends(document=large), ("reading.file.too_large", "odd.file")),
            "an old button": (lambda: person.taps("yes", old), ("odd.old_button",)),
            "an edited message": (lambda: person.edits(message, "Something else"), ("edit.no_answer",)),
            "a command": (lambda: person.says("/help"), ("help.text",)),
            "no command": (lambda: person.says("/no_such"), ("command.unknown",)),
        }

    def at(self, question: str) -> dict[str, tuple[Callable[[], Awaitable[Any]], tuple[str, ...]]]:
        """All that is no answer at this question."""
        texts = {name: (self._saying(text), refusals(question, name)) for name, text in TEXTS.items()}
        found = {**self.doing, **{name: way for name, way in texts.items() if way[1]}}
        if loader.version("2027").by_id[question].kind in RECORDED:
            del found["voice"]
        if question == "agree":
            del found["an old button"]
        return found

    def _saying(self, text: str) -> Callable[[], Awaitable[Any]]:
        return lambda: self.person.says(text)


@pytest.mark.feature("C12", "C15", "C19", "Q11", "H1")
@pytest.mark.timeout(900)
@pytest.mark.parametrize("share", [4, pytest.param(1, marks=pytest.mark.faults)])
async def test_what_is_no_answer_gets_a_clear_word_and_loses_nothing(
    open_bot: tuple[BotApi, Service], share: int
) -> None:
    """At every kind of question; each quarter of what people do at every fourth of them, and in the long form all."""
    server, service = open_bot
    anna = server.person("Anna", "fr")
    await anna.gets(anna.starts())
    await anna.gets(anna.taps("Français"))
    begun: dict[str, Any] = {}
    await anna.gets(_kept(anna.says("/new"), begun))
    clumsy = Clumsy(anna, dict(anna.shown[-1]), begun)  # with the keyboard that it bears now
    for number, question in enumerate(STOPS):
        await reach(anna, question)
        for name, (act, keys) in list(clumsy.at(question).items())[number % share :: share]:
            await anna.gets(act())
            assert open_question(anna) == question, f"{name} closed {question}:\n{anna.text}"
            assert tells(anna.text, "fr", keys), f"{name} at {question} was answered by:\n{anna.text}"
    (draft,) = (await conversation_of(service.environment["STOCKTAKING_DATABASE_URL"], anna)).drafts.values()
    kept = {key: answer.value for key, answer in draft.answers.items() if answer.value is not None}
    assert kept.items() >= ENTRY_SO_FAR.items()
    assert set(kept) - set(ENTRY_SO_FAR) <= {"lines", "sublines"}


async def _kept(sending: Awaitable[dict[str, Any]], message: dict[str, Any]) -> None:
    """Send, and remember the message."""
    message.update(await sending)


async def reach(person: Person, question: str) -> None:
    """Answer on to a question; where it is far, by the list of sections."""
    if question == "people_reached":
        await person.gets(person.says("/sections"))
        await person.gets(person.taps("section:people"))
        await person.gets(person.taps(".skip"))
        assert open_question(person) == question
    else:
        await walk(person, ANSWERS, until=question)


@pytest.mark.feature("Q1", "H1")
async def test_markup_and_overrides_in_a_text_are_its_letters_and_nothing_more(
    open_bot: tuple[BotApi, Service],
) -> None:
    server, service = open_bot
    anna = server.person("Anna", "en")
    await anna.gets(anna.starts())
    await anna.gets(anna.taps("English"))
    await anna.gets(anna.says("/new"))
    await walk(anna, ANSWERS, until="contact_name")
    await anna.gets(anna.says(f"{TEXTS['markup']} {TEXTS['overrides']}"))
    await anna.gets(anna.says("/back"))
    assert f"{TEXTS['markup']} txet gpj.exe" in anna.last
    found = await conversation_of(service.environment["STOCKTAKING_DATABASE_URL"], anna)
    (draft,) = found.drafts.values()
    assert draft.answers["contact_name"].value == f"{TEXTS['markup']} txet gpj.exe"
