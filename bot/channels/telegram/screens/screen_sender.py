"""Screens on their way to people: per person one after the other, and the open question last.

Theory of operation
-------------------
Several processes may show screens to the same person, and any of them may die at any moment. What must hold is that the
newest message of the chat which asks something is the question that is open. Four things make it so:

* In one process a person's screens wait in one queue, in the order of their turns.
* A screen is looked at once more when it may go, after the wait for the send budget and before each attempt: when the
  person has gone on, or another process shows it, it does not go. Where its turn has just been committed, and nothing
  newer waits here, the store is not asked.
* Between that look and Telegram lies the network. So each message is noted with its screen's stamp, and when an older
  screen turns out to stand below a newer one, its buttons go and the open question is shown once more.
* Only then do the screens count as shown. Who dies before that leaves them to another process, which shows them, or,
  where the person has gone on meanwhile and the dead process may have sent them, the open question.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
import time
from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import replace

from bot.app import App
from bot.channels.telegram.api_client import ApiClient, Overtaken, Refused, Unreachable
from bot.channels.telegram.screens.renderer import RenderContext
from bot.channels.telegram.screens.screen_coalescing import TurnedUpdate, now_worth_showing, together
from bot.channels.telegram.screens.screen_post import CHANNEL, ScreenPost
from bot.turns.outcome import Standing
from dialogs.screens import Screen
from storage.people import people
from storage.updates import processed_updates

__all__ = ["CHANNEL", "ScreenSender"]

log = logging.getLogger(__name__)

REMEMBERED = 5_000
RESTS = 5.0
"""Seconds before what could not be shown is tried again."""
FRESH = 0.1
"""Seconds for which what a turn knew when it was committed counts as what is known now. Another process may take the
person's next turn meanwhile, as it may while a message is on its way: then the note of the message finds it out.
"""
FOLLOWS = 3
"""How often the open question is shown again because something older slipped in below it."""


class NotOurs(Exception):
    """Another process shows these screens, or has shown them."""


class Later(Exception):
    """These screens of a turn are to be put together with those that wait behind them."""

    def __init__(self, turned: TurnedUpdate, screens: Sequence[Screen]) -> None:
        super().__init__(turned.address)
        self.turned = replace(turned, outcome=replace(turned.outcome, screens=tuple(screens)))


class ScreenSender:
    """Shows what turns came to. Each person has a queue of their own; nobody waits for anybody else."""

    def __init__(self, app: App, sender: ApiClient, look: RenderContext) -> None:
        self.app = app
        self.posting = ScreenPost(app, sender, look, self._more_waits)
        self._waiting: dict[str, list[TurnedUpdate]] = {}
        self._tasks: set[asyncio.Task[None]] = set()
        self._under_way: set[str] = set()  # updates whose screens wait here, or are being shown
        self._resting: dict[str, float] = {}  # updates that could not be shown, and until when they are let be
        self._done: OrderedDict[str, None] = OrderedDict()

    @property
    def under_way(self) -> set[str]:
        """Updates that need not be taken up now: their screens wait here, are being shown, or have just failed."""
        now = time.monotonic()
        self._resting = {update: until for update, until in self._resting.items() if until > now}
        return self._under_way | self._resting.keys()

    def add(self, turned: TurnedUpdate) -> None:
        """Show this after what waits for the same person already. What is under way, or has just been shown while
        somebody looked for what had not been, is not shown again.
        """
        if all(update in self._under_way or update in self._done for update in turned.updates):
            return
        self._under_way.update(turned.updates)
        if turned.address in self._waiting:
            self._waiting[turned.address].append(turned)
            return
        self._waiting[turned.address] = [turned]
        task = asyncio.create_task(self._until_none_waits(turned.address))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def finish(self, seconds: float) -> None:
        """Wait for what is being shown; what is not by then is shown after the next start."""
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                while self._tasks:
                    await asyncio.gather(*self._tasks, return_exceptions=True)
        for task in self._tasks:
            task.cancel()

    def _more_waits(self, address: str) -> bool:
        return bool(self._waiting.get(address))

    async def _until_none_waits(self, address: str) -> None:
        try:
            while turns := self._waiting[address]:
                self._waiting[address] = []
                first, *rest = together(turns)
                # Only the first is shown now: what comes meanwhile may overtake the others.
                self._waiting[address] = rest + self._waiting[address]
                await self._show(first)
        finally:  # whatever happened, the person's next screen finds no queue that nobody empties
            for left in self._waiting.pop(address):
                self._under_way.difference_update(left.updates)

    async def _show(self, turned: TurnedUpdate) -> None:
        """Show one; what fails stays unshown and is tried again later."""
        try:
            await self._shown_or_refused(turned)
        except Later as later:  # what overtook it is to say what it would have said
            self._waiting[turned.address].insert(0, later.turned)
            return
        except Exception as error:  # noqa: BLE001  whatever it is, the screens wait in the store
            log.warning("the screens of update %s are not shown yet: %r", turned.updates[-1], error)
            self._resting.update(dict.fromkeys(turned.updates, time.monotonic() + RESTS))
        self._under_way.difference_update(turned.updates)

    async def _shown_or_refused(self, turned: TurnedUpdate) -> None:
        try:
            await self._screens(turned)
        except NotOurs:
            return
        except Unreachable:
            address = turned.address
            await self.app.database.write(lambda session: people.reachable(session, CHANNEL, address, False))
            await self.app.turns.stored.shown(CHANNEL, *turned.updates)
        except Refused as refusal:
            log.error("Telegram refused a screen of update %s: %s", turned.updates[-1], refusal)
            await self.app.turns.stored.shown(CHANNEL, *turned.updates)
        self._done.update(dict.fromkeys(turned.updates))
        while len(self._done) > REMEMBERED:
            self._done.popitem(last=False)

    async def _screens(self, turned: TurnedUpdate) -> None:
        """Show all that is worth it by now, and mark it as shown. NotOurs: another process shows it."""
        left, follow, marked = list(turned.outcome.screens), False, False
        known = turned.outcome.standing
        while left:
            known = known if self._is_fresh(turned) and not left[0].in_place else None
            standing, known = known or await self._standing(turned), None
            screen = await self._now(left[0], turned, standing)
            if screen is None:
                follow |= turned.outcome.again and await self._may_stand_below(turned)
            else:
                last = len(left) == 1 and not follow
                try:
                    wrong = await self._posted(turned, screen, standing, last)
                except Overtaken:
                    if self._more_waits(turned.address):
                        raise Later(turned, left) from None
                    continue  # looked at again: it may be worth something without its buttons
                follow, marked = follow or wrong, last and not wrong
            left.pop(0)
        if follow:
            await self._open_question(turned)
        if not marked:
            await self.app.turns.stored.shown(CHANNEL, *turned.updates)

    def _is_fresh(self, turned: TurnedUpdate) -> bool:
        """Whether the turn was committed so lately that a look into the store would tell no more than it did."""
        return time.monotonic() - turned.outcome.taken < FRESH and not self._more_waits(turned.address)

    async def _standing(self, turned: TurnedUpdate) -> Standing:
        standing = await self.app.turns.stored.standing(turned.outcome.person, CHANNEL, turned.updates, turned.address)
        if not standing.ours:
            raise NotOurs
        return standing

    async def _now(self, screen: Screen, turned: TurnedUpdate, standing: Standing) -> Screen | None:
        """The screen as it is to be shown now. One that changed in place may have changed again since it was kept."""
        found = now_worth_showing(screen, standing.stamp)
        if found is None or not (found.in_place and turned.outcome.again):
            return found
        return (await self.app.turns.open_screen(turned.outcome.person)).screens[-1]

    async def _posted(self, turned: TurnedUpdate, screen: Screen, standing: Standing, last: bool) -> bool:
        """Post a screen; whether something older stands below the newest one. Overtaken: it is out of date by now."""

        async def worth() -> bool:
            return self._is_fresh(turned) or (await self._standing(turned)).stamp == standing.stamp

        fresh = screen.stamp == str(standing.stamp)
        return await self.posting.post(turned, screen, standing, worth if fresh else None, last)

    async def _may_stand_below(self, turned: TurnedUpdate) -> bool:
        """Whether an overtaken screen that another process was to show may stand below the newest one: it may have been
        sent, and nothing newer is on its way.
        """
        person, ours = turned.outcome.person, turned.updates
        return not await self.app.database.read(
            lambda session: processed_updates.is_waiting(session, CHANNEL, person, but=ours)
        )

    async def _open_question(self, turned: TurnedUpdate) -> None:
        """Show the open question once more, below what slipped in. When the person goes on meanwhile, the next one
        will be shown anyway.
        """
        for _ in range(FOLLOWS):
            outcome = await self.app.turns.open_screen(turned.outcome.person)
            again = TurnedUpdate(turned.address, turned.updates, outcome)
            standing = await self._standing(again)
            if str(standing.stamp) != outcome.stamp:
                return
            with contextlib.suppress(Overtaken):
                if not await self._posted(again, outcome.screens[-1], standing, last=False):
                    return
