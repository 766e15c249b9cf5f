"""An event's steps in one transaction: step the machine, carry out what it wants, until it asks for no more."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import Row
from sqlmodel import Session

from bot.turns.machine_source import MachineSource, tools
from bot.turns.prefetch import Prefetched, PrefetchNeeded, is_look
from bot.turns.prepared_step import Prepared, made_for
from dialogs.domain.conversation import Conversation
from dialogs.domain.effects import Effect, Query
from dialogs.domain.events import Event, QueryResult
from dialogs.domain.messages import Message
from dialogs.screens import Screen
from storage.calls import calls
from storage.people import conversations, turn_writes

__all__ = ["Marking", "StepRunner", "Stepped"]

REQUESTS_A_TURN = 8  # far above what any conversation needs; a bound, so that no turn can go round for ever

Stepped = tuple[Conversation, tuple[Screen, ...]]

Marking = Callable[[int, tuple[Screen, ...]], turn_writes.Mark]
"""Gives the mark of the update that is being taken, for its person and the screens it calls for."""


@dataclass(frozen=True, slots=True)
class StepRunner:
    """Runs steps with one machine. `only`: the one draft that a browser which a letter opened is good for."""

    source: MachineSource
    only: str | None = None

    def load(self, session: Session, person: int, now: datetime, found: Row[Any] | None = None) -> Conversation:
        """What a step may look at, as it stands now. `found`: its row, where it was just read."""
        return conversations.load(session, person, now, self.source.portions, self.only, found)

    def load_with_call(self, session: Session, person: int, now: datetime, row: Row[Any] | None = None) -> Conversation:
        """The conversation, with a call that counts now: once a year it has to be made first."""
        found = self.load(session, person, now, row)
        if not calls.lacks_current(found.calls, now):
            return found
        calls.ensure_current(session, now, self.source.edition_of)
        return self.load(session, person, now)

    def run(
        self,
        session: Session,
        person: int,
        conversation: Conversation,
        event: Event,
        now: datetime,
        seen: Prefetched | None,
        prepared: Prepared | None,
        mark: Marking,
    ) -> Stepped:
        """Step the machine, carry out what it wants, and hand results back until it asks for nothing more. What the
        last step wants is written together with the `mark`.

        PrefetchNeeded: what it wants first is a look that was not `seen` yet. Later ones are done here: what was
        changed before them in this turn is seen here only.
        """
        screens: tuple[Screen, ...] = ()
        for number in range(REQUESTS_A_TURN):
            ready = made_for(conversation, prepared) if number == 0 else None
            step = ready or self.source.step(conversation, event, now)
            screens += step.screens
            if step.request is None:
                marked = mark(step.conversation.person.id, screens)
                turn_writes.keep(
                    *(session, person, step.effects, step.conversation.state, now, marked),
                    *(self.source.portions, self.only),
                )
                return step.conversation, screens
            self._apply(session, person, step.effects)
            conversations.keep(session, person, step.conversation.state, now)
            if number == 0 and is_look(step.request):
                if seen is None or seen.request != step.request:
                    raise PrefetchNeeded(step.request)
                result = seen.result
            else:
                result = self.fulfil(session, person, step.request, now)
            # After a request the store may know more; the place stays.
            conversation = replace(self.load(session, person, now), state=step.conversation.state)
            event = QueryResult(result, event.at, step.carried)
        raise RuntimeError(f"a turn asked for more than {REQUESTS_A_TURN} look-ups")

    def fulfil(self, session: Session, person: int, request: Query, now: datetime) -> Any:
        """Carry out a request of the machine's."""
        return conversations.fulfil(
            session,
            person,
            request,
            now=now,
            token=secrets.token_urlsafe,
            portions=self.source.portions,
            only=self.only,
        )

    def say_mistake(
        self,
        session: Session,
        person: int,
        conversation: Conversation,
        now: datetime,
        mark: Marking,
        message: Message | None = None,
    ) -> Stepped:
        """Say that the mistake is ours, and where the person is. `message`: what is said instead."""
        said = () if message is None else (message,)
        step = self.source.machine.error_step(conversation, tools(now), *said)
        marked = mark(step.conversation.person.id, step.screens)
        turn_writes.keep(session, person, (), step.conversation.state, now, marked, self.source.portions, self.only)
        return step.conversation, step.screens

    def _apply(self, session: Session, person: int, effects: tuple[Effect, ...]) -> None:
        for effect in effects:
            conversations.apply(session, person, effect, self.source.portions, self.only)
