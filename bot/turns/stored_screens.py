"""Screens that wait in the store until they have been shown, whoever shows them."""

from __future__ import annotations

import logging
from collections.abc import Callable, Collection, Sequence
from datetime import datetime

from sqlmodel import Session

from bot.turns import screen_codec
from bot.turns.outcome import Outcome, Standing, outcome_of, standing_of
from bot.turns.step_runner import Stepped, StepRunner
from dialogs.domain.conversation import Conversation
from dialogs.screens import Screen
from storage.engine.database import Database
from storage.engine.process_registry import NOBODY
from storage.people import arrivals, conversations, people, shown_messages
from storage.people.turn_writes import Mark
from storage.tables import HandledRow, PersonRow
from storage.updates import processed_updates

__all__ = ["StoredScreens"]

log = logging.getLogger(__name__)


class StoredScreens:
    """Finds them, hands them out and notes that they were shown. `worker` is this process's number at the database,
    where screens are shown after turns.
    """

    def __init__(self, database: Database, steps: StepRunner, now: Callable[[], datetime]) -> None:
        self.database = database
        self.worker: int | None = None
        self._steps = steps
        self._now = now

    @property
    def alone(self) -> bool:
        """Whether no other service shows screens from this database: on SQLite its lock sees to that (service_lock)."""
        return self.database.dialect == "sqlite"

    def mark_of(self, channel: str, update_id: str, person: int, screens: tuple[Screen, ...]) -> Mark:
        """The mark of an update, by which its screens wait for this process to show them."""
        return Mark(channel, update_id, person, screen_codec.dump(screens), self.worker)

    async def shown(self, channel: str, *update_ids: str, person: int | None = None) -> None:
        """The screens of these updates have reached the person."""
        await self.database.write(lambda session: processed_updates.shown(session, channel, *update_ids, person=person))

    async def ask_again(self, channel: str, id: str, who: Sequence[int]) -> None:
        """Have the screen these people are at shown once more: it waits in the store as if `id` had called for it."""

        def work(session: Session) -> None:
            now = self._now()
            for person in who:
                people.lock(session, person)
                step = self._steps.source.show(self._steps.load(session, person, now), now)
                if processed_updates.find(session, channel, f"{id}/{person}", person) is None:
                    conversations.keep(session, person, step.conversation.state)
                    screens = screen_codec.dump(step.screens)
                    processed_updates.mark(session, channel, f"{id}/{person}", person, screens, now, NOBODY)

        await self.database.write(work)

    async def unshown(
        self, channel: str, under_way: Collection[str] = (), limit: int = 100
    ) -> list[tuple[str, str, Outcome]]:
        """Updates of this channel whose screens nobody shows: (address, update id, outcome); not those `under_way`.

        They are this process's from now on. What another living process is showing is left to it.
        """
        now, mine, alone = self._now(), self.worker or NOBODY, self.alone
        known = frozenset(under_way)
        if not await self.database.read(
            lambda session: processed_updates.is_left(session, channel, now, mine, alone=alone, under_way=known)
        ):
            return []

        def work(session: Session) -> list[tuple[str, str, Outcome]]:
            rows = processed_updates.take_over(session, channel, now, mine, alone=alone, under_way=known, limit=limit)
            book = people.address_book(session, channel, {row.person_id for row in rows})
            return [
                (book[row.person_id][0], row.update_id, self._left_over(session, book[row.person_id][1], row, now))
                for row in rows
                if row.person_id in book
            ]

        return await self.database.write(work)

    def waiting(self, session: Session, conversation: Conversation, screens: str | None, now: datetime) -> Stepped:
        """Screens that have not been shown yet; instead of those that another version of the program wrote and we
        cannot read, the one that the person is at, anew.
        """
        try:
            return conversation, screen_codec.load(screens or "[]")
        except screen_codec.ScreensError as error:
            log.warning("screens that wait cannot be read, the present one is shown instead (%s)", error)
        step = self._steps.source.show(conversation, now)
        conversations.keep(session, conversation.person.id, step.conversation.state)
        return step.conversation, step.screens

    async def standing(
        self, person: int, channel: str = "", update_ids: Collection[str] = (), address: str = ""
    ) -> Standing:
        """Where a person is by now, and whether the screens of these updates are still this process's to show."""
        worker = self.worker or NOBODY

        def look(session: Session) -> Standing:
            asked = None if self.alone else update_ids
            chat = shown_messages.chat(session, channel, address, asked, worker) if address else None
            if chat is not None and chat.person_id == person:
                return standing_of(chat.state, self.alone or chat.ours, chat)
            row = people.state_of(session, person)  # they are somebody else by now, or nobody
            if row is None:
                return Standing(0, 0, 0)
            ours = self.alone or processed_updates.still_ours(session, channel, update_ids, worker)
            return standing_of(row.state, ours, arrivals.account(session, channel, address) if address else None)

        return await self.database.read(look)

    def _left_over(self, session: Session, person: PersonRow, row: HandledRow, now: datetime) -> Outcome:
        """What a turn came to whose screens were left unshown. Those that a process was showing may have been sent."""
        assert person.id is not None
        begun = row.worker != NOBODY
        try:
            screens = screen_codec.load(row.screens or "[]")
        except screen_codec.ScreensError:
            conversation = self._steps.load(session, person.id, now)
            conversation, screens = self.waiting(session, conversation, row.screens, now)
            return outcome_of(session, conversation, screens, again=begun)
        stamp, turn = str(conversations.stamp(person)), conversations.turn(person.state)
        return Outcome(person.id, person.language, person.zone, person.access, screens, begun, stamp, turn)
