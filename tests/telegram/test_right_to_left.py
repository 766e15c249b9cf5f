"""Readers from right to left: answers as a rich message that knows its direction, and plainly where there is none."""

from __future__ import annotations

import pytest

from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.service import Service


async def at_the_check(person: Person) -> None:
    """Begin an entry in Arabic and look at its answers."""
    await person.gets(person.starts())
    await person.gets(person.taps("العربية"))
    await person.gets(person.says("/new"))
    await person.gets(person.says("/review"))


@pytest.mark.feature("I5", "H1")
@pytest.mark.timeout(300)
async def test_the_check_is_a_table_from_right_to_left(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    amina = server.person("Amina", language="ar")
    await at_the_check(amina)
    message = amina.shown[-1]
    assert message["rich_message"]["is_rtl"]
    assert any(block["type"] == "table" for block in message["rich_message"]["blocks"])
    assert message["reply_markup"]["inline_keyboard"]
    await amina.gets(amina.says("/continue"))
    assert "reply_markup" not in message, "its keyboard goes as any other does"


@pytest.mark.feature("I5", "H1")
@pytest.mark.timeout(300)
async def test_a_server_that_knows_no_rich_messages_gets_the_same_words(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    samir = server.person("Samir", language="ar")
    server.faults.older = True
    await at_the_check(samir)
    server.faults.older = False
    assert "rich_message" not in samir.shown[-1]
    assert samir.shown[-1]["reply_markup"]["inline_keyboard"]
