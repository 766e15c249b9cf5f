"""What comes in by mail takes its way: answers to the help desk, letters that came back into the ledger."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from functools import partial

from bot.channels.mail import incoming
from bot.channels.mail.bounce import Bounce
from bot.channels.mail.incoming import Automatic, Reply
from storage.engine.database import Database
from storage.mail import bounces
from storage.messaging import mail_replies

__all__ = ["Taken", "take_in"]


class Taken(StrEnum):
    """What became of a message. What is `LEFT` is not for us: whoever reads the mailbox should look at it."""

    REPLY = "passed on to the help desk"
    BOUNCE = "noted: the letter came back"
    AUTOMATIC = "a program wrote it: nothing is noted"
    LEFT = "it answers no letter of ours: nothing is noted"


async def take_in(database: Database, content: bytes, now: datetime) -> Taken:
    """Take in one message. When this has returned, it is kept; the same message twice has no second effect."""
    found = incoming.read(content)
    if isinstance(found, Automatic):
        return Taken.AUTOMATIC
    if isinstance(found, Bounce):
        note = partial(bounces.take, token=found.token, message_id=found.message_id, cause=found.cause, now=now)
        return Taken.BOUNCE if await database.write(note) else Taken.AUTOMATIC
    if isinstance(found, Reply):
        text, answers, writer = found.text, found.answers, found.writer
        taken = partial(mail_replies.take, answers=answers, writer=writer, text=text, id=found.id, now=now)
        return Taken.REPLY if await database.write(taken) else Taken.LEFT
    return Taken.LEFT
