"""The service around its conversations: floods, stops, a second poller, people who come back."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.botapi import BotApi
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.opening import telegram
from tests.telegram.walking import answer_until, open_question


def handled(service: Service) -> int:
    """How many updates of people the store knows of."""
    with sqlite3.connect(service.folder / "stocktaking.sqlite3") as store:
        return int(store.execute("select count(*) from handled_updates where channel = 'telegram'").fetchone()[0])


@pytest.mark.feature("H1")
async def test_a_flood_slows_nobody_down_and_gets_one_polite_word(open_bot: tuple[BotApi, Service]) -> None:
    server, service = open_bot
    foe, anna = server.person("Foe"), server.person("Anna")
    await answer_until(anna, ANSWERS, "contact_name")
    await foe.gets(foe.starts())
    before, written = handled(service), service.log.count("\n")
    for _ in range(1_000):
        await foe.says("flood " * 100)
    await anna.says("Amina Otieno")
    await anna.waits(lambda person: open_question(person) == "contact_role", 60)
    await server.until(lambda: server.waiting == 0, 60)
    await server.quiet(foe.id, 3.0)
    told = [message for message in foe.shown if "a lot at once" in message["text"]]
    assert len(told) == 1
    assert handled(service) - before < 200, "what is let go leaves nothing on the disk"
    assert service.log.count("\n") - written < 200, "nor in the log"
    assert len(foe.shown) < 40


@pytest.mark.feature("A10", "H1")
async def test_who_blocked_the_bot_is_not_written_to_and_is_back_on_return(open_bot: tuple[BotApi, Service]) -> None:
    server, service = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "contact_name")

    def reachable() -> bool:
        with sqlite3.connect(service.folder / "stocktaking.sqlite3") as store:
            found = store.execute("select reachable from accounts where address = ?", [str(anna.id)]).fetchone()
        return bool(found[0])

    await anna.blocks()
    await server.until(lambda: server.waiting == 0 and not reachable(), 20)
    await anna.unblocks()
    await server.until(lambda: server.waiting == 0 and reachable(), 20)
    await anna.gets(anna.says("Amina Otieno"))
    assert open_question(anna) == "contact_role"


@pytest.mark.feature("C6", "C17")
@pytest.mark.timeout(300)
@pytest.mark.parametrize("how", ["polling", "webhook"])
async def test_being_told_to_stop_loses_and_doubles_nothing(how: str, tmp_path: Path) -> None:
    async with BotApi() as server:
        service = Service(tmp_path, **telegram(server, how))
        async with service:
            people = [server.person(f"Person {number}") for number in range(12)]
            for round in range(5):
                await asyncio.gather(*(person.says("/help" if round else "/start") for person in people))
            await server.until(lambda: len(server.delivered) > 5, 60)
            assert await service.stop() == 0
            await service.start()
            await server.until(lambda: server.waiting == 0, 120)
            assert handled(service) == 60
            for person in people:
                await person.waits(lambda person: bool(person.shown), 60)
        assert "Traceback" not in service.log, service.log


@pytest.mark.timeout(300)
async def test_a_second_poller_says_in_plain_words_what_is_wrong(tmp_path: Path) -> None:
    async with (
        BotApi() as server,
        Service(tmp_path / "one", **telegram(server, "polling")) as one,
        Service(tmp_path / "two", **telegram(server, "polling")) as two,
    ):
        await server.until(lambda: "another program holds this bot's token" in one.log + two.log, 60)
        assert "Traceback" not in one.log + two.log


@pytest.mark.feature("C19")
async def test_a_command_in_the_middle_of_a_question_breaks_nothing(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "contact_name")
    for command in ("/help", "/deadline", "/no_such_command"):
        await anna.gets(anna.says(command))
        assert open_question(anna) == "contact_name"
    await anna.gets(anna.says("Amina Otieno"))
    assert open_question(anna) == "contact_role"


@pytest.mark.feature("H1", "A9")
async def test_a_failing_line_and_a_halt_delay_an_answer_and_lose_nothing(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "contact_name")
    server.faults.drop_before, server.faults.errors = 2, 2
    server.faults.halts.append(2)
    await anna.says("Amina Otieno")
    await anna.waits(lambda person: open_question(person) == "contact_role", 60)


@pytest.mark.feature("H1")
@pytest.mark.timeout(300)
async def test_a_chat_gets_a_few_messages_at_once_and_then_one_a_second(tmp_path: Path) -> None:
    async with BotApi() as server, Service(tmp_path, **telegram(server, "polling")):
        anna = server.person("Anna")
        await anna.gets(anna.starts())
        await anna.gets(anna.taps("English"))
        await server.quiet(anna.id, 4.0)
        shown = len(anna.shown)
        for command in ("/settings", "/reminders", "/access", "/contact", "/mydata", "/drafts", "/language", "/news"):
            await anna.says(command)
        await server.until(lambda: server.waiting == 0, 60)
        await server.quiet(anna.id, 5.0)
        sent = [call.at for call in server.calls if call.method == "sendMessage"][shown:]
        assert len(sent) > 4
        assert all(later - earlier > 0.9 for earlier, later in zip(sent, sent[3:], strict=False)), sent


@pytest.mark.faults
@pytest.mark.feature("C6")
@pytest.mark.timeout(900)
async def test_what_telegram_would_not_take_for_minutes_is_shown_afterwards(tmp_path: Path) -> None:
    """A call is tried again for some two minutes and then given up; its screen waits in the store."""
    async with BotApi() as server, Service(tmp_path, **telegram(server, "polling")) as service:
        anna = server.person("Anna")
        await answer_until(anna, ANSWERS, "contact_name")
        shown = len(anna.shown)
        server.faults.errors = 1_000_000
        await anna.says("Amina Otieno")
        while "not shown yet" not in service.log:
            await server.quiet(anna.id, 1.0)
        server.faults.errors = 0
        await anna.waits(lambda person: open_question(person) == "contact_role", 120)
        await server.quiet(anna.id, 20.0)
        assert len(anna.shown) == shown + 1
        assert "Traceback" not in service.log


@pytest.mark.feature("H1", "H3")
@pytest.mark.timeout(300)
async def test_only_organizers_see_organizers_commands(tmp_path: Path) -> None:
    async with BotApi() as server:
        owner, anna = server.person("Owner"), server.person("Anna")
        settings = telegram(server, "polling")
        async with Service(tmp_path, organizers=str(owner.id), **settings):
            await owner.gets(owner.starts())
            await anna.gets(anna.starts())

            def listed() -> dict[int, set[str]]:
                made = [call.params for call in server.calls if call.method == "setMyCommands"]
                own = [(_value(params["scope"]), _value(params["commands"])) for params in made]
                return {
                    scope["chat_id"]: {command["command"] for command in commands}
                    for scope, commands in own
                    if scope["type"] == "chat"
                }

            await server.until(lambda: owner.id in listed(), 60)
            assert {"organize", "calls", "new", "help"} <= listed()[owner.id]
            assert anna.id not in listed()
        async with Service(tmp_path, **settings):  # no longer named in the settings

            def taken_away() -> list[int]:
                made = [call.params for call in server.calls if call.method == "deleteMyCommands"]
                return [_value(params["scope"])["chat_id"] for params in made]

            await server.until(lambda: owner.id in taken_away(), 60)


def _value(field: Any) -> Any:
    return json.loads(field) if isinstance(field, str) else field
