"""What people expect of buttons and of the input field, where the API has it; and the same in plain words where not."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest

from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.walking import answer_until, open_question


@pytest.fixture
def older(open_bot: tuple[BotApi, Service]) -> Iterator[BotApi]:
    """The server as it was some years ago."""
    server, _ = open_bot
    server.faults.older = True
    yield server
    server.faults.older = False


async def arrives(server: BotApi, name: str) -> Person:
    person = server.person(name)
    await person.gets(person.starts())
    await person.gets(person.taps("English"))
    return person


def buttons(person: Person) -> list[dict[str, Any]]:
    return [button for row in person.shown[-1]["reply_markup"]["inline_keyboard"] for button in row]


@pytest.mark.feature("H1", "N11")
async def test_a_link_for_a_colleague_is_copied_or_sent_on_with_one_tap(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "contact_name")
    await anna.gets(anna.says("/sections"))
    await anna.gets(anna.taps(".hand"))
    await anna.gets(anna.taps("hand:people"))
    copied = next(button["copy_text"]["text"] for button in buttons(anna) if "copy_text" in button)
    assert copied.startswith("https://t.me/stocktaking_bot?start=hand-") and copied in anna.last
    shared = next(button["url"] for button in buttons(anna) if "url" in button)
    assert shared == "https://t.me/share/url?url=" + copied.replace(":", "%3A").replace("/", "%2F").replace(
        "?", "%3F"
    ).replace("=", "%3D")
    ben = await arrives(server, "Ben")
    await ben.gets(ben.starts(copied.partition("=")[2]))
    assert open_question(ben) == "beneficiaries"


@pytest.mark.feature("H1")
async def test_what_cannot_be_undone_is_red_and_the_way_on_is_blue(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = await arrives(server, "Anna")
    await anna.gets(anna.says("/forget"))
    assert {_code(button): button["style"] for button in buttons(anna)} == {"forget": "danger", ".keep": "primary"}


@pytest.mark.feature("H1")
async def test_a_server_that_knows_no_styles_gets_the_same_buttons(older: BotApi) -> None:
    anna = await arrives(older, "Anna")
    await anna.gets(anna.says("/forget"))
    assert [_code(button) for button in buttons(anna)] == ["forget", ".keep"]
    assert not any("style" in button for button in buttons(anna))
    await anna.gets(anna.taps(".keep"))
    assert "Nothing was erased" in anna.last


@pytest.mark.feature("H1")
async def test_a_server_that_knows_no_copying_shows_what_would_be_copied(older: BotApi) -> None:
    anna = await arrives(older, "Anna")
    await anna.gets(anna.says("/join"))
    assert "/join " in anna.last
    assert [_code(button) for button in buttons(anna)] == ["look", ".back"]


@pytest.mark.feature("H1", "E3")
async def test_a_server_that_knows_no_moments_gets_the_deadline_in_words(older: BotApi) -> None:
    anna = await arrives(older, "Anna")
    await anna.gets(anna.says("/deadline"))
    assert "1 March 2027" in anna.last and "<" not in anna.last
    assert "entities" not in anna.shown[-1]


@pytest.mark.feature("H1")
async def test_where_only_words_are_wanted_the_input_field_says_so(open_bot: tuple[BotApi, Service]) -> None:
    """Telegram takes words for the input field or buttons, not both: here the way back is a command in the text."""
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "contact_name")
    assert buttons(anna), "a question keeps its buttons"
    await anna.gets(anna.says("/contact"))
    markup = anna.shown[-1]["reply_markup"]
    assert markup["force_reply"] is True and markup["input_field_placeholder"] == "Type your answer"
    assert "/back" in anna.last
    await anna.gets(anna.says("/back"))
    assert open_question(anna) == "contact_name"
    await anna.gets(anna.says("/contact"))
    asked = anna.shown[-1]["message_id"]
    await anna.gets(anna.says("May I send two entries?", reply_to_message=_replied(anna, asked)))
    assert "organizers" in anna.text and open_question(anna) == "contact_name"


def _replied(person: Person, message: int) -> dict[str, Any]:
    """The message replied to, as an app sends it on."""
    found = next(m for m in person.shown if m["message_id"] == message)
    return {key: value for key, value in found.items() if key != "reply_markup"}


def _code(button: dict[str, Any]) -> str:
    return str(button.get("callback_data", "")).partition("|")[2]
