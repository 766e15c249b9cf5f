"""The help desk over the real service: a letter, an answer by replying, and what a group learns of both."""

from __future__ import annotations

import asyncio
import sqlite3
from pathlib import Path

import pytest

from tests.announcements.announcers import arrives, copies, got, message_of
from tests.botapi import BotApi
from tests.service import Service

QUESTION = "Can a ministry send two entries?"
ANSWER = "Yes: one entry for each activity."


async def is_noted(service: Service, message: int) -> None:
    """Wait until the store knows which letter a message is."""
    with sqlite3.connect(service.folder / "stocktaking.sqlite3") as store:
        for _ in range(600):
            if store.execute("select id from deliveries where message = ?", (message,)).fetchall():
                return
            await asyncio.sleep(0.05)
    raise AssertionError(f"message {message} was not noted")


@pytest.mark.feature("H3", "H6", "C19")
async def test_a_letter_is_answered_by_replying_and_no_group_reads_it(server: BotApi, tmp_path: Path) -> None:
    settings = {"telegram_token": server.token, "telegram_api_url": server.url, "organizers": "1001"}
    async with Service(tmp_path, **settings) as service:
        olga, ben, anna = await asyncio.gather(*(arrives(server, name) for name in ("Olga", "Ben", "Anna")))
        _, invitation, _ = await service.command("organizers", "invite", "organizer")
        await ben.gets(ben.says(invitation.strip()))

        await anna.gets(anna.says("/new"))
        await anna.gets(anna.says("/contact"))
        await anna.gets(anna.says(QUESTION))
        await olga.waits(lambda person: got(person, QUESTION))
        await ben.waits(lambda person: got(person, QUESTION))
        letter = message_of(ben, QUESTION)
        assert "A message from Anna, in English" in letter["text"]

        # Ben replies to the letter; Anna gets it with her words, and her question is still open.
        await is_noted(service, letter["message_id"])  # he reads it first
        await ben.gets(ben.sends(text=ANSWER, reply_to_message=letter))
        assert "on its way to Anna" in ben.text
        await anna.waits(lambda person: got(person, ANSWER))
        assert copies(anna, ANSWER) == 1 and "Ben" not in message_of(anna, ANSWER)["text"]
        await anna.gets(anna.says("yes"))
        assert "yes" in anna.text.lower() and not got(olga, "yes")

        # Olga's copy of the letter says that it is answered, and by whom.
        await olga.waits(lambda person: "Answered by Ben" in message_of(person, QUESTION)["text"])

        # In a group, whoever asks and however: nothing of it.
        group = server.group("Lake people")
        group.member = olga
        await group.adds_bot()
        await group.waits("private chat")
        seen = len(group.shown)
        for text in ("/messages@stocktaking_bot", "/organize", "/messages"):
            await group.says(text)
        await group.sends(text="And to this one?", reply_to_message=message_of(olga, QUESTION))
        await anna.gets(anna.says("/help"))
        await server.until(lambda: server.waiting == 0, 20)
        assert len(group.shown) == seen
        assert not any(word in group.text for word in (QUESTION, ANSWER, "Anna"))
        assert not got(anna, "And to this one?")

        await olga.gets(olga.says("/log"))
        assert "Ben answered message 1" in olga.last
    assert "Traceback" not in service.log, service.log
