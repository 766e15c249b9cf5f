"""The deadline over Telegram: in the reader's own clock, and fair to what was sent in time."""

from __future__ import annotations

import asyncio
import sqlite3
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from dialogs.domain.messages import Moment
from locales.words import Words
from tests.botapi import BotApi
from tests.samples import REQUIRED
from tests.service import Service
from tests.telegram.opening import telegram
from tests.telegram.walking import answer_until, open_question

WORDS = Words.ours()
CLOSES = datetime(2027, 3, 1, 22, 59, 59, 999999, tzinfo=UTC)


@pytest.mark.feature("N5", "E3")
@pytest.mark.parametrize("language", WORDS.languages)
async def test_a_deadline_is_told_in_the_readers_clock_and_in_geneva_s(
    language: str, open_bot: tuple[BotApi, Service]
) -> None:
    """Telegram gets the moment itself and shows it in the phone's own clock; Geneva's stands beside it in words."""
    server, _ = open_bot
    anna = server.person("Anna", language)
    await anna.gets(anna.starts())
    await anna.gets(anna.taps(language))
    await anna.gets(anna.says("/deadline"))
    entities = [e for e in anna.shown[-1]["entities"] if e["type"] == "date_time"]
    assert entities, anna.last
    assert {entity["unix_time"] for entity in entities} == {int(CLOSES.timestamp())}
    assert all(entity["date_time_format"] for entity in entities)
    day = WORDS.say(Moment(CLOSES, date_only=True), language)
    assert anna.last.count(day.strip("\u200f\u200e\u2066\u2067\u2068\u2069")) >= 2, "beside it stands Geneva's"
    plain = WORDS.say(Moment(CLOSES), language, zone="Africa/Nairobi")
    assert "<" not in plain and day.split()[-1] in plain


@pytest.mark.feature("N4")
@pytest.mark.timeout(300)
async def test_what_was_sent_in_time_counts_though_we_were_away_at_the_deadline(tmp_path: Path) -> None:
    async with BotApi() as server:
        service = Service(tmp_path, **telegram(server, "polling"))
        anna, ben = server.person("Anna"), server.person("Ben")
        async with service:
            await asyncio.gather(answer_until(anna, REQUIRED, "review"), answer_until(ben, REQUIRED, "review"))
            await service.stop()
            closes = datetime.now(UTC) + timedelta(seconds=3)
            with sqlite3.connect(tmp_path / "stocktaking.sqlite3") as store:
                store.execute("update calls set closes = ?", [closes.replace(tzinfo=None).isoformat(" ")])
            await anna.says("/submit")
            await asyncio.sleep((closes - datetime.now(UTC)).total_seconds() + 2)
            await ben.says("/submit")
            await service.start()
            await anna.waits("WSIS-2027-", 60)
            await ben.waits("closed", 60)
        assert open_question(ben) != ""
