"""A running announcement is paused, resumed, stopped and tried again, over the real service."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.announcements.announcers import compose, copies, got, launch, live, served, settle, some_got
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.service import Service

OPEN = "The call is open"
OVER = "The call is over"


async def status(service: Service, number: int) -> dict[str, object]:
    code, out, errors = await service.command("announce", "status", str(number), "--format", "json")
    assert code == 0, errors
    return dict(json.loads(out))


async def shows(olga: Person, number: int, *words: str) -> None:
    """Her live message says this by now, and it is still the only one."""
    await olga.waits(lambda person: all(word in str(live(person, number).get("text")) for word in words), 60)


@pytest.mark.feature("A6", "A12")
async def test_it_is_paused_resumed_tried_again_and_another_stopped_with_no_gap_and_no_double(
    server: BotApi, tmp_path: Path
) -> None:
    olga = server.person("Olga")
    slow = served(server, tmp_path, rate=12)
    folk = await settle(server, slow, 120)
    late = folk[-1]
    late.blocked = True  # the bot has not heard of it yet
    async with slow as service:
        await olga.gets(olga.starts())
        await compose(olga, en=OPEN)
        await launch(olga)
        await some_got(server, folk, OPEN, 6)
        await olga.waits(lambda person: bool(live(person, 1)))
        message = live(olga, 1)["message_id"]
        await olga.taps("announce:pause:1")
        await shows(olga, 1, "Paused", "Left")

        before = await status(service, 1)
        had = sum(got(each, OPEN) for each in folk)
        after = await status(service, 1)
        assert before["state"] == after["state"] == "paused"
        assert after["left"] and before["sent"] == after["sent"]
        assert had == sum(got(each, OPEN) for each in folk) < len(folk)

        await olga.taps("announce:resume:1")
        await shows(olga, 1, "no. 1: Sent", "Not delivered (the bot is blocked): 1")
        assert [copies(each, OPEN) for each in folk] == [1] * 119 + [0]
        assert live(olga, 1)["message_id"] == message

        await olga.gets_answer(olga.taps("announce:retry:1"))
        assert "Left" not in str(live(olga, 1)["text"])  # who still blocks the bot is left in peace
        await late.unblocks()
        await late.gets(late.starts())
        await olga.taps("announce:retry:1")
        await late.waits(lambda person: got(person, OPEN))
        await shows(olga, 1, "no. 1: Sent", "Sent: 121")
        assert [copies(each, OPEN) for each in folk] == [1] * 120

        await compose(olga, en=OVER)
        await launch(olga)
        await some_got(server, folk, OVER, 3)
        await olga.waits(lambda person: bool(live(person, 2)))
        await olga.taps("announce:pause:2")
        await shows(olga, 2, "no. 2: Paused", "Left")
        await olga.gets(olga.taps("announce:stop:2"))
        await olga.taps("stop!")
        await shows(olga, 2, "no. 2: Stopped")
        stopped = await status(service, 2)
        assert stopped["state"] == "stopped"
        code, _, _ = await service.command("announce", "resume", "2")
        assert code == 1
        assert sum(got(each, OVER) for each in [*folk, olga]) < 121, stopped
        assert max(copies(each, OVER) for each in folk) == 1
    assert "Traceback" not in service.log, service.log
