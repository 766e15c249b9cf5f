"""Fields that Telegram adds to messages are looked at: what they change is changed, what they only say is silent."""

from __future__ import annotations

from typing import Any

import pytest

from tests.botapi.people import Group, Person
from tests.botapi.server import BotApi
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.walking import answer_until, open_question, walk


def replied(message: dict[str, Any]) -> dict[str, Any]:
    """The message replied to, as an app sends it on."""
    return {key: value for key, value in message.items() if key != "reply_markup"}


async def heard(server: BotApi, person: Person) -> None:
    """Wait until everything that was sent is taken, and what came of it shown."""
    await server.until(lambda: server.waiting == 0, 20)
    await server.quiet(person.id)


@pytest.mark.feature("N1", "H1")
async def test_reactions_are_silent_and_a_reply_to_an_old_question_is_its_answer(
    open_bot: tuple[BotApi, Service],
) -> None:
    server, _ = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "contact_name")
    asked = anna.shown[-1]
    name = await anna.says("Amina Otieno")
    await anna.waits(lambda person: open_question(person) == "contact_role")
    shown = len(anna.shown)
    await anna.edits(name, "Amina Otieno")  # a reaction, or a preview that loaded
    await heard(server, anna)
    assert len(anna.shown) == shown, "an edit that changes nothing is no reason to speak"

    await anna.gets(anna.says("Amina A. Otieno", reply_to_message=replied(asked)))
    assert open_question(anna) == "contact_role" and "Amina A. Otieno" in anna.text, "the name changed, not the role"
    await anna.gets(anna.says("?", reply_to_message=replied(asked)))
    assert open_question(anna) == "contact_role"

    await walk(anna, ANSWERS, until="org_url")
    link = {"type": "text_link", "offset": 4, "length": 7, "url": "https://lakenet.example.org/"}
    await anna.gets(anna.says("our website", entities=[link]))
    assert "https://lakenet.example.org/" in anna.text and open_question(anna) != "org_url"


@pytest.mark.feature("H1")
async def test_a_group_is_answered_where_it_speaks_in_its_language_and_not_for_other_bots(
    open_bot: tuple[BotApi, Service],
) -> None:
    server, _ = open_bot
    member = server.person("Zoé")
    member.language = "fr"
    groups = [_of(server, name, member) for name in ("Lake", "Forum", "Hidden")]
    lake, forum, hidden = groups
    await lake.says("/start@another_bot")
    await forum.says("/start@stocktaking_bot", message_thread_id=77, is_topic_message=True)
    anonymous = {"id": 1087968824, "is_bot": True, "first_name": "Group", "username": "GroupAnonymousBot"}
    message = server.make_message(hidden.chat, anonymous, text="/help", sender_chat=hidden.chat)
    message["entities"] = [{"type": "bot_command", "offset": 0, "length": 5}]
    await server.push({"message": message}, ("chat", hidden.id))
    await forum.waits("t.me/stocktaking_bot")
    await hidden.waits("t.me/stocktaking_bot")
    assert lake.shown == [], "that was for another bot"
    assert "conversation privée" in forum.last or "privé" in forum.last
    assert forum.shown[-1].get("message_thread_id") == 77

    await forum.membership("member", "left")
    await forum.membership("left", "member")
    await server.until(lambda: len(forum.shown) == 2, 20)


def _of(server: BotApi, name: str, member: Person) -> Group:
    group = server.group(name)
    group.member, group.started = member, True
    return group
