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
    await answer_until(anna, ANSWERS, "lines")
    assert await _new_though_lost(anna, "C1", "editMessageText", 0) == 0, "it changes in place"
    assert await _new_though_lost(anna, ".done", "editMessageText", 1) == 1, "what was chosen stays, the next is asked"
    await anna.gets(anna.says("/reminders"))
    assert await _new_though_lost(anna, "last", "editMessageReplyMarkup", 1) == 1, "the keyboard goes"


async def _new_though_lost(anna: Person, button: str, changes: str, expected: int) -> int:
    """Press while the answer to this change is lost; how many messages the press comes to, all of them shown. It does
    not go on before there are as many as expected: who goes on at once gets one answer to both.
    """
    server, shown, made = anna.server, len(anna.shown), len(anna.server.calls)
    newest = anna.shown[-1]
    server.faults.lost.append(changes)
    await anna.taps(button)
    await server.until(lambda: bool(_refused(server, made)), 20)
    assert [call.method for call in _refused(server, made)] == [changes] and not server.faults.lost
    await anna.waits(lambda person: len(person.shown) >= shown + expected)
    await anna.says("/deadline")  # it is answered when all that the press called for has been shown
    await anna.waits(lambda person: "1 March 2027" in person.last and person.shown[-1] is not newest)
    return len(anna.shown) - shown - 1


@pytest.mark.feature("H1", "C16")
async def test_a_question_whose_answer_was_lost_may_stand_twice_but_is_answered_once(
    open_bot: tuple[BotApi, Service],
) -> None:
    """Telegram cannot be asked whether a message has arrived: to ask twice is better than never."""
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "org_name")
    shown = len(anna.shown)
    server.faults.lost.append("sendMessage")
    await anna.says(ANSWERS["org_name"])
    await anna.waits(lambda person: len(person.shown) == shown + 2)
    first, again = anna.shown[-2:]
    assert open_question(anna) == "org_type" and first["text"] == again["text"]
    await anna.gets(anna.taps("CSO", first))
    assert open_question(anna) == "org_country" and len(anna.shown) == shown + 3
    assert "reply_markup" not in first and "reply_markup" not in again, "neither can be pressed any more"


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
