"""One turn: an event comes in, one transaction keeps what it did, screens go out.

This is where "nothing is lost" is made. In ONE transaction the person is locked, the conversation loaded,
the machine stepped, its effects applied, its state kept, and the update marked as handled together with the
screens it calls for. Only after the commit does a channel confirm the update and show the screens; when they
are shown the mark is cleared. So:

* a crash before the commit leaves nothing: the update comes again and is taken as if for the first time;
* a crash after it leaves the answer and the unshown screens: the update comes again, has no second effect,
  and gets those screens.

What takes long is done before the transaction, where nobody waits for it, and used in it if nothing changed meanwhile:
looks at much (`bot.turns.prefetch`) and the reading of long texts (`bot.turns.prepared_step`).
"""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Awaitable, Callable
from copy import copy
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING
from weakref import WeakValueDictionary

from sqlmodel import Session

from bot.health.inflight import InFlight
from bot.metrics.turns import counted
from bot.turns.machine_source import MachineSource, tools
from bot.turns.outcome import Outcome, Standing, outcome_of
from bot.turns.outdated_answers import is_outdated
from bot.turns.prefetch import Prefetched, PrefetchNeeded
from bot.turns.prepared_step import Prepared, is_long
from bot.turns.step_runner import StepRunner
from bot.turns.stored_screens import StoredScreens
from dialogs.domain.conversation import Conversation
from dialogs.domain.effects import Query
from dialogs.domain.entries.portion import Portion
from dialogs.domain.events import Event, Outdated, Said
from dialogs.domain.messages import M, Value
from storage.engine.database import Database
from storage.entries.rights import Refused
from storage.organizers import organizers
from storage.people import conversation_row, conversations, people
from storage.updates import processed_updates

if TYPE_CHECKING:  # the first page does not wait for the conversations to be loaded
    from dialogs.machine import Machine

__all__ = ["Turns"]

log = logging.getLogger(__name__)

TRIES = 2
"""How often a turn is taken whose effects are refused. Things may have changed under its feet, once: a colleague's
section was taken back, say. Twice, and the machine wants what it must not.
"""


Also = Callable[[Session, Outcome], None]


class UnknownEdition(Exception):
    """The call asks a questionnaire that was published after this process looked last."""


def utc_now() -> datetime:
    return datetime.now(UTC)


class Turns:
    """Takes people's turns over one database. `now` gives the present moment (aware, UTC). For the others see
    `MachineSource`. What is still to be shown of turns is in `stored`.
    """

    def __init__(
        self,
        database: Database,
        machine: Machine | Callable[[], Machine],
        *,
        now: Callable[[], datetime] = utc_now,
        edition_of: Callable[[int], str] | None = None,
        renewed: Callable[[], Awaitable[Machine | None]] | None = None,
    ) -> None:
        self.database = database
        self.now = now
        self.under_way = InFlight()
        self.let_go_count = 0
        self.source = MachineSource(machine, edition_of=edition_of, renewed=renewed)
        self._steps = StepRunner(self.source)
        self.stored = StoredScreens(database, self._steps, now)
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def bound(self, draft: str | None) -> Turns:
        """The turns of a browser that a letter opened for one draft; None: of everybody else."""
        if draft is None:
            return self
        turns = copy(self)
        turns._steps = StepRunner(self.source, draft)
        return turns

    @property
    def machine(self) -> Machine:
        return self.source.machine

    def edition_of(self, year: int) -> str:
        """The version of the questionnaire that a call asks which is made now for this year."""
        return self.source.edition_of(year)

    def portions(self, version: str, sections: tuple[str, ...]) -> Portion:
        """What colleagues get of drafts."""
        return self.source.portions(version, sections)

    async def learn(self) -> None:
        """Ask from now on what was published since the last look."""
        await self.source.learn()

    @counted
    async def take(
        self,
        channel: str,
        address: str,
        update_id: str,
        event: Event,
        *,
        language: str | None = None,
        name: str = "",
        under: str = "",
        also: Also | None = None,
    ) -> Outcome:
        """Take one event of a person, once. `language` and `name` are what the app says of them.

        `under` is the stamp of the screen that a text or a file was sent under, where the channel knows it.
        `also` does in the turn's transaction what its channel wants done with the outcome.
        An update whose turn has ended process after process is let go instead.
        """
        await self.source.make()
        began, update = time.monotonic(), f"{channel}/{update_id}"
        async with self._lock(channel, address), self.under_way.apart(update):
            if self.under_way.is_to_be_let_go(update):
                log.error("%s is let go: process after process ended while it was taken", update)
                outcome = await self.let_go(channel, address, update_id, language=language, name=name, also=also)
            else:
                outcome = await self._take(channel, address, update_id, event, language, name, under, also)
        how = "known already" if outcome.again else "taken"
        log.info("%s of person %s: %s in %.0f ms", update, outcome.person, how, 1000 * (time.monotonic() - began))
        return outcome

    def _lock(self, channel: str, address: str) -> asyncio.Lock:
        """One turn of an address at a time: those that wait for a locked row hold no connection of others."""
        return self._locks.setdefault((channel, address), asyncio.Lock())

    async def _take(
        self,
        channel: str,
        address: str,
        update_id: str,
        event: Event,
        language: str | None,
        name: str,
        under: str,
        also: Also | None,
    ) -> Outcome:
        seen: Prefetched | None = None
        refusals = 0
        learnt = not self.source.is_renewable
        prepared = await self._prepare(channel, address, event) if is_long(event) else None
        mark = partial(self.stored.mark_of, channel, update_id)

        def arrive(session: Session) -> int:
            return people.arrive(session, channel, address, language=language, name=name, now=self.now())

        def work(session: Session) -> Outcome:
            with self.under_way.turn(f"{channel}/{update_id}"):
                outcome = taken(session)
                if also is not None:
                    also(session, outcome)
                return outcome

        def taken(session: Session) -> Outcome:
            now = self.now()
            person = arrive(session)
            before = conversation_row.arrived(session, channel, address, update_id, person)
            conversation = self._steps.load_with_call(session, person, now, before.row)
            call = conversation.call
            if not learnt and call is not None and call.version not in self.machine.world.questionnaires:
                raise UnknownEdition
            if before.handled:
                conversation, screens = self.stored.waiting(session, conversation, before.screens, now)
                return outcome_of(session, conversation, screens, again=True)
            heard = event
            if is_outdated(session, channel, address, conversation, event, under, before.row):
                heard = Outdated(event.at, event if isinstance(event, Said) and event.replied else None)
            if refusals < TRIES:
                ready = prepared if heard is event else None  # it was made for what they sent
                conversation, screens = self._steps.run(session, person, conversation, heard, now, seen, ready, mark)
            else:
                conversation, screens = self._steps.say_mistake(session, person, conversation, now, mark)
            outcome = outcome_of(session, conversation, screens)
            state, account = conversation.state, before.row
            stands = Standing(state.stamp, state.since, outcome.turn, account=account)
            return replace(outcome, buttons=account.last_message, standing=stands)

        while True:
            try:
                outcome = await self.database.write(work)
                return replace(outcome, taken=time.monotonic())
            except PrefetchNeeded as first:
                seen = await self._look(await self._who(channel, address, arrive), first.request)
            except UnknownEdition:
                await self.learn()
                learnt = True
            except Refused as refusal:
                log.warning("refused, and nothing of the turn is kept: %s", refusal)
                refusals, prepared = refusals + 1, None

    async def _who(self, channel: str, address: str, arrive: Callable[[Session], int]) -> int:
        """Who is at an address: nearly always somebody known, for which nothing has to be written."""
        known = await self.database.read(lambda session: people.person_at(session, channel, address))
        return known if known is not None else await self.database.write(arrive)

    async def _prepare(self, channel: str, address: str, event: Event) -> Prepared | None:
        """Make the step of an event beside everybody's turns; None for somebody who is not known yet."""
        now = self.now()

        def find(session: Session) -> Conversation | None:
            person = people.person_at(session, channel, address)
            return self._steps.load(session, person, now) if person is not None else None

        conversation = await self.database.read(find)
        if conversation is None:
            return None
        return Prepared(conversation, await asyncio.to_thread(self.source.step, conversation, event, now))

    async def let_go(
        self,
        channel: str,
        address: str,
        update_id: str,
        *,
        language: str | None = None,
        name: str = "",
        also: Also | None = None,
    ) -> Outcome:
        """Handle an event that cannot be taken: its person is told so, at the open question, and organizers see it."""

        def work(session: Session) -> Outcome:
            outcome = let_go(session)
            if also is not None:
                also(session, outcome)
            return outcome

        def let_go(session: Session) -> Outcome:
            now = self.now()
            person = people.arrive(session, channel, address, language=language, name=name, now=now)
            conversation = self._steps.load(session, person, now)
            if (before := processed_updates.find(session, channel, update_id, person)) is not None:
                conversation, screens = self.stored.waiting(session, conversation, before.screens, now)
                return outcome_of(session, conversation, screens, again=True)
            not_taken, mark = M("odd.not_taken"), partial(self.stored.mark_of, channel, update_id)
            conversation, screens = self._steps.say_mistake(session, person, conversation, now, mark, not_taken)
            organizers.record(session, person, "not_taken", f"{channel} {update_id}", now)
            return outcome_of(session, conversation, screens)

        self.let_go_count += 1
        return await self.database.write(work)

    async def _look(self, person: int, request: Query) -> Prefetched:
        """Look on a reading connection, beside everybody's turns."""
        return Prefetched(
            request, await self.database.look(lambda session: self._steps.fulfil(session, person, request, self.now()))
        )

    async def current(self, channel: str, address: str, *, language: str | None = None) -> Outcome:
        """The screen this person is at, with a new stamp (older keyboards are retired). Changes no answer."""

        def work(session: Session) -> Outcome:
            now = self.now()
            person = people.arrive(session, channel, address, language=language, name="", now=now)
            step = self.source.show(self._steps.load_with_call(session, person, now), now)
            conversations.keep(session, person, step.conversation.state, now)
            return outcome_of(session, step.conversation, step.screens)

        await self.source.make()
        async with self._lock(channel, address):
            return await self.database.write(work)

    async def greet(self, language: str) -> Outcome:
        """What somebody whom we have not met is shown. Nothing is kept: a person is made by their first turn."""

        def work(session: Session) -> Outcome:
            now = self.now()
            step = self.source.show(conversations.stranger(session, language, now), now)
            return outcome_of(session, step.conversation, step.screens)

        await self.source.make()
        return await self.database.read(work)

    async def open_screen(self, person: int) -> Outcome:
        """The screen this person is at, as it stands, with the stamp that it has: nothing changes."""

        def look(session: Session) -> Outcome:
            now, row = self.now(), people.state_of(session, person)
            who = row.id if row is not None and row.id is not None else person
            conversation = self._steps.load(session, who, now)
            step = self.source.show(conversation, now)
            stamp = str(conversation.state.stamp)
            return outcome_of(session, conversation, tuple(replace(screen, stamp=stamp) for screen in step.screens))

        return await self.database.read(look)

    def search(self, conversation: Conversation, text: str) -> list[Value]:
        """Names of the open question's options that match what somebody has typed so far."""
        return self.machine.search(conversation, text, tools(self.now()))
