"""A sender in a process of its own, to be killed: `python -m tests.push.worker DATABASE RECEIVERS`."""

from __future__ import annotations

import asyncio
import sys
from ipaddress import ip_network

from bot.delivery.leader_lock import hold
from bot.push.receiver import Networks, Receiver, read_receivers
from bot.push.sender import Sender
from storage.engine.database import Database

LOOPBACK: Networks = [ip_network("127.0.0.0/8")]


async def work(url: str, setting: str) -> None:
    database = await Database.open(url)
    receivers = [Receiver.model_validate(each) for each in read_receivers(setting)]
    async with hold(url, "push") as leadership:
        await Sender(database, receivers, LOOPBACK).run(leadership)


if __name__ == "__main__":
    asyncio.run(work(sys.argv[1], sys.argv[2]))
