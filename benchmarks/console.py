"""Make every page of the console: `python -m benchmarks.console [ENTRIES] [DATABASE_URL]`.

Fills a store (by default a temporary SQLite file) with that many entries, a third of them scored by three reviewers,
with decisions that wait, people's messages and a long log. Prints the processor time of the process for each page, the
median and the worst of some tries, in milliseconds; exit code 1 when the median is above the promise.
"""

from __future__ import annotations

import asyncio
import statistics
import sys
import tempfile
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import timedelta
from typing import Any

from sqlalchemy import insert, text
from sqlmodel import Session

from bot.app import App
from bot.pages.console import desk, pages
from bot.pages.console.access import Organizer
from bot.settings import Settings
from dialogs.domain.roles import Role
from dialogs.domain.scores import Criterion, Rubric
from storage.calls import calls
from storage.engine.database import Database
from storage.organizers import organizers
from storage.tables import LogRow, OrganizerMessageRow, OrganizerRow, ScoreRow
from tests.driver import Stage
from tests.filling import FILLED_AT, Size, fill

MOST = 100.0
"""The promise: milliseconds of processor time for a page."""
TRIES = 15
REVIEWERS = (1, 2, 3)
RUBRIC = Rubric((Criterion("relevance", 3), Criterion("impact", 2), Criterion("inclusion", 1)))
LETTERS, LINES, PENDING = 2_000, 10_000, 200


def _furnish(session: Session, entries: int) -> None:
    """What organizers have done by then."""
    for person in REVIEWERS:
        session.add(OrganizerRow(person_id=person, role=Role.OWNER.value, by=None, since=FILLED_AT))
    session.flush()
    calls.set_rubric(session, None, "2027", RUBRIC, FILLED_AT)
    run = session.connection().execute
    scored = [
        {"reference": f"WSIS-2027-{number:06d}", "person_id": person, "version": 1, "at": FILLED_AT, "remark": "Clear."}
        | {"given": {"relevance": 1 + number % 5, "impact": 1 + person, "inclusion": 3}}
        for number in range(1, entries + 1, 6)
        for person in REVIEWERS
        if number % 2
    ]
    run(insert(ScoreRow), scored)
    said = {"text": "Can a ministry send two entries? " * 8, "language": "en", "at": FILLED_AT, "delivered": True}
    run(insert(OrganizerMessageRow), [{"person_id": 1 + number % 500, **said} for number in range(LETTERS)])
    state = {"action": "entry_state", "details": {"state": "published"}, "person_id": 1}
    line = [{"at": FILLED_AT, "subject": f"WSIS-2027-{number:06d}", **state} for number in range(LINES)]
    run(insert(LogRow), line)
    run(text("UPDATE entries SET state = 'accepted' WHERE number % 2 = 1 AND number <= :most"), {"most": 2 * PENDING})
    run(text("UPDATE entries SET body = 'organisation' WHERE number % 50 = 0"))


def _pages(app: App, who: Organizer) -> Mapping[str, Callable[[], Awaitable[Any]]]:
    def queue(**asked: str) -> Callable[[], Awaitable[Any]]:
        return lambda: pages.queue(app, who, asked)

    return {
        "overview": lambda: pages.dashboard(app, who),
        "queue": queue(),
        "queue, page 60": queue(page="60"),
        "queue, all, newest first": queue(state="all", newest="1"),
        "queue, a line and a country": queue(line="C7", country="KE"),
        "queue, to be scored": queue(unscored="1"),
        "entry": lambda: pages.entry(app, who, "WSIS-2027-001207", {}),
        "decisions": lambda: pages.decisions(app, who, ""),
        "desk": lambda: desk.letters(app, who, {}),
        "log": lambda: pages.log(app, who, ""),
    }


async def measure(entries: int, url: str) -> bool:
    """Fill, make each page, print; whether the promise is kept."""
    database = await Database.open(url)
    await fill(database, Size(people=entries, entries=entries, handled=100, deliveries=100, files=100, contacts=100))
    await database.write(lambda session: _furnish(session, entries))
    stage = Stage(database)
    stage.clock.at = FILLED_AT + timedelta(days=1)
    assert await database.read(lambda session: organizers.role_of(session, 1)) is Role.OWNER
    app, kept = App(Settings(_env_file=None), database, stage.words, stage.turns), True
    for name, make in _pages(app, Organizer(1, Role.OWNER, "en", None)).items():
        await make()  # what is made once is made now
        taken = []
        for _ in range(TRIES):
            began = time.process_time()
            await make()
            taken.append((time.process_time() - began) * 1000)
        middle = statistics.median(taken)
        kept = kept and middle <= MOST
        print(f"{name:30}{middle:8.1f}{max(taken):8.1f}{'' if middle <= MOST else '   too long'}", flush=True)
    await database.close()
    return kept


def main(entries: int = 10_000, url: str = "") -> bool:
    with tempfile.TemporaryDirectory() as folder:
        print(f"{entries:,} entries{'':16}  median   worst  ms of processor time")
        return asyncio.run(measure(entries, url or f"sqlite:///{folder}/console.sqlite3"))


if __name__ == "__main__":
    sys.exit(0 if main(*(int(each) if each.isdigit() else each for each in sys.argv[1:])) else 1)  # type: ignore[arg-type]
