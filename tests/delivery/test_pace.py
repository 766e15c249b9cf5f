"""The send budget: promises that hold at the receiving end, whatever the network does on the way."""

from __future__ import annotations

import asyncio
import random
import time
from collections.abc import Sequence

import pytest

from bot.rate_limit import Budget, Ticket, Withdrawn


class Server:
    """Notes when each message arrives. The way there and the way back take as long as `delay` says."""

    def __init__(self, delay: tuple[float, float] = (0.0, 0.0)) -> None:
        self.delay = delay
        self.arrivals: list[tuple[float, str]] = []
        self.random = random.Random(7)
        self.reached: dict[int, asyncio.Event] = {}

    async def take(self, what: str) -> None:
        await asyncio.sleep(self.random.uniform(*self.delay))
        self.arrivals.append((time.monotonic(), what))
        if len(self.arrivals) in self.reached:
            self.reached[len(self.arrivals)].set()
        await asyncio.sleep(self.random.uniform(*self.delay))

    async def has_taken(self, number: int) -> None:
        await self.reached.setdefault(number, asyncio.Event()).wait()

    @property
    def times(self) -> list[float]:
        return sorted(at for at, _ in self.arrivals)


class Recovering(Server):
    """The way there takes so many seconds for the first few, and no time for those after them."""

    def __init__(self, seconds: float, few: int) -> None:
        super().__init__()
        self.seconds, self.left = seconds, few

    async def take(self, what: str) -> None:
        self.left -= 1
        await asyncio.sleep(self.seconds if self.left >= 0 else 0)
        await super().take(what)


def most_in_a_second(times: Sequence[float], window: float = 1.0) -> int:
    """The fullest sliding second."""
    first, most = 0, 0
    for last, at in enumerate(times):
        while times[first] <= at - window:
            first += 1
        most = max(most, last - first + 1)
    return most


async def send(budget: Budget, server: Server, what: str, chat: int | None = None, urgent: bool = False) -> None:
    async with budget.turn(chat, Ticket(urgent=urgent)):
        await server.take(what)


async def drain(budget: Budget, server: Server, number: int, workers: int = 16, chat_from: int = 1) -> None:
    chats = iter(range(chat_from, chat_from + number))

    async def work() -> None:
        for chat in chats:
            await send(budget, server, "bulk", chat)

    await asyncio.gather(*(work() for _ in range(workers)))


@pytest.mark.feature("A7")
@pytest.mark.parametrize("delay", [(0.0, 0.0), (0.0, 0.08), (0.05, 0.06)])
async def test_no_second_at_the_server_sees_more_than_the_rate(delay: tuple[float, float]) -> None:
    server, budget = Server(delay), Budget(30)
    await drain(budget, server, 120)
    assert len(server.times) == 120
    assert most_in_a_second(server.times) <= 30


@pytest.mark.feature("A7")
async def test_nor_does_it_when_messages_are_under_way_for_longer_than_a_second() -> None:
    """A line in trouble, that is well again just as sixty have gone into it."""
    server, budget = Recovering(1.5, 60), Budget(30)
    await drain(budget, server, 75, workers=75)
    assert len(server.times) == 75
    assert most_in_a_second(server.times) <= 30


@pytest.mark.feature("A7")
async def test_a_slow_chat_does_not_hold_the_others_up_and_frees_its_place_once() -> None:
    """Its place is free again after a while, whether it has answered or not; a late answer frees no second one."""
    server, budget = Server(), Budget(20)
    await drain(budget, server, 20)
    slow = asyncio.Event()

    async def dawdle() -> None:
        async with budget.turn(None, Ticket()):
            await slow.wait()

    slow_ones = [asyncio.create_task(dawdle()) for _ in range(19)]
    await drain(budget, server, 40, chat_from=100)
    assert len(server.times) == 60
    slow.set()
    await asyncio.gather(*slow_ones)
    await drain(budget, server, 60, chat_from=200)
    assert most_in_a_second(server.times) <= 20


@pytest.mark.feature("A7")
async def test_a_burst_of_replies_never_exceeds_the_rate_either() -> None:
    server, budget = Server((0.0, 0.05)), Budget(25)
    replies = (send(budget, server, "reply", chat, urgent=True) for chat in range(80))
    await asyncio.gather(drain(budget, server, 40, chat_from=1000), *replies)
    assert most_in_a_second(server.times) <= 25


@pytest.mark.feature("A8")
async def test_a_reply_goes_before_all_bulk_that_waits() -> None:
    server, budget = Server(), Budget(20)
    bulk = asyncio.create_task(drain(budget, server, 60))
    await server.has_taken(10)
    waiting = budget.waiting
    before = len(server.arrivals)
    await send(budget, server, "reply", 9999, urgent=True)
    assert waiting > 10
    assert len([w for _, w in server.arrivals[before:]]) <= 3
    await bulk


@pytest.mark.feature("A7")
async def test_a_halt_stops_everything_for_its_time_and_no_burst_follows() -> None:
    server, budget = Server((0.0, 0.01)), Budget(30)
    bulk = asyncio.create_task(drain(budget, server, 75))
    await server.has_taken(20)
    begun = time.monotonic()
    budget.halt(1.2)
    reply = asyncio.create_task(send(budget, server, "reply", 5000, urgent=True))
    await asyncio.gather(bulk, reply)
    after = [at for at in server.times if at > begun + 0.03]
    assert min(after) >= begun + 1.2
    assert most_in_a_second(server.times) <= 30


@pytest.mark.feature("A7")
async def test_a_longer_halt_is_not_shortened_by_a_shorter_one() -> None:
    budget = Budget(30)
    budget.halt(50)
    budget.halt(1)
    assert budget.halted > 49


@pytest.mark.feature("A7")
async def test_a_chat_gets_one_bulk_message_a_second_while_others_go_on() -> None:
    server, budget = Server(), Budget(100)
    same = [send(budget, server, "same", 1) for _ in range(3)]
    others = [send(budget, server, "other", chat) for chat in range(2, 30)]
    await asyncio.gather(*same, *others)
    same_times = [at for at, what in server.arrivals if what == "same"]
    assert most_in_a_second(same_times, 0.9) == 1
    assert max(at for at, what in server.arrivals if what == "other") < same_times[1]


async def test_a_conversation_may_show_a_few_screens_at_once() -> None:
    server, budget = Server(), Budget(100)
    await asyncio.gather(*(send(budget, server, "reply", 1, urgent=True) for _ in range(3)))
    assert server.times[-1] - server.times[0] < 0.9


async def test_who_stops_waiting_leaves_no_place_taken() -> None:
    server, budget = Server(), Budget(5)
    await asyncio.gather(*(send(budget, server, "x", chat, urgent=True) for chat in range(5)))
    waiters = [asyncio.create_task(send(budget, server, "y", chat)) for chat in range(10, 40)]
    await asyncio.sleep(0)
    for waiter in waiters:
        waiter.cancel()
    await asyncio.gather(*waiters, return_exceptions=True)
    assert budget.waiting == 0
    await send(budget, server, "z", 99)
    assert [what for _, what in server.arrivals] == ["x"] * 5 + ["z"]


@pytest.mark.feature("A6")
async def test_who_is_called_out_of_the_line_sends_nothing_and_leaves_no_place_taken() -> None:
    server, budget = Server(), Budget(5)
    await asyncio.gather(*(send(budget, server, "x", chat, urgent=True) for chat in range(5)))
    slip = Ticket()

    async def wait() -> None:
        async with budget.turn(10, slip):
            await server.take("withdrawn")

    waiting = asyncio.create_task(wait())
    await asyncio.sleep(0)
    slip.withdraw()
    with pytest.raises(Withdrawn):
        await waiting
    with pytest.raises(Withdrawn):  # nor is it ever tried again
        await wait()
    assert budget.waiting == 0
    await send(budget, server, "z", 99)
    assert [what for _, what in server.arrivals] == ["x"] * 5 + ["z"]


async def test_a_rate_below_one_is_one_message_in_its_time() -> None:
    server, budget = Server(), Budget(0.8)
    await drain(budget, server, 2, workers=2)
    assert server.times[1] - server.times[0] >= 1.25


def test_a_rate_of_nothing_is_refused() -> None:
    with pytest.raises(ValueError, match="above 0"):
        Budget(0)
