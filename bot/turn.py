"""One turn: an event comes in, one transaction keeps what it did, screens go out.

This is where "nothing is lost" is made. In ONE transaction the person is locked, the conversation loaded,
the machine stepped, its effects applied, its state kept, and the update marked as handled together with the
screens it calls for. Only after the commit does a channel confirm the update and show the screens; when they
are shown the mark is cleared. So:

* a crash before the commit leaves nothing: the update comes again and is taken as if for the first time;
* a crash after it leaves the answer and the unshown screens: the update comes again, has no second effect,
  and gets those screens.

What takes long is done before the transaction, where nobody waits for it, and used in it if nothing changed meanwhile:
looks at much (`bot.looking`) and the reading of long texts (`bot.prepared`).
"""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from functools import cached_property
from typing import Any

from sqlmodel import Session

from bot import outbox
from bot.looking import LookFirst, Seen, is_look
from bot.metrics.turns import counted
from bot.prepared import Prepared, is_long, made_for
from dialogs.conversation import Conversation
from dialogs.effects import Effect, Request
from dialogs.events import Event, Replied
from dialogs.machine import Machine, Step, Tools
from dialogs.messages import Value
from dialogs.questionnaire.portion import Portion
from dialogs.screens import Screen
from storage import calls, conversations, handled, people
from storage.database import Database
from storage.rights import Refused

__all__ = ["Outcome", "Turns"]

log = logging.getLogger(__name__)

SHOWING = timedelta(seconds=30)
"""How long another process may be busy with showing screens before they count as not shown."""

TRIES = 2
"""How often a turn is taken whose effects are refused. Things may have changed under its feet, once: a colleague's
section was taken back, say. Twice, and the machine wants what it must not.
"""

REQUESTS_A_TURN = 8  # far above what any conversation needs; a bound, so that no turn can go round for ever


def utc_now() -> datetime:
    return datetime.now(UTC)


@dataclass(frozen=True, slots=True)
class Outcome:
    """What a turn came to: who it was, how they read, and what to show them.

    `again` is True when the update had been handled before; `screens` are then those not shown yet. `stamp` is that
    of the newest screen by now: one with another stamp has been overtaken.
    """

    person: int
    language: str
    zone: str | None
    access: bool
    screens: tuple[Screen, ...]
    again: bool = False
    stamp: str = ""


class Turns:
    """Takes people's turns over one database. `now` gives the present moment (aware, UTC).

    `machine` may be the way to make it: its half a second of work is then done when it is first needed, and the
    first page does not wait for it.
    """

    def __init__(
        self,
        database: Database,
        machine: Machine | Callable[[], Machine],
        *,
        now: Callable[[], datetime] = utc_now,
    ) -> None:
        self.database = database
        self.now = now
        self._machine = machine

    @cached_property
    def machine(self) -> Machine:
        return self._machine if isinstance(self._machine, Machine) else self._machine()

    def portions(self, version: str, sections: tuple[str, ...]) -> Portion:
        """What colleagues get of drafts."""
        return self.machine.portion(version, sections)

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
    ) -> Outcome:
        """Take one event of a person, once. `language` and `name` are what the app says of them."""
        seen: Seen | None = None
        refusals = 0
        prepared = await self._prepare(channel, address, event) if is_long(event) else None

        def arrive(session: Session) -> int:
            calls.ensure_current(session, self.now())
            return people.arrive(session, channel, address, language=language, name=name, now=self.now())

        def work(session: Session) -> Outcome:
            now = self.now()
            person = arrive(session)
            before = handled.find(session, channel, update_id, person)
            conversation = conversations.load(session, person, now, self.portions)
            if before is not None:
                conversation, screens = self._waiting(session, person, conversation, before.screens, now)
                return _outcome(conversation, screens, again=True)
            if refusals < TRIES:
                conversation, screens = self._step(session, person, conversation, event, now, seen, prepared)
            else:
                conversation, screens = self._stumble(session, person, conversation, now)
            handled.mark(session, channel, update_id, conversation.person.id, outbox.dump(screens), now)
            return _outcome(conversation, screens)

        while True:
            try:
                return await self.database.write(work)
            except LookFirst as first:
                seen = await self._look(await self._who(channel, address, arrive), first.request)
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
            return conversations.load(session, person, now, self.portions) if person is not None else None

        conversation = await self.database.read(find)
        if conversation is None:
            return None
        return Prepared(conversation, await asyncio.to_thread(self._dare, conversation, event, now))

    async def _look(self, person: int, request: Request) -> Seen:
        """Look on a reading connection, beside everybody's turns."""
        return Seen(
            request, await self.database.look(lambda session: self._fulfil(session, person, request, self.now()))
        )

    async def current(self, channel: str, address: str, *, language: str | None = None) -> Outcome:
        """The screen this person is at, with a new stamp (older keyboards are retired). Changes no answer."""

        def work(session: Session) -> Outcome:
            now = self.now()
            calls.ensure_current(session, now)
            person = people.arrive(session, channel, address, language=language, name="", now=now)
            conversation = conversations.load(session, person, now, self.portions)
            step = self.machine.show(conversation, self._tools(now))
            conversations.keep(session, person, step.conversation.state)
            return _outcome(step.conversation, step.screens)

        return await self.database.write(work)

    async def greet(self, language: str) -> Outcome:
        """What somebody whom we have not met is shown. Nothing is kept: a person is made by their first turn."""

        def work(session: Session) -> Outcome:
            now = self.now()
            step = self.machine.show(conversations.stranger(session, language, now), self._tools(now))
            return _outcome(step.conversation, step.screens)

        return await self.database.read(work)

    async def shown(self, channel: str, *update_ids: str, person: int | None = None) -> None:
        """The screens of these updates have reached the person."""
        await self.database.write(lambda session: handled.shown(session, channel, *update_ids, person=person))

    async def ask_again(self, channel: str, id: str, who: Sequence[int]) -> None:
        """Have the screen these people are at shown once more: it waits in the store as if `id` had called for it."""

        def work(session: Session) -> None:
            now = self.now()
            for person in who:
                people.lock(session, person)
                conversation = conversations.load(session, person, now, self.portions)
                step = self.machine.show(conversation, self._tools(now))
                if handled.find(session, channel, f"{id}/{person}", person) is None:
                    conversations.keep(session, person, step.conversation.state)
                    handled.mark(session, channel, f"{id}/{person}", person, outbox.dump(step.screens), now)

        await self.database.write(work)

    @property
    def alone(self) -> bool:
        """Whether no other service shows screens from this database: on SQLite its lock sees to that (service_lock)."""
        return self.database.dialect == "sqlite"

    async def unshown(
        self, channel: str, under_way: Collection[str] = (), limit: int = 100
    ) -> list[tuple[str, str, Outcome]]:
        """Updates of this channel whose screens did not go out: (address, update id, outcome); not those `under_way`.

        Where other processes may just be showing them, they are left alone for SHOWING.
        """

        known = frozenset(under_way)

        def work(session: Session) -> list[tuple[str, str, Outcome]]:
            found = []
            now = self.now()
            patience = timedelta(0) if self.alone else SHOWING
            for row in handled.unshown(session, channel, limit, now, patience, known):
                address = people.address(session, row.person_id, channel)
                if address is not None:
                    conversation = conversations.load(session, row.person_id, self.now(), self.portions)
                    conversation, screens = self._waiting(session, row.person_id, conversation, row.screens, now)
                    found.append((address, row.update_id, _outcome(conversation, screens, again=True)))
            return found

        return await self.database.write(work)

    def _waiting(
        self, session: Session, person: int, conversation: Conversation, screens: str | None, now: datetime
    ) -> tuple[Conversation, tuple[Screen, ...]]:
        """Screens that have not been shown yet; instead of those that another version of the program wrote and we
        cannot read, the one that the person is at, anew.
        """
        try:
            return conversation, outbox.load(screens or "[]")
        except outbox.ScreensError as error:
            log.warning("screens that wait cannot be read, the present one is shown instead (%s)", error)
        step = self.machine.show(conversation, self._tools(now))
        conversations.keep(session, person, step.conversation.state)
        return step.conversation, step.screens

    async def stamp(self, person: int) -> str:
        """The stamp of the newest screen of a person by now."""
        return await self.database.read(
            lambda session: str(conversations.load(session, person, self.now(), self.portions).state.stamp)
        )

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
        seen: Seen | None,
        prepared: Prepared | None,
    ) -> tuple[Conversation, tuple[Screen, ...]]:
        """Step the machine, carry out what it wants, and hand results back until it asks for nothing more.

        LookFirst: what it wants first is a look that was not `seen` yet. Later ones are done here: what was changed
        before them in this turn is seen here only.
        """
        screens: tuple[Screen, ...] = ()
        for number in range(REQUESTS_A_TURN):
            ready = made_for(conversation, prepared) if number == 0 else None
            step = ready or self._dare(conversation, event, now)
            self._apply(session, person, step.effects)
            conversations.keep(session, person, step.conversation.state)
            screens += step.screens
            if step.request is None:
                return step.conversation, screens
            if number == 0 and is_look(step.request):
                if seen is None or seen.request != step.request:
                    raise LookFirst(step.request)
                result = seen.result
            else:
                result = self._fulfil(session, person, step.request, now)
            conversation = self._reload(session, person, step.conversation, now)
            event = Replied(result, event.at, step.carried)
        raise RuntimeError(f"a turn asked for more than {REQUESTS_A_TURN} look-ups")

    def _fulfil(self, session: Session, person: int, request: Request, now: datetime) -> Any:
        return conversations.fulfil(
            session, person, request, now=now, token=secrets.token_urlsafe, portions=self.portions
        )

    def _dare(self, conversation: Conversation, event: Event, now: datetime) -> Step:
        """Step; a mistake of ours is logged and answered with the question again, never with silence."""
        try:
            return self.machine.step(conversation, event, self._tools(now))
        except Exception:
            log.exception("the machine failed at %s with %s", conversation.state.place.name, type(event).__name__)
            return self.machine.stumble(conversation, self._tools(now))

    def _apply(self, session: Session, person: int, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            conversations.apply(session, person, effect, self.portions)

    def _stumble(
        self, session: Session, person: int, conversation: Conversation, now: datetime
    ) -> tuple[Conversation, tuple[Screen, ...]]:
        """Say that the mistake is ours, and where the person is."""
        step = self.machine.stumble(conversation, self._tools(now))
        conversations.keep(session, person, step.conversation.state)
        return step.conversation, step.screens

    def _tools(self, now: datetime) -> Tools:
        return Tools(now=now, fresh=secrets.token_hex(8))

    def _reload(self, session: Session, person: int, conversation: Conversation, now: datetime) -> Conversation:
        """After a request the store may know more; the place stays."""
        return replace(conversations.load(session, person, now, self.portions), state=conversation.state)


def _outcome(conversation: Conversation, screens: tuple[Screen, ...], *, again: bool = False) -> Outcome:
    person = conversation.person
    stamp = str(conversation.state.stamp)
    return Outcome(person.id, person.language, person.zone, person.access, screens, again, stamp)
