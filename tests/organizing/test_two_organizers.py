"""A second organizer's word, and a channel that announcements are posted to: over the real service."""

from __future__ import annotations

import asyncio
from pathlib import Path

import pytest

from tests.announcements.announcers import (
    arrives,
    compose,
    copies,
    drafted,
    got,
    invited,
    launch,
    live,
    message_of,
    summaries,
)
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.service import Service

OPEN = "The call is open"


async def composed(olga: Person, text: str) -> None:
    """With a post in the channel of the settings."""
    await compose(olga, en=text)
    await olga.gets(olga.taps("audience"))
    await olga.gets(olga.taps("channel"))
    await olga.gets(olga.taps(".settings"))
    assert "Also posted in @wsis" in olga.last
    await olga.gets(olga.taps(".done"))


@pytest.mark.feature("A2", "A5", "A14", "H6")
async def test_a_second_organizer_approves_and_the_channel_gets_one_post(server: BotApi, tmp_path: Path) -> None:
    settings = {"telegram_token": server.token, "telegram_api_url": server.url, "organizers": "1001"}
    async with Service(tmp_path, **settings, announce_approval="true", telegram_channel="@wsis") as service:
        olga, ben, anna = await asyncio.gather(*(arrives(server, name) for name in ("Olga", "Ben", "Anna")))
        await ben.gets(ben.starts(await invited(olga, "organizer")))
        channel = server.channel("@wsis")
        await channel.appoints_bot("can_post_messages")

        # Nobody sends alone: Ben is asked, in his own chat. He wants a change, and Olga gets his words.
        await composed(olga, "The call opens soon")
        await olga.gets(olga.taps("ask"))
        assert "A second organizer has to approve it" in olga.text
        await ben.waits("A second organizer has to approve it")
        assert not got(anna, OPEN) and not channel.shown
        await ben.gets(ben.taps("announce:open:1"))
        await ben.gets(ben.taps("send_back"))
        await ben.gets(ben.says("x" * 1_001))
        assert "1,001 characters" in ben.text
        await ben.gets(ben.says("It opened <yesterday>."))
        assert "The announcement stays a draft" in ben.text
        await olga.waits("Ben asks for a change before it is sent:")
        assert "It opened <yesterday>." in olga.text

        # She mends it and asks again; this time Ben approves it, and she is told.
        await olga.gets(olga.taps("announce:open:1"))
        await olga.gets(olga.taps("texts"))
        await olga.gets(olga.taps("in:en"))
        await olga.gets(olga.sends(text=OPEN))
        await olga.gets(olga.taps(".done"))
        await olga.gets(olga.taps("ask"))
        await ben.waits(lambda person: got(person, OPEN))
        await ben.gets(ben.taps("announce:open:1"))
        await ben.gets(ben.taps("approve"))
        await olga.waits("A second organizer approved it")
        await olga.gets(olga.taps("announce:open:1"))
        await launch(olga)

        # One post, as nobody's, with nothing on it that only a reader may press.
        await anna.waits(lambda person: got(person, OPEN))
        await channel.waits(OPEN)
        [post] = channel.shown
        assert "reply_markup" not in post and post["sender_chat"]["username"] == "wsis"
        await olga.waits(lambda person: bool(summaries(person, 1)))
        assert "In the channel: posted" in summaries(olga, 1)[0]["caption"]

        # What others post there is no business of the bot's.
        calls = len(server.calls)
        await channel.says("/start")
        await anna.gets(anna.says("/help"))
        assert not [call for call in server.calls[calls:] if call.params.get("chat_id") in (channel.id, "@wsis")]

        # It is mended, by somebody else than its author, and recalled there too.
        await ben.gets(ben.taps("announce:open:1"))
        await ben.gets(ben.taps("texts"))
        await ben.gets(ben.taps("in:en"))
        await ben.gets(ben.sends(text="The call is open now"))
        await ben.gets(ben.taps("change!"))
        await channel.waits(lambda there: "The call is open now" in there.shown[0]["text"])
        await ben.gets(ben.taps("recall"))
        await ben.gets(ben.taps("recall!"))
        await channel.waits(lambda there: [each["text"] for each in there.shown] == ["/start"])

        await olga.gets(olga.says("/log"))
        for line in (
            "Ben asked for a change of announcement #1 The call opens soon",
            f"Olga asked for the approval of announcement #1 {OPEN}",
            f"Ben approved announcement #1 {OPEN}",
            f"Olga sent announcement #1 {OPEN} (people: 3)",
            "Ben recalled announcement #1 The call is open now",
        ):
            assert line in olga.last
    assert "Traceback" not in service.log, service.log


@pytest.mark.feature("A2", "A9", "A12")
async def test_a_channel_that_does_not_let_the_bot_in_is_said_and_tried_again(server: BotApi, tmp_path: Path) -> None:
    settings = {"telegram_token": server.token, "telegram_api_url": server.url, "organizers": "1001"}
    async with Service(tmp_path, **settings, telegram_channel="@wsis") as service:
        olga, anna = await asyncio.gather(arrives(server, "Olga"), arrives(server, "Anna"))
        channel = server.channel("@wsis")
        await channel.appoints_bot()
        number = await drafted(service, olga, OPEN, channel="@wsis")
        await olga.gets(olga.says("/announcements"))
        await olga.gets(olga.taps(f"see:{number}"))
        assert "Also posted in @wsis" in olga.last
        await launch(olga)
        await anna.waits(lambda person: got(person, OPEN))
        await olga.waits(lambda person: bool(summaries(person, 1)))
        assert "Sent: 2" in live(olga, 1)["text"] and "the bot may not post there" in live(olga, 1)["text"]
        assert not channel.shown

        await channel.dismisses_bot()
        await olga.gets_answer(olga.taps("announce:retry:1"))
        await olga.waits(lambda person: len(summaries(person, 1)) == 2)
        assert not channel.shown

        await channel.appoints_bot("can_post_messages", "can_edit_messages")
        await olga.taps("announce:retry:1", message_of(olga, "no. 1: Sent"))
        await channel.waits(OPEN)
        await olga.waits(lambda person: "In the channel: posted" in str(live(person, 1).get("text")))
        assert len(channel.shown) == copies(anna, OPEN) == 1
    assert "Traceback" not in service.log, service.log
