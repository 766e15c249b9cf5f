"""What Telegram refuses, told apart: who cannot be written to, what cannot be changed, what has been done already."""

from __future__ import annotations

import sqlite3
from typing import Any

import pytest

from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.walking import answer_until, open_question


def reachable(service: Service, person: Person) -> bool:
    """What the store remembers of whether somebody can be written to."""
    with sqlite3.connect(service.folder / "stocktaking.sqlite3") as store:
        found = store.execute("select reachable from accounts where address = ?", [str(person.id)]).fetchone()
    return bool(found[0])


async def arrives(server: BotApi, name: str) -> Person:
    person = server.person(name)
    await person.gets(person.starts())
    await person.gets(person.taps("English"))
    return person


async def falls_silent(server: BotApi, service: Service, person: Person) -> None:
    """They write, the answer is refused, and this is remembered."""
    await person.says("/help")
    for _ in range(100):
        if not reachable(service, person):
            return
        await server.quiet(person.id, 0.1)
    raise AssertionError(f"{person.name} still counts as reachable")


@pytest.mark.feature("H1", "A10")
@pytest.mark.parametrize("how", ["blocked", "deactivated", "not found"])
async def test_who_cannot_be_written_to_is_remembered_and_is_back_with_their_next_word(
    how: str, open_bot: tuple[BotApi, Service]
) -> None:
    server, service = open_bot
    anna = await arrives(server, "Anna")
    assert reachable(service, anna)
    _shut(server, anna, how, True)
    await falls_silent(server, service, anna)
    _shut(server, anna, how, False)
    await anna.gets(anna.says("/deadline"))
    assert "1 March 2027" in anna.last and reachable(service, anna)


def _shut(server: BotApi, person: Person, how: str, shut: bool) -> None:
    person.blocked, person.deactivated = shut and how == "blocked", shut and how == "deactivated"
    if how == "not found":
        server.people.pop(person.id, None) if shut else server.people.update({person.id: person})


@pytest.mark.feature("H1")
async def test_a_question_whose_message_is_gone_is_shown_anew(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "org_type")
    asked = anna.shown[-1]
    anna.shown.remove(asked)
    del server.messages[anna.id, asked["message_id"]]
    await anna.gets(anna.taps(".help", asked))
    assert open_question(anna) == "org_type" and anna.shown[-1]["message_id"] > asked["message_id"]


@pytest.mark.feature("H1", "C16")
async def test_a_change_whose_answer_was_lost_counts_as_made(open_bot: tuple[BotApi, Service]) -> None:
    """The line broke after Telegram had changed the message: told again, it says that nothing is modified."""
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "org_type")
    await anna.gets(anna.says("/reminders"))
    shown, made = len(anna.shown), len(server.calls)
    server.faults.drop_after = 3
    await anna.taps("last")
    await server.until(lambda: server.faults.drop_after == 0, 20)
    await server.until(lambda: bool(_refused(server, made)), 20)
    await server.quiet(anna.id, 2.0)
    assert len(anna.shown) <= shown + 1, f"nothing is said twice:\n{anna.text}"


@pytest.mark.feature("H1", "C15")
async def test_a_press_that_can_no_longer_be_answered_still_does_what_it_says(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = await arrives(server, "Anna")
    await anna.gets(anna.says("/settings"))
    made = len(server.calls)
    server.faults.slow = 0.2
    query = await anna.taps("contact")
    server.queries[query]["at"] -= 60
    await anna.waits(lambda person: "force_reply" in person.shown[-1].get("reply_markup", {}))
    server.faults.slow = 0.0
    refused = _refused(server, made)
    assert [call.method for call in refused] == ["answerCallbackQuery"], refused


def _refused(server: BotApi, since: int) -> list[Any]:
    return [call for call in server.calls[since:] if not call.ok]
