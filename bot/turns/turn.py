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
import secrets
import time
from collections.abc import Awaitable, Callable, Collection, Sequence
from copy import copy
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any
from weakref import WeakValueDictionary

from sqlalchemy import Row
from sqlmodel import Session

from bot.health.inflight import InFlight
from bot.metrics.turns import counted
from bot.turns import screen_codec
from bot.turns.outdated_answers import is_outdated
from bot.turns.prefetch import Prefetched, PrefetchNeeded, is_look
from bot.turns.prepared_step import Prepared, is_long, made_for
from dialogs.domain.conversation import Conversation
from dialogs.domain.effects import Effect, Query
from dialogs.domain.events import Event, Outdated, QueryResult, Said
from dialogs.domain.messages import M, Value
from dialogs.domain.portion import Portion
from dialogs.screens import Screen
from storage.calls import calls
from storage.engine.database import Database
from storage.engine.process_registry import NOBODY
from storage.entries.rights import Refused
from storage.organizers import organizers
from storage.people import arrivals, conversations, people, processed_updates, shown_messages
from storage.people.state_codec import read_state
from storage.tables import HandledRow, PersonRow

if TYPE_CHECKING:  # the first page does not wait for the conversations to be loaded
    from dialogs.machine import Machine, Step, Tools

__all__ = ["Outcome", "Standing", "Turns"]

log = logging.getLogger(__name__)

TRIES = 2
"""How often a turn is taken whose effects are refused. Things may have changed under its feet, once: a colleague's
section was taken back, say. Twice, and the machine wants what it must not.
"""

REQUESTS_A_TURN = 8  # far above what any conversation needs; a bound, so that no turn can go round for ever


class UnknownEdition(Exception):
    """The call asks a questionnaire that was published after this process looked last."""


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn came to: who it was, how they read, and what to show them.

    `again` is True when the update had been handled before; `screens` are then those not shown yet, as far as we know.
    `stamp` is that of the newest screen by now: one with another stamp has been overtaken. `turn` counts all that the
    person did. `buttons` is the message of the chat that bore the newest buttons before the turn.
    """

    person: int
    language: str
    zone: str | None
    access: bool
    screens: tuple[Screen, ...]
    again: bool = False
    stamp: str = ""
    turn: int = 0
    buttons: int | None = None


@dataclass(frozen=True, slots=True)
class Standing:
    """Where somebody is by now: the stamp of their newest screen, that since which its question is the open one, and
    the count of what they did. `ours`: the screens that were asked about are still this process's to show. `account`:
    what was known of the address that was asked about, at the same moment.
    """

    stamp: int
    since: int
    turn: int
    ours: bool = True
    account: Row[Any] | None = None


class Turns:
    """Takes people's turns over one database. `now` gives the present moment (aware, UTC).

    `machine` may be the way to make it: its half a second of work is then done when it is first needed, and the
    first page does not wait for it. `edition_of` names the questionnaire of calls that are made by themselves, by year;
    the newest one when absent. `renewed` gives a machine that asks what was published since, or None.
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
        self.worker: int | None = None  # this process's number at the database, where screens are shown after turns
        self.under_way = InFlight()
        self.let_go_count = 0
        self.only: str | None = None
        self._whole: Turns | None = None
        self._machine = machine
        self._edition_of = edition_of
        self._renewed = renewed
        self._locks: WeakValueDictionary[tuple[str, str], asyncio.Lock] = WeakValueDictionary()

    def bound(self, draft: str | None) -> Turns:
        """The turns of a browser that a letter opened for one draft; None: of everybody else."""
        if draft is None:
            return self
        turns = copy(self)
        turns.only, turns._whole = draft, self
        return turns

    @cached_property
    def machine(self) -> Machine:
        return self._machine() if callable(self._machine) else self._machine

    def edition_of(self, year: int) -> str:
        """The version of the questionnaire that a call asks which is made now for this year."""
        return self._edition_of(year) if self._edition_of is not None else self.machine.world.edition_of(year)

    def portions(self, version: str, sections: tuple[str, ...]) -> Portion:
        """What colleagues get of drafts."""
        return self.machine.portion(version, sections)

    async def learn(self) -> None:
        """Ask from now on what was published since the last look."""
        if self._whole is not None:  # what is learnt is everybody's
            await self._whole.learn()
            self.machine = self._whole.machine
            return
        machine = await self._renewed() if self._renewed is not None else None
        if machine is not None:
            self.machine = machine

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
    ) -> Outcome:
        """Take one event of a person, once. `language` and `name` are what the app says of them.

        `under` is the stamp of the screen that a text or a file was sent under, where the channel knows it.
        An update whose turn has ended process after process is let go instead.
        """
        await self._made()
        began, update = time.monotonic(), f"{channel}/{update_id}"
        async with self._lock(channel, address), self.under_way.apart(update):
            if self.under_way.is_to_be_let_go(update):
                log.error("%s is let go: process after process ended while it was taken", update)
                outcome = await self.let_go(channel, address, update_id, language=language, name=name)
            else:
                outcome = await self._take(channel, address, update_id, event, language, name, under)
        how = "known already" if outcome.again else "taken"
        log.info("%s of person %s: %s in %.0f ms", update, outcome.person, how, 1000 * (time.monotonic() - began))
        return outcome

    async def _made(self) -> None:
        """Make the machine before a transaction needs it: half a second of work, in which others would wait for the
        rows that the transaction holds.
        """
        if "machine" not in vars(self):
            await asyncio.to_thread(lambda: self.machine)

    def _lock(self, channel: str, address: str) -> asyncio.Lock:
        """One turn of an address at a time: those that wait for a locked row hold no connection of others."""
        return self._locks.setdefault((channel, address), asyncio.Lock())

    async def _take(
        self, channel: str, address: str, update_id: str, event: Event, language: str | None, name: str, under: str
    ) -> Outcome:
        seen: Prefetched | None = None
        refusals = 0
        learnt = self._renewed is None
        prepared = await self._prepare(channel, address, event) if is_long(event) else None

        def arrive(session: Session) -> int:
            return people.arrive(session, channel, address, language=language, name=name, now=self.now())

        def work(session: Session) -> Outcome:
            with self.under_way.turn(f"{channel}/{update_id}"):
                return taken(session)

        def taken(session: Session) -> Outcome:
            now = self.now()
            person = arrive(session)
            before = arrivals.look(session, channel, address, update_id, person)
            conversation = self._loaded(session, person, now)
            call = conversation.call
            if not learnt and call is not None and call.version not in self.machine.world.questionnaires:
                raise UnknownEdition
            if before.handled:
                conversation, screens = self._waiting(session, conversation, before.screens, now)
                return _outcome(session, conversation, screens, again=True)
            heard = event
            if is_outdated(session, channel, address, conversation, event, under, before.account):
                heard = Outdated(event.at, event if isinstance(event, Said) and event.replied else None)
            if refusals < TRIES:
                ready = prepared if heard is event else None  # it was made for what they sent
                conversation, screens = self._step(session, person, conversation, heard, now, seen, ready)
            else:
                conversation, screens = self._error_step(session, person, conversation, now)
            person = conversation.person.id
            processed_updates.mark(session, channel, update_id, person, screen_codec.dump(screens), now, self.worker)
            return replace(_outcome(session, conversation, screens), buttons=before.account.last_message)

        while True:
            try:
                return await self.database.write(work)
            except PrefetchNeeded as first:
                seen = await self._look(await self._who(channel, address, arrive), first.request)
            except UnknownEdition:
                await self.learn()
                learnt = True
            except Refused as refusal:
                log.warning("refused, and nothing of the turn is kept: %s", refusal)
                refusals, prepared = refusals + 1, None

    def _loaded(self, session: Session, person: int, now: datetime) -> Conversation:
        """The conversation, with a call that counts now: once a year it has to be made first."""
        found = conversations.load(session, person, now, self.portions, self.only)
        if not calls.lacks_current(found.calls, now):
            return found
        calls.ensure_current(session, now, self.edition_of)
        return conversations.load(session, person, now, self.portions, self.only)

    async def _who(self, channel: str, address: str, arrive: Callable[[Session], int]) -> int:
        """Who is at an address: nearly always somebody known, for which nothing has to be written."""
        known = await self.database.read(lambda session: people.person_at(session, channel, address))
        return known if known is not None else await self.database.write(arrive)

    async def _prepare(self, channel: str, address: str, event: Event) -> Prepared | None:
        """Make the step of an event beside everybody's turns; None for somebody who is not known yet."""
        now = self.now()

        def find(session: Session) -> Conversation | None:
            person = people.person_at(session, channel, address)
            return conversations.load(session, person, now, self.portions, self.only) if person is not None else None

        conversation = await self.database.read(find)
        if conversation is None:
            return None
        return Prepared(conversation, await asyncio.to_thread(self._step_safely, conversation, event, now))

    async def let_go(
        self, channel: str, address: str, update_id: str, *, language: str | None = None, name: str = ""
    ) -> Outcome:
        """Handle an event that cannot be taken: its person is told so, at the open question, and organizers see it."""

        def work(session: Session) -> Outcome:
            now = self.now()
            person = people.arrive(session, channel, address, language=language, name=name, now=now)
            conversation = conversations.load(session, person, now, self.portions, self.only)
            if (before := processed_updates.find(session, channel, update_id, person)) is not None:
                conversation, screens = self._waiting(session, conversation, before.screens, now)
                return _outcome(session, conversation, screens, again=True)
            step = self.machine.error_step(conversation, self._tools(now), M("odd.not_taken"))
            conversations.keep(session, person, step.conversation.state, now)
            processed_updates.mark(
                session, channel, update_id, person, screen_codec.dump(step.screens), now, self.worker
            )
            organizers.record(session, person, "not_taken", f"{channel} {update_id}", now)
            return _outcome(session, step.conversation, step.screens)

        self.let_go_count += 1
        return await self.database.write(work)

    async def _look(self, person: int, request: Query) -> Prefetched:
        """Look on a reading connection, beside everybody's turns."""
        return Prefetched(
            request, await self.database.look(lambda session: self._fulfil(session, person, request, self.now()))
        )

    async def current(self, channel: str, address: str, *, language: str | None = None) -> Outcome:
        """The screen this person is at, with a new stamp (older keyboards are retired). Changes no answer."""

        def work(session: Session) -> Outcome:
            now = self.now()
            person = people.arrive(session, channel, address, language=language, name="", now=now)
            step = self.machine.show(self._loaded(session, person, now), self._tools(now))
            conversations.keep(session, person, step.conversation.state, now)
            return _outcome(session, step.conversation, step.screens)

        await self._made()
        async with self._lock(channel, address):
            return await self.database.write(work)

    async def greet(self, language: str) -> Outcome:
        """What somebody whom we have not met is shown. Nothing is kept: a person is made by their first turn."""

        def work(session: Session) -> Outcome:
            now = self.now()
            step = self.machine.show(conversations.stranger(session, language, now), self._tools(now))
            return _outcome(session, step.conversation, step.screens)

        await self._made()
        return await self.database.read(work)

    async def open_screen(self, person: int) -> Outcome:
        """The screen this person is at, as it stands, with the stamp that it has: nothing changes."""

        def look(session: Session) -> Outcome:
            now, row = self.now(), people.state_of(session, person)
            who = row.id if row is not None and row.id is not None else person
            conversation = conversations.load(session, who, now, self.portions, self.only)
            step = self.machine.show(conversation, self._tools(now))
            stamp = str(conversation.state.stamp)
            return _outcome(session, conversation, tuple(replace(screen, stamp=stamp) for screen in step.screens))

        return await self.database.read(look)

    async def shown(self, channel: str, *update_ids: str, person: int | None = None) -> None:
        """The screens of these updates have reached the person."""
        await self.database.write(lambda session: processed_updates.shown(session, channel, *update_ids, person=person))

    async def ask_again(self, channel: str, id: str, who: Sequence[int]) -> None:
        """Have the screen these people are at shown once more: it waits in the store as if `id` had called for it."""

        def work(session: Session) -> None:
            now = self.now()
            for person in who:
                people.lock(session, person)
                conversation = conversations.load(session, person, now, self.portions, self.only)
                step = self.machine.show(conversation, self._tools(now))
                if processed_updates.find(session, channel, f"{id}/{person}", person) is None:
                    conversations.keep(session, person, step.conversation.state)
                    screens = screen_codec.dump(step.screens)
                    processed_updates.mark(session, channel, f"{id}/{person}", person, screens, now, NOBODY)

        await self.database.write(work)

    @property
    def alone(self) -> bool:
        """Whether no other service shows screens from this database: on SQLite its lock sees to that (service_lock)."""
        return self.database.dialect == "sqlite"

    async def unshown(
        self, channel: str, under_way: Collection[str] = (), limit: int = 100
    ) -> list[tuple[str, str, Outcome]]:
        """Updates of this channel whose screens nobody shows: (address, update id, outcome); not those `under_way`.

        They are this process's from now on. What another living process is showing is left to it.
        """
        now, mine, alone = self.now(), self.worker or NOBODY, self.alone
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

    def _left_over(self, session: Session, person: PersonRow, row: HandledRow, now: datetime) -> Outcome:
        """What a turn came to whose screens were left unshown. Those that a process was showing may have been sent."""
        assert person.id is not None
        begun = row.worker != NOBODY
        try:
            screens = screen_codec.load(row.screens or "[]")
        except screen_codec.ScreensError:
            conversation, screens = self._waiting(
                session, conversations.load(session, person.id, now, self.portions, self.only), row.screens, now
            )
            return _outcome(session, conversation, screens, again=begun)
        stamp, turn = str(conversations.stamp(person)), conversations.turn(person.state)
        return Outcome(person.id, person.language, person.zone, person.access, screens, begun, stamp, turn)

    def _waiting(
        self, session: Session, conversation: Conversation, screens: str | None, now: datetime
    ) -> tuple[Conversation, tuple[Screen, ...]]:
        """Screens that have not been shown yet; instead of those that another version of the program wrote and we
        cannot read, the one that the person is at, anew.
        """
        try:
            return conversation, screen_codec.load(screens or "[]")
        except screen_codec.ScreensError as error:
            log.warning("screens that wait cannot be read, the present one is shown instead (%s)", error)
        step = self.machine.show(conversation, self._tools(now))
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
                return _standing(chat.state, self.alone or chat.ours, chat)
            row = people.state_of(session, person)  # they are somebody else by now, or nobody
            if row is None:
                return Standing(0, 0, 0)
            ours = self.alone or processed_updates.still_ours(session, channel, update_ids, worker)
            return _standing(row.state, ours, arrivals.account(session, channel, address) if address else None)

        return await self.database.read(look)

    def search(self, conversation: Conversation, text: str) -> list[Value]:
        """Names of the open question's options that match what somebody has typed so far."""
        return self.machine.search(conversation, text, self._tools(self.now()))

    def _step(
        self,
        session: Session,
        person: int,
        conversation: Conversation,
        event: Event,
        now: datetime,
        seen: Prefetched | None,
        prepared: Prepared | None,
    ) -> tuple[Conversation, tuple[Screen, ...]]:
        """Step the machine, carry out what it wants, and hand results back until it asks for nothing more.

        LookFirst: what it wants first is a look that was not `seen` yet. Later ones are done here: what was changed
        before them in this turn is seen here only.
        """
        screens: tuple[Screen, ...] = ()
        for number in range(REQUESTS_A_TURN):
            ready = made_for(conversation, prepared) if number == 0 else None
            step = ready or self._step_safely(conversation, event, now)
            self._apply(session, person, step.effects)
            conversations.keep(session, person, step.conversation.state, now)
            screens += step.screens
            if step.request is None:
                return step.conversation, screens
            if number == 0 and is_look(step.request):
                if seen is None or seen.request != step.request:
                    raise PrefetchNeeded(step.request)
                result = seen.result
            else:
                result = self._fulfil(session, person, step.request, now)
            conversation = self._reload(session, person, step.conversation, now)
            event = QueryResult(result, event.at, step.carried)
        raise RuntimeError(f"a turn asked for more than {REQUESTS_A_TURN} look-ups")

    def _fulfil(self, session: Session, person: int, request: Query, now: datetime) -> Any:
        return conversations.fulfil(
            session,
            person,
            request,
            now=now,
            token=secrets.token_urlsafe,
            portions=self.portions,
            only=self.only,
        )

    def _step_safely(self, conversation: Conversation, event: Event, now: datetime) -> Step:
        """Step; a mistake of ours is logged and answered with the question again, never with silence."""
        try:
            return self.machine.step(conversation, event, self._tools(now))
        except Exception:
            log.exception("the machine failed at %s with %s", conversation.state.position.name, type(event).__name__)
            return self.machine.error_step(conversation, self._tools(now))

    def _apply(self, session: Session, person: int, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            conversations.apply(session, person, effect, self.portions, self.only)

    def _error_step(
        self, session: Session, person: int, conversation: Conversation, now: datetime
    ) -> tuple[Conversation, tuple[Screen, ...]]:
        """Say that the mistake is ours, and where the person is."""
        step = self.machine.error_step(conversation, self._tools(now))
        conversations.keep(session, person, step.conversation.state, now)
        return step.conversation, step.screens

    def _tools(self, now: datetime) -> Tools:
        from dialogs.machine import Tools

        return Tools(now=now, fresh=secrets.token_hex(8))

    def _reload(self, session: Session, person: int, conversation: Conversation, now: datetime) -> Conversation:
        """After a request the store may know more; the place stays."""
        return replace(conversations.load(session, person, now, self.portions, self.only), state=conversation.state)


def _standing(kept: Any, ours: bool, account: Row[Any] | None) -> Standing:
    state = read_state(kept)
    return Standing(state.stamp, state.since, conversations.turn(kept), ours, account)


def _outcome(
    session: Session, conversation: Conversation, screens: tuple[Screen, ...], *, again: bool = False
) -> Outcome:
    person = conversation.person
    turn = conversations.turn_of(session, person.id)
    stamp = str(conversation.state.stamp)
    return Outcome(person.id, person.language, person.zone, person.access, screens, again, stamp, turn)
