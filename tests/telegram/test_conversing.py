"""What people expect of a bot in Telegram: taps, links, searches, edits, and old buttons that say what they are."""

from __future__ import annotations

import asyncio
import json
import os
import sqlite3
from pathlib import Path
from typing import Any

import pytest

from tests.botapi import BotApi
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.walking import answer_until, open_question


@pytest.mark.feature("H1", "C15", "C16")
async def test_a_tap_edits_in_place_and_a_retired_button_says_so(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "lines")
    asked = anna.shown[-1]
    await anna.gets(anna.taps("C1"))
    await anna.gets(anna.taps("C2"))
    assert anna.shown[-1]["message_id"] == asked["message_id"], "toggles change the message they are on"
    assert "✓" in anna.last
    old = {**asked, "reply_markup": dict(anna.shown[-1]["reply_markup"])}
    await anna.gets(anna.taps(".done"))
    assert open_question(anna) != "lines"
    before = next(m for m in anna.shown if m["message_id"] == asked["message_id"])
    assert "reply_markup" not in before and "✓" in before["text"], "the choice stays, the keyboard goes"
    question = open_question(anna)
    query = await anna.taps("C3", old)
    await anna.waits("earlier message")
    assert open_question(anna) == question
    assert server.queries[query]["answered"] is not None


@pytest.mark.feature("C15")
async def test_a_forged_press_changes_nothing_and_shows_the_question(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "contact_name")
    for data in ("99999|.send", "1|.skip", "|.send", "x", "||||", "7|" + "x" * 60, "|remind:never:a"):
        query = await anna.gets_answer(anna.forges(data))
        assert server.queries[query]["answered"] is not None
        await anna.waits(lambda person: open_question(person) == "contact_name")


@pytest.mark.feature("C15")
async def test_after_an_absence_the_open_question_is_asked_again_once(open_bot: tuple[BotApi, Service]) -> None:
    """Telegram forgets presses after 150 seconds: who pressed while we were away is not left waiting."""
    server, service = open_bot
    anna, idle = server.person("Anna"), server.person("Ben")
    others = [server.person(f"Person {number}") for number in range(5)]
    await answer_until(anna, ANSWERS, "contact_name")
    await asyncio.gather(*(each.gets(each.starts()) for each in others))
    await idle.gets(idle.starts())
    await idle.blocks()
    await service.stop()
    with sqlite3.connect(service.folder / "stocktaking.sqlite3") as store:
        store.execute("update handled_updates set at = datetime(at, '-1 hour') where channel = 'telegram/beat'")
        store.execute("update people set seen = datetime(seen, '-1 hour')")
    shown = len(anna.shown)
    await service.start()
    await anna.waits(lambda person: len(person.shown) > shown, 60)
    assert open_question(anna) == "contact_name"
    await server.until(lambda: all(len(each.shown) == 2 for each in others), 60)
    await anna.gets(anna.says("Amina Otieno"))
    assert open_question(anna) == "contact_role"
    assert all(len(each.shown) == 2 for each in others), "once, not in a flood"
    await service.stop()
    shown = len(anna.shown)
    await service.start()
    await anna.gets(anna.says("Project lead"))
    assert len(anna.shown) == shown + 1, "a short absence asks nobody again"


@pytest.mark.feature("C14", "N1")
async def test_an_edited_message_mends_its_answer(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "contact_name")
    sent = await anna.says("Amina Otieno")
    await anna.waits(lambda person: open_question(person) == "contact_role")
    await anna.gets(anna.edits(sent, "Amina A. Otieno"))
    assert "Amina A. Otieno" in anna.last
    assert open_question(anna) == "contact_role"


@pytest.mark.feature("N8", "Q12", "Q13")
async def test_texts_and_an_album_are_one_status_message_edited_in_place(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "description")
    shown = len(anna.shown)
    part = "Villages learn to run networks of their own with the power of the sun. " * 45
    for _ in range(3):
        await anna.says(part[:3_200])
    await anna.sends_album(4)
    await server.until(lambda: server.waiting == 0, 30)
    await server.quiet(anna.id, 2.0)
    assert len(anna.shown) == shown + 1, f"one status message, not seven:\n{anna.text}"
    assert "words" in anna.last and open_question(anna) == "description"


@pytest.mark.feature("H1", "D6")
async def test_a_link_survives_the_first_contact(open_bot: tuple[BotApi, Service]) -> None:
    """Somebody new who follows a link chooses a language first, and then arrives where the link leads."""
    server, _ = open_bot
    anna = server.person("Anna")
    await anna.gets(anna.starts("late-no-such-code"))
    assert "language" in anna.last
    await anna.gets(anna.taps("English"))
    assert "code" in anna.text, anna.text


@pytest.mark.feature("Q4", "H1")
async def test_a_long_list_is_searched_while_typing(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "org_country")
    assert "Search" in anna.last
    assert (await anna.searches("Ken"))[0] == "Kenya"
    assert "Kenya" in await anna.searches("кен"), "names are found in any language"
    assert len(await anna.searches("")) == 50
    assert await anna.searches("qqqq") == []
    await anna.gets(anna.picks("Kenya"))
    assert open_question(anna) == "org_url"


@pytest.mark.feature("H1")
async def test_a_group_is_told_once_where_the_bot_can_be_talked_to(open_bot: tuple[BotApi, Service]) -> None:
    server, service = open_bot
    group = server.group("Lake people")
    await group.adds_bot()
    await group.waits("private chat")
    assert "https://t.me/stocktaking_bot?start=" in group.last
    for text in ("/start@stocktaking_bot", "Hello all", "Kenya"):
        await group.says(text)
    await service.stop()
    await service.start()
    await group.says("/help@stocktaking_bot")
    anna = server.person("Anna")
    await anna.gets(anna.starts())
    await server.until(lambda: server.waiting == 0, 20)
    assert len(group.shown) == 1
    with sqlite3.connect(service.folder / "stocktaking.sqlite3") as store:
        kept = store.execute("select address from accounts").fetchall()
    assert str(anna.id) in {address for (address,) in kept}
    assert not {str(group.id), str(group.member.id)} & {address for (address,) in kept}, (
        "in a group nothing is collected"
    )


@pytest.mark.feature("C16")
async def test_a_double_tap_is_harmless(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "agree")
    asked = anna.shown[-1]
    await anna.taps("Yes", asked)
    await anna.taps("Yes", asked)
    await anna.waits(lambda person: open_question(person) == "contact_name")
    await server.until(lambda: server.waiting == 0, 20)
    await server.quiet(anna.id, 1.5)
    assert open_question(anna) == "contact_name"


@pytest.mark.feature("H1")
async def test_the_bot_presents_itself_in_every_language(open_bot: tuple[BotApi, Service]) -> None:
    server, service = open_bot
    await server.until(lambda: "setChatMenuButton" in server.settings, 40)
    named = {call.params.get("language_code") for call in server.calls if call.method == "setMyName"}
    assert {None, "ar", "en", "es", "fr", "ru", "zh"} <= named
    listed = {
        (_value(call.params["scope"])["type"], call.params.get("language_code")): _value(call.params["commands"])
        for call in server.calls
        if call.method == "setMyCommands"
    }
    everywhere = {"default", "all_private_chats", "all_group_chats"}
    assert set(listed) == {(scope, language) for scope in everywhere for language in named}
    in_private = {language: listed["all_private_chats", language] for language in named}
    assert {"new", "continue", "review", "help", "settings"} <= {each["command"] for each in in_private["fr"]}
    assert [each["command"] for each in listed["all_group_chats", "fr"]] == ["start", "help"]
    descriptions = {language: tuple(each["description"] for each in found) for language, found in in_private.items()}
    assert descriptions[None] == descriptions["en"] and len(set(descriptions.values())) == len(named) - 1
    assert _value(server.settings["setChatMenuButton"]["menu_button"]) == {"type": "commands"}
    made = len(server.calls)
    await service.stop()
    await service.start()
    anna = server.person("Anna")
    await anna.gets(anna.starts())
    assert not [call for call in server.calls[made:] if call.method.startswith("setMy")], "once is enough"


@pytest.mark.feature("H1")
async def test_a_group_that_moved_is_followed(open_bot: tuple[BotApi, Service]) -> None:
    server, _ = open_bot
    group, larger = server.group("Small"), server.group("Larger")
    group.moved_to, larger.started = larger, True
    await group.adds_bot()
    await larger.waits("private chat")
    assert group.shown == []


@pytest.mark.feature("H1")
async def test_who_waits_longer_than_a_second_sees_typing(open_bot: tuple[BotApi, Service]) -> None:
    server, service = open_bot
    anna = server.person("Anna")
    await anna.gets(anna.starts())
    await anna.gets(anna.taps("English"))
    with sqlite3.connect(service.folder / "stocktaking.sqlite3", isolation_level=None) as store:
        store.execute("begin immediate")  # somebody else holds the store: a backup, say
        await anna.says("/new")
        await server.until(lambda: any(call.method == "sendChatAction" for call in server.calls), 9)
        store.execute("rollback")
    await anna.waits(lambda person: open_question(person) == "agree")


@pytest.mark.feature("H1", "Q11")
async def test_a_file_that_telegram_would_not_give_us_is_refused_beforehand(open_bot: tuple[BotApi, Service]) -> None:
    """Bots may download 20 MB."""
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, {**ANSWERS, "coverage": "international"}, "documents")
    made = len(server.calls)
    file = {"file_id": "large", "file_unique_id": "u", "file_size": 20_000_001}
    await anna.gets(anna.sends(document={**file, "file_name": "film.pdf", "mime_type": "application/pdf"}))
    assert "20" in anna.last and "MB" in anna.last and open_question(anna) == "documents"
    await anna.gets(anna.sends_document("plan.pdf", b"%PDF-1.4 plan", "application/pdf"))
    await server.until(lambda: any(call.method == "getFile" for call in server.calls[made:]), 30)
    fetched = [call.params["file_id"] for call in server.calls[made:] if call.method == "getFile"]
    assert "large" not in fetched


@pytest.mark.feature("S8", "Q11")
async def test_a_file_that_cannot_be_fetched_shows_no_token_and_holds_up_none_behind_it(
    open_bot: tuple[BotApi, Service],
) -> None:
    server, service = open_bot
    anna = server.person("Anna")
    await answer_until(anna, {**ANSWERS, "coverage": "international"}, "documents")
    kept = Path(service.environment["STOCKTAKING_FILES"])
    before = set(os.listdir(kept))
    await anna.sends_document("first.pdf", b"%PDF-1.4 first", "application/pdf")
    server.faults.broken_files.update(server.files)
    await anna.sends_document("second.pdf", b"%PDF-1.4 second", "application/pdf")

    def arrived() -> list[bytes]:
        return [(kept / id).read_bytes() for id in set(os.listdir(kept)) - before]

    for _ in range(600):
        if b"%PDF-1.4 second" in arrived() and "could not be fetched" in service.log:
            break
        await asyncio.sleep(0.1)
    assert arrived() == [b"%PDF-1.4 second"]
    assert "could not be fetched" in service.log
    server.faults.broken_files.clear()
    assert server.token not in service.log and server.token.partition(":")[2] not in service.log


def _value(field: Any) -> Any:
    return json.loads(field) if isinstance(field, str) else field
