"""While an announcement goes out at the cap, a person's reply is sent before the bulk that waits."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.delivery.courier import WORKERS
from tests.announcements.announcers import arrives, compose, got, launch, served, settle, some_got
from tests.botapi import BotApi

OPEN = "The call is open"


@pytest.mark.feature("N18", "A8")
async def test_a_reply_is_sent_before_the_bulk_that_waits(server: BotApi, tmp_path: Path) -> None:
    """As many bulk messages wait for their turn as the courier has workers: a reply in the same line came after all."""
    olga = server.person("Olga")
    slow = served(server, tmp_path, rate=5)
    folk = await settle(server, slow, 300)
    async with slow as service:
        await olga.gets(olga.starts())
        anna = await arrives(server, "Anna")
        await compose(olga, en=OPEN)
        await launch(olga)
        await some_got(server, folk, OPEN, 10)
        for _ in range(5):
            before = sum(got(each, OPEN) for each in folk)
            await anna.gets(anna.says("/help"))
            answered = next(n for n, call in enumerate(reversed(server.calls)) if _is_to(call.params, anna.id))
            later = sum(_is_bulk(call.params) for call in server.calls[len(server.calls) - answered :])
            overtook = sum(got(each, OPEN) for each in folk) - before - later
            assert overtook <= WORKERS // 2
            await some_got(server, folk, OPEN, before + overtook + later + 1)
        assert not all(got(each, OPEN) for each in folk)
    assert "Traceback" not in service.log, service.log


def _is_to(params: dict[str, object], chat: int) -> bool:
    return str(params.get("chat_id")) == str(chat)


def _is_bulk(params: dict[str, object]) -> bool:
    return OPEN in str(params.get("text"))
