"""An announcement to a crowd: six languages, some cannot be reached, some are slow, Telegram calls a halt now and then.

All that is asserted is read off the Bot API server's own log.
"""

from __future__ import annotations

import asyncio
import json
import time
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.announcements.announcers import compose, launch, served, settle
from tests.announcements.crowd import (
    TEXTS,
    Halt,
    Talker,
    announced,
    halts,
    pace,
    placed,
    sent_more,
    silent_in,
    texts_of,
)
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.delivery.telegram import most_in_a_second
from tests.service import Service

RATE = 30
SLOWNESS = 2.5
"""Seconds until the service hears that a message to a slow chat has arrived."""
RESUMED_WITHIN = 1.0
"""Seconds after a halt within which messages go out again."""


@dataclass(frozen=True)
class Crowd:
    """How many there are, and how Telegram hinders: `halts` times for `seconds`."""

    people: int
    talkers: int
    halts: int
    seconds: int


@dataclass
class Season:
    """What happened: who there was, and what the server saw."""

    server: BotApi
    folk: list[Person]
    talkers: list[Talker]
    status: dict[str, object]

    @property
    def hindered(self) -> list[Halt]:
        """Halts, and the times in which a slow chat kept its places in the budget."""
        slow = {str(person.id) for person in self.folk if person.slow}
        kept = [call.at for call in self.server.calls if str(call.params.get("chat_id")) in slow]
        return [*halts(self.server), *(Halt(at, at + SLOWNESS) for at in kept)]


def spoil(folk: list[Person]) -> None:
    """One in twenty has blocked the bot, one in forty is gone, and a stretch of them is slow: the bot knows of none."""
    for number, person in enumerate(folk):
        person.blocked = number % 20 == 7
        person.deactivated = number % 40 == 13
    slow_from = len(folk) // 3
    for person in folk[slow_from : slow_from + len(folk) // 20]:
        person.slow = SLOWNESS


async def arrive(server: BotApi, number: int) -> list[Talker]:
    """People in the midst of their entry."""
    talkers = [Talker(server.person(f"Talker {n}")) for n in range(number)]
    for talker in talkers:
        await talker.person.gets(talker.person.starts())
        await talker.person.gets(talker.person.taps("English"))
        await talker.person.gets(talker.person.says("/new"))
    return talkers


async def hinder(server: BotApi, crowd: Crowd) -> None:
    """Halts, spread over the sending."""
    for _ in range(crowd.halts):
        await sent_more(server, crowd.people // (crowd.halts + 1))
        server.ban(crowd.seconds)


async def status(service: Service) -> dict[str, object]:
    code, out, errors = await service.command("announce", "status", "1", "--format", "json")
    assert code == 0, errors
    return dict(json.loads(out))


async def hold(folder: Path, crowd: Crowd) -> Season:
    """Everything from the announcement's first word until it is done, with people talking meanwhile."""
    async with BotApi() as server:
        olga = server.person("Olga")
        service = served(server, folder, RATE)
        folk = await settle(server, service, crowd.people, tuple(TEXTS))
        spoil(folk)
        async with service:
            await olga.gets(olga.starts())
            talkers, over = await arrive(server, crowd.talkers), asyncio.Event()
            await compose(olga, **TEXTS)
            server.calls.clear()
            await launch(olga)
            async with asyncio.TaskGroup() as group:
                for talker in talkers:
                    group.create_task(talker.answers_on(over))
                group.create_task(hinder(server, crowd))
                await olga.waits(lambda person: any("no. 1: Sent" in str(m.get("text")) for m in person.shown), 600)
                over.set()
            season = Season(server, folk, talkers, await status(service))
        assert "Traceback" not in service.log, service.log
    return season


def everyone_has_it_once_in_their_language(season: Season) -> None:
    for person in season.folk:
        reachable = not person.blocked and not person.deactivated
        assert texts_of(person) == ([TEXTS[person.language]] if reachable else []), person.name
    for talker in season.talkers:
        assert texts_of(talker.person) == [TEXTS["en"]]
    blocked = sum(person.blocked for person in season.folk)
    gone = sum(person.deactivated and not person.blocked for person in season.folk)
    assert season.status["failed"] == {"blocked": blocked, "deactivated": gone}
    assert season.status["uncertain"] == season.status["left"] == 0


def halts_are_kept_to_the_second(season: Season, number: int) -> None:
    found, times = halts(season.server), placed(season.server)
    assert len(found) == number
    for halt in found:
        assert silent_in(season.server, halt)
        assert min(at for at in times if at >= halt.ends) < halt.ends + RESUMED_WITHIN


def test_the_crowds_own_reckoning() -> None:
    """Eight a second, but for a halt of three seconds: the halt does not count."""
    times = [second + part / 8 for second in (0, 1, 2, 6, 7, 8) for part in range(8)]
    assert most_in_a_second(times) == 8
    assert pace(times, [Halt(3, 6)], times[0], times[-1]) == pytest.approx(8)
    assert pace(times, [], times[0], times[-1]) < 6


@pytest.mark.feature("A1", "A7", "A8", "A10", "N17", "N18")
@pytest.mark.timeout(300)
async def test_a_crowd_gets_it_once_in_its_languages_and_halts_are_kept(tmp_path: Path) -> None:
    season = await hold(tmp_path, Crowd(people=200, talkers=2, halts=1, seconds=2))
    everyone_has_it_once_in_their_language(season)
    halts_are_kept_to_the_second(season, 1)
    assert all(talker.waits for talker in season.talkers)


@pytest.mark.faults
@pytest.mark.timeout(900)
async def test_two_thousand_get_it_at_the_cap_while_others_are_answered_within_a_second(tmp_path: Path) -> None:
    begun = time.monotonic()
    season = await hold(tmp_path, Crowd(people=2_000, talkers=6, halts=4, seconds=3))
    times, found = placed(season.server), halts(season.server)
    delays = sorted(delay for talker in season.talkers for delay in talker.delays(found))
    within = delays[int(0.95 * len(delays))]
    sent = announced(season.server)
    share = pace(times, season.hindered, sent[0], sent[-1]) / RATE
    print(
        f"{len(times)} messages and changes in {times[-1] - times[0]:.1f} s, {len(found)} halts; "
        f"{100 * share:.1f} % of the cap where nothing hindered, at most {most_in_a_second(times)} in any second; "
        f"{len(delays)} replies, 95 % within {within:.2f} s, the slowest {delays[-1]:.2f} s; "
        f"{time.monotonic() - begun:.0f} s in all"
    )
    everyone_has_it_once_in_their_language(season)
    halts_are_kept_to_the_second(season, 4)
    assert most_in_a_second(times) <= RATE
    assert within < 1.0
    assert share >= 0.98
