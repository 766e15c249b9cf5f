"""The courier at the cap, with people talking meanwhile: `python -m benchmarks.courier [SECONDS] [DATABASE_URL]`.

140,000 deliveries are planned; the courier drains them at 30 a second for some seconds into a Telegram of our
own, while replies of conversations ask the same budget for their turn. Measured at Telegram's side.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
from datetime import UTC, datetime

from sqlalchemy import insert
from sqlmodel import Session

from bot.delivery.courier import Courier, Lane
from bot.delivery.ledger import Ledger, Parcel
from bot.delivery.outgoing import OutgoingMessage
from bot.delivery.telegram_post import Post
from bot.rate_limit import Budget, Ticket
from storage.announcements import announcements
from storage.engine.database import Database
from storage.messaging import notices
from storage.messaging.deliveries import Delivery
from tests.delivery.telegram import TOKEN, Telegram, most_in_a_second

PEOPLE, RATE, REPLIES = 140_000, 30, 2.0
"""Deliveries planned; messages a second; replies a second among them."""
SLICE = 5_000


def now() -> datetime:
    return datetime.now(UTC)


def plan(session: Session) -> int:
    id = announcements.compose(session, author=1, texts={"en": "Hello"}, audience={}, now=now())
    announcements.schedule(session, id, now(), now())
    notices.get(session, id).planned = True
    row = {"notice_id": id, "state": "planned", "due": now(), "revision": 0, "attempt": 0}
    for first in range(1, PEOPLE, SLICE):
        session.execute(insert(Delivery), [row | {"person_id": person} for person in range(first, first + SLICE)])
    return id


async def reply(post: Post, waits: list[float], number: int) -> None:
    """One reply of a conversation, as it happens, ahead of all bulk."""
    begun = time.perf_counter()
    await post.send(10_000_000 + number, OutgoingMessage("Saved."), slip=Ticket(urgent=True))
    waits.append(time.perf_counter() - begun)


async def measure(url: str, seconds: float) -> bool:
    """Print the figures; False when a promise is broken."""
    database, budget, waits = await Database.open(url), Budget(RATE), list[float]()
    await database.write(plan)
    async with Telegram() as telegram, Post(TOKEN, telegram.url, budget) as post:
        ledger = Ledger(
            database,
            lambda session, claimed, at: Parcel(claimed.person, OutgoingMessage("Hello")),
            returned=lambda session, claimed, upshot, at: None,
        )
        courier = Courier(ledger, [Lane("telegram", post, budget)], lambda s, notice, at: True, url=url, now=now)
        working = asyncio.create_task(courier.run())
        replies = []
        for number in range(int(seconds * REPLIES)):
            replies.append(asyncio.create_task(reply(post, waits, number)))
            await asyncio.sleep(1 / REPLIES)
        await asyncio.gather(*replies)
        courier.stop()
        await working
        times = telegram.times
    await database.close()
    steady = [at for at in times if at > times[0] + 2]
    rate = (len(steady) - 1) / (steady[-1] - steady[0])
    fullest = most_in_a_second(times)
    p95 = sorted(waits)[int(0.95 * len(waits))]
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"sent {len(times)} in {times[-1] - times[0]:.1f} s: {rate:.2f} a second, at most {fullest} in any second")
    print(f"replies meanwhile: 95 % within {p95:.2f} s")
    print(f"peak memory of the process: {peak:.0f} MB")
    return fullest <= RATE and rate >= 0.98 * RATE and p95 < 1 and peak < 250


def main() -> None:
    seconds = float(sys.argv[1]) if len(sys.argv) > 1 else 30
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/benchmark.sqlite3"
        sys.exit(0 if asyncio.run(measure(url, seconds)) else 1)


if __name__ == "__main__":
    main()
