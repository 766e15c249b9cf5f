"""Count and plan an audience of 140,000 people: `python -m benchmarks.audience [PEOPLE] [DATABASE_URL]`.

Makes a database (by default a temporary SQLite file) of that many people with accounts, drafts and entries,
then times what an organizer waits for. Prints a line a figure; exit code 1 when a promise is broken.
"""

from __future__ import annotations

import asyncio
import resource
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import insert
from sqlmodel import Session

from storage.announcements import announcements, audiences
from storage.announcements.audiences import EVERYONE, Audience
from storage.calls import calls
from storage.engine.database import Database
from storage.messaging import notices
from storage.reminders import reminder_queries
from storage.tables import AccountRow, AnswerRow, DraftRow, EntryRow, PersonRow

PEOPLE = 140_000
NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
COUNTRIES = ("KE", "CH", "IN", "BR", "EG", "CN", "FR", "US", "NG", "FJ")
KINDS = ("GOV", "PRIV", "CSO", "IGO", "ACAD")
SLICE = 10_000
COUNTED_IN, PLANNED_IN, PEAK = 2.0, 10.0, 250.0
"""The promises: seconds to count, seconds to plan, megabytes of the process at its largest."""

AUDIENCES = {
    "everyone": EVERYONE,
    "one language": Audience(languages=("fr",)),
    "two countries": Audience(countries=("KE", "FJ")),
    "governments": Audience(kinds=("GOV",)),
    "unfinished drafts": Audience(call="2027", unfinished=True),
    "earlier contributors without an entry": Audience(call="2027", returning=True),
    "French, without Swiss ones, no entry yet": Audience(
        languages=("fr",), not_countries=("CH",), call="2027", not_submitted=True
    ),
}


def person(number: int) -> dict[str, Any]:
    language = LANGUAGES[number % 6]
    country = COUNTRIES[number % 10] if number % 2 else None  # told in the draft
    known = {"language": language, "country": country, "state": {"stamp": 3, "last": None}}
    return {"id": number, "created": NOW, "seen": NOW, **known}


def draft(number: int) -> dict[str, Any]:
    sent = f"WSIS-2027-{number:06d}" if number % 3 == 0 else None
    kept = {"call": "2027", "version": "2027", "started": NOW, "touched": NOW, "submitted": sent}
    return {"id": f"d{number}", "person_id": number, **kept}


def answers(number: int) -> list[dict[str, Any]]:
    given = {
        "org_country": COUNTRIES[number % 10],
        "org_type": KINDS[number % 5],
        "title": f"Project {number}",
        "description": "A network of community centres. " * 8,
    }
    kept = {"at": NOW, "given": "answered"}
    return [{"draft_id": f"d{number}", "key": key, "value": value, **kept} for key, value in given.items()]


def entry(number: int) -> dict[str, Any]:
    call = "2026" if number % 2 else "2027"
    return {
        "reference": f"WSIS-{call}-{number:06d}",
        "call": call,
        "number": number,
        "person_id": number,
        "title": f"Project {number}",
        "organisation": "A ministry",
        "country": COUNTRIES[number % 10],
        "language": "en",
        "submitted": NOW,
        "received": NOW,
        "answers": {"title": f"Project {number}", "description": "A network of community centres. " * 8},
    }


def populate(first: int, last: int) -> Callable[[Session], None]:
    """These people: half with a draft, a quarter with an entry."""
    numbers = range(first, last)

    def work(session: Session) -> None:
        session.execute(insert(PersonRow), [person(n) for n in numbers])
        accounts = [{"channel": "telegram", "address": str(n), "person_id": n, "reachable": True} for n in numbers]
        session.execute(insert(AccountRow), accounts)
        session.execute(insert(DraftRow), [draft(n) for n in numbers if n % 2])
        session.execute(insert(AnswerRow), [row for n in numbers if n % 2 for row in answers(n)])
        session.execute(insert(EntryRow), [entry(n) for n in numbers if n % 4 < 1 or n % 8 == 1])

    return work


async def timed(act: Awaitable[Any]) -> tuple[Any, float]:
    begun = time.perf_counter()
    result = await act
    return result, time.perf_counter() - begun


async def plan_all(database: Database) -> float:
    """Plan an announcement to everyone; the seconds it took, until all rows are there."""

    def begin(session: Session) -> int:
        notice = announcements.compose(session, author=1, texts={"en": "x"}, audience=EVERYONE.as_json(), now=NOW)
        announcements.schedule(session, notice, NOW, NOW)
        notices.due(session, NOW)
        return notice

    notice = await database.write(begin)
    begun = time.perf_counter()
    while not await database.write(lambda session: audiences.plan(session, notice, NOW)):
        pass
    return time.perf_counter() - begun


async def measure(url: str, people: int) -> bool:
    """Print the figures; False when a promise is broken."""
    database = await Database.open(url)
    for year in (2026, 2027):
        at = NOW.replace(year=year)
        await database.write(lambda session, at=at: calls.ensure_current(session, at) and None)
    for first in range(1, people + 1, SLICE):
        await database.write(populate(first, min(first + SLICE, people + 1)))
    slowest = 0.0
    for name, audience in AUDIENCES.items():
        size, seconds = await timed(database.read(lambda s, a=audience: audiences.count(s, a, "news")))
        slowest = max(slowest, seconds)
        print(f"count, {name}: {size:,} people in {seconds:.2f} s")
    planned = await plan_all(database)
    print(f"plan, everyone: {people:,} rows in {planned:.2f} s")
    _, places = await timed(database.read(lambda session: reminder_queries.unplanned_places(session, "2027", "")))
    print(f"reminders, where everyone is who is owed one: {places:.2f} s")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the process, making the data included: {peak:.0f} MB")
    await database.close()
    return slowest < COUNTED_IN and planned < PLANNED_IN and peak < PEAK


def main() -> None:
    people = int(sys.argv[1]) if len(sys.argv) > 1 else PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/benchmark.sqlite3"
        sys.exit(0 if asyncio.run(measure(url, people)) else 1)


if __name__ == "__main__":
    main()
