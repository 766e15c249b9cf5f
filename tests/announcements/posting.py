"""The post without Telegram: what the courier would send now, through the real ledger."""

from __future__ import annotations

import re
from dataclasses import dataclass

from sqlmodel import Session

from bot.delivery.composer import Composer, plan, returned
from bot.delivery.ledger import Ledger
from bot.delivery.outgoing import Delivered as Arrived
from bot.delivery.outgoing import OutgoingMessage
from bot.scheduling.reminders import Reminders
from dialogs.questionnaire.source import loader
from storage.announcements import announcements
from storage.messaging import deliveries
from tests.driver import WORDS, Person, Stage

__all__ = ["Delivered", "Post"]


@dataclass(frozen=True)
class Delivered:
    """A letter that arrived: at which address, under which message id."""

    address: str
    message: int
    letter: OutgoingMessage

    @property
    def text(self) -> str:
        return Person.clean(re.sub("<[^>]*>", "", self.letter.html))

    def code(self, label: str) -> str:
        """What the button with this label sends back."""
        found = [b for row in self.letter.rows for b in row if Person.clean(b.label).startswith(label)]
        assert found and found[0].code is not None, f"no button {label!r} under:\n{self.text}"
        return found[0].code.partition("|")[2]


class Post:
    """Delivers everything that is due, as one courier does."""

    def __init__(self, stage: Stage) -> None:
        self.stage = stage
        self.reminders = Reminders(stage.database, loader.versions())
        self.preparing = Composer(WORDS, self.reminders)
        self.ledger = Ledger(stage.database, self.preparing, returned=returned)
        self.messages = 1000

    async def goes_out(self, *, reminding: bool = False) -> list[Delivered]:
        """Send what is due now; in the order in which it went."""
        now = self.stage.clock.now()
        if reminding:
            await self.reminders.sweep(now)
        running = await self.ledger.running(now)
        for notice in running:
            while not await self.ledger.plan(notice, plan, now):
                pass
        sent: list[Delivered] = []
        job = await self.ledger.exchange(running, None, now)
        while job is not None:
            self.messages += 1
            sent.append(Delivered(str(job.parcel.address), self.messages, job.parcel.letter))
            job = await self.ledger.exchange(running, (job, Arrived(self.messages)), now)
        for notice in running:
            await self.ledger.finish(notice, now)
        return sent

    async def changes(self) -> dict[int, str]:
        """What messages that were sent say by now, by their id; empty: they are deleted."""

        def look(session: Session) -> dict[int, str]:
            now = self.stage.clock.now()
            since, anew = now - announcements.RECALLABLE, self.preparing.anew
            return {
                change.message: "" if change.recall else anew(session, change.notice, change.person, now).html
                for change in deliveries.amendments(session, since, 100)
            }

        return await self.stage.database.read(look)
