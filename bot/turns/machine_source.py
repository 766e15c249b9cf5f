"""The conversation's machine as turns use it: made when first needed, and anew when something is published."""

from __future__ import annotations

import asyncio
import logging
import secrets
from collections.abc import Awaitable, Callable
from datetime import datetime
from functools import cached_property
from typing import TYPE_CHECKING

from dialogs.domain.conversation import Conversation
from dialogs.domain.entries.portion import Portion
from dialogs.domain.events import Event

if TYPE_CHECKING:  # the first page does not wait for the conversations to be loaded
    from dialogs.machine import Machine, Step, Tools

__all__ = ["MachineSource"]

log = logging.getLogger(__name__)


class MachineSource:
    """One machine for all turns.

    `machine` may be the way to make it: its half a second of work is then done when it is first needed, and the
    first page does not wait for it. `edition_of` names the questionnaire of calls that are made by themselves, by year;
    the newest one when absent. `renewed` gives a machine that asks what was published since, or None.
    """

    def __init__(
        self,
        machine: Machine | Callable[[], Machine],
        *,
        edition_of: Callable[[int], str] | None = None,
        renewed: Callable[[], Awaitable[Machine | None]] | None = None,
    ) -> None:
        self._machine = machine
        self._edition_of = edition_of
        self._renewed = renewed

    @cached_property
    def machine(self) -> Machine:
        return self._machine() if callable(self._machine) else self._machine

    @property
    def is_renewable(self) -> bool:
        """Whether questionnaires may be published that this process has not learnt yet."""
        return self._renewed is not None

    async def make(self) -> None:
        """Make the machine before a transaction needs it: half a second of work, in which others would wait for the
        rows that the transaction holds.
        """
        if "machine" not in vars(self):
            await asyncio.to_thread(lambda: self.machine)

    async def learn(self) -> None:
        """Ask from now on what was published since the last look."""
        machine = await self._renewed() if self._renewed is not None else None
        if machine is not None:
            self.machine = machine

    def edition_of(self, year: int) -> str:
        """The version of the questionnaire that a call asks which is made now for this year."""
        return self._edition_of(year) if self._edition_of is not None else self.machine.world.edition_of(year)

    def portions(self, version: str, sections: tuple[str, ...]) -> Portion:
        """What colleagues get of drafts."""
        return self.machine.portion(version, sections)

    def step(self, conversation: Conversation, event: Event, now: datetime) -> Step:
        """Step; a mistake of ours is logged and answered with the question again, never with silence."""
        try:
            return self.machine.step(conversation, event, tools(now))
        except Exception:
            log.exception("the machine failed at %s with %s", conversation.state.position.name, type(event).__name__)
            return self.machine.error_step(conversation, tools(now))

    def show(self, conversation: Conversation, now: datetime) -> Step:
        """The screen somebody is at, with a new stamp."""
        return self.machine.show(conversation, tools(now))


def tools(now: datetime) -> Tools:
    """What the machine takes from outside for one step."""
    from dialogs.machine import Tools

    return Tools(now=now, fresh=secrets.token_hex(8))
