"""Others' turns while titles are checked against the register: `python -m benchmarks.lookups [ENTRIES] [DATABASE_URL]`.

Makes a database (by default a temporary SQLite file) with that many entries. Then ten people a second give the title of
their activity, which is looked for in the register, while others open their settings again and again; their turns are
timed, with nobody else there, with the titles, and once more with the titles compared as they were before: with all of
them, within the turn. Ten a second are more than a processor can do of those: turns queue, and on PostgreSQL those that
wait too long for a connection are refused. The last line is the thread's own time of one comparison. Exit code 1 when
the promise is broken.
"""

from __future__ import annotations

import asyncio
import itertools
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from statistics import quantiles
from typing import Any

from rapidfuzz import fuzz, process
from sqlalchemy import insert
from sqlmodel import Session, col, select

from bot.turns import prefetch
from dialogs.domain.events import Commanded, Said
from dialogs.text.normalize import normalize
from storage.engine.database import Database, DatabaseUnavailable
from storage.entries.entries import ALIKE
from storage.search import likeness
from storage.tables import AccountRow, AnswerRow, DraftRow, EntryRow, PersonRow
from tests.driver import Stage
from tests.filling import Size, fill, title
from tests.samples import answer_until

ENTRIES = 20_000
TITLES_A_SECOND = 10
SECONDS = 10.0
OTHERS = 8
PAUSE = 0.1
"""Seconds between two turns of one of the others."""
PROMISED = 0.050
"""Seconds: 95 of 100 of the others' turns take no longer."""
UPDATES = itertools.count(1)
LOST: list[str] = []
"""Why turns were refused: no connection became free in time."""


async def measure(url: str, entries: int) -> bool:
    """Print the figures; False when the promise is broken."""
    database = await Database.open(url)
    await fill(
        database, Size(people=2_000, entries=entries, handled=2_000, deliveries=2_000, files=2_000, contacts=2_000)
    )
    stage = Stage(database)
    waiting = await at_the_title(stage, int(3 * SECONDS * TITLES_A_SECOND))
    print(f"{entries:,} entries on {database.dialect}")
    quiet, _ = await timed(stage, [])
    said("others, nobody gives a title", quiet)
    LOST.clear()
    others, looked = await timed(stage, [next(waiting) for _ in range(int(SECONDS * TITLES_A_SECOND))])
    said("others, ten titles a second", others)
    said("whoever gives a title", looked)
    print(f"refused: {len(LOST)} turns")
    kept, alone = not LOST and p95(others) < PROMISED, await compared(database)
    LOST.clear()
    as_it_was()
    before, slow = await timed(stage, [next(waiting) for _ in range(int(SECONDS * TITLES_A_SECOND))])
    said("others, ten titles a second, before", before)
    said("whoever gives a title, before", slow)
    print(f"refused before: {len(LOST)} turns")
    said("one comparison, in its thread's own time", alone, what="titles")
    await database.close()
    return kept


async def at_the_title(stage: Stage, number: int) -> Any:
    """Addresses of so many people who are asked for their title: one went there, the others are copies."""
    await answer_until(stage.person("first"), "title")
    people = range(1_000_000, 1_000_000 + number)

    def copy(session: Session) -> None:
        account = session.get_one(AccountRow, ("test", "first"))
        person, draft = (session.get_one(PersonRow, account.person_id), _draft_of(session, account.person_id))
        kept = session.exec(select(AnswerRow).where(AnswerRow.draft_id == draft.id)).all()
        write = session.connection().execute
        state = {**person.state, "draft": None}
        for id in people:
            copied = {**state, "draft": f"copy{id}"}
            write(insert(PersonRow), {**person.model_dump(), "id": id, "state": copied})
        write(insert(AccountRow), [{"channel": "test", "address": f"copy{id}", "person_id": id} for id in people])
        write(insert(DraftRow), [{**draft.model_dump(), "id": f"copy{id}", "person_id": id} for id in people])
        write(insert(AnswerRow), [{**row.model_dump(), "draft_id": f"copy{id}"} for id in people for row in kept])

    await stage.database.write(copy)
    return iter([f"copy{id}" for id in people])


def _draft_of(session: Session, person: int) -> DraftRow:
    return session.exec(select(DraftRow).where(DraftRow.person_id == person)).one()


async def timed(stage: Stage, addresses: list[str]) -> tuple[list[float], list[float]]:
    """The seconds that the others' turns took, and those of the people who gave a title."""
    others: list[float] = []
    end = time.perf_counter() + SECONDS

    async def look_around(name: str) -> None:
        while time.perf_counter() < end:
            others.append(
                await took(stage.turns.take("test", name, update(), Commanded("settings", stage.clock.now())))
            )
            await asyncio.sleep(PAUSE)

    async def give(place: int, address: str) -> float:
        await asyncio.sleep(place / TITLES_A_SECOND)
        words = f"{title(1 + 37 * place)} now"
        return await took(stage.turns.take("test", address, update(), Said(words, stage.clock.now())))

    given = asyncio.gather(*(give(place, address) for place, address in enumerate(addresses)))
    await asyncio.gather(*(look_around(f"other{number}") for number in range(OTHERS)))
    return others, await given


async def compared(database: Database) -> list[float]:
    """The thread's own seconds of comparisons that nothing hinders."""

    def work(session: Session, words: str) -> float:
        begun = time.thread_time()
        likeness.alike(session, words, ALIKE, 6)
        return time.thread_time() - begun

    words = [f"{title(1 + 37 * place)} now" for place in range(300)]
    return [await database.look(lambda session, each=each: work(session, each)) for each in words][100:]


def update() -> str:
    return f"benchmark{next(UPDATES)}"


async def took(act: Awaitable[Any]) -> float:
    begun = time.perf_counter()
    try:
        await act
    except DatabaseUnavailable as error:
        LOST.append(str(error))
    return time.perf_counter() - begun


def as_it_was() -> None:
    """Compare each title with all there are, in the turn of whoever gives it."""

    def alike(session: Session, said: str, least: float, limit: int) -> list[str]:
        titles = session.exec(select(EntryRow.reference, col(EntryRow.title)))
        known = {reference: normalize(each) for reference, each in titles}
        found = [
            match
            for scorer in (fuzz.token_sort_ratio, fuzz.ratio)
            for match in process.extract(normalize(said), known, scorer=scorer, limit=limit * 2, score_cutoff=least)
        ]
        return list(dict.fromkeys(match[2] for match in sorted(found, key=lambda match: -match[1])))

    prefetch.LOOKS = ()  # type: ignore[assignment]
    likeness.alike = alike


def p95(seconds: list[float]) -> float:
    return quantiles(seconds, n=20)[-1]


def said(about: str, seconds: list[float], what: str = "turns") -> None:
    half = quantiles(seconds, n=2)[0]
    print(f"{about}: {len(seconds)} {what}, p50 {half * 1000:.1f} ms, p95 {p95(seconds) * 1000:.1f} ms", flush=True)


def main() -> None:
    entries = int(sys.argv[1]) if len(sys.argv) > 1 else ENTRIES
    run: Callable[[str], bool] = lambda url: asyncio.run(measure(url, entries))  # noqa: E731
    if len(sys.argv) > 2:
        sys.exit(0 if run(sys.argv[2]) else 1)
    with tempfile.TemporaryDirectory() as folder:
        sys.exit(0 if run(f"sqlite:///{folder}/benchmark.sqlite3") else 1)


if __name__ == "__main__":
    main()
