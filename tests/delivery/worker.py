"""A courier in a process of its own, to be killed: `python -m tests.delivery.worker DATABASE TELEGRAM RATE`."""

from __future__ import annotations

import asyncio
import signal
import sys

from bot.delivery.courier import Courier, Lane
from bot.delivery.ledger import Ledger
from bot.delivery.telegram_post import Post
from bot.rate_limit import Budget
from storage.engine.database import Database
from tests.delivery.telegram import TOKEN
from tests.delivery.test_courier import all_planned, hello, now


async def tell(courier: Courier) -> None:
    await courier.active.wait()
    print("active", flush=True)


async def work(url: str, telegram: str, rate: float) -> None:
    database = await Database.open(url)
    budget = Budget(rate)
    async with Post(TOKEN, telegram, budget) as post:
        ledger = Ledger(database, hello, returned=lambda session, claimed, upshot, at: None)
        courier = Courier(ledger, [Lane("telegram", post, budget)], all_planned, url=url, now=now)
        asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, courier.stop)
        print("ready", flush=True)
        telling = asyncio.create_task(tell(courier))
        await courier.run()
        telling.cancel()
    await database.close()


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2], float(sys.argv[3])))
