"""The register's search and its pages: `python -m benchmarks.search [ENTRIES] [DATABASE_URL] [--drawn]`.

Entries have words of our own catalogues in six languages, 60 to 120 each; with `--drawn` only their bitmaps are there,
drawn at random, for a register that nobody could write. Searches have one or two words, common and rare, and half of
them a filter. Without an address both engines are looked at, and whether they give the same pages.

Promised: a search with all facets under 50 ms for 95 of 100 at 10,000 entries, under 150 ms at 1,000,000; a page under
20 ms of processor time when it is kept, 60 when it is not.
"""

from __future__ import annotations

import argparse
import asyncio
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from pathlib import Path
from random import Random
from typing import Any

from pyroaring import BitMap
from sqlalchemy import insert, update
from sqlmodel import Session, col

from bot.pages.register import search_page
from bot.pages.register.addresses import Addresses
from bot.settings import Settings
from bot.wiring import open_app
from dialogs.domain.entries.entry import EntryState
from dialogs.questionnaire.register import EntryQuery, values_of
from locales.words import Words
from storage.calls import calls
from storage.engine.database import Database, Tables
from storage.search import postings, public
from storage.search.document import EVERY, PUBLIC, digest_of, facet, tokens_of
from storage.search.index import packed
from storage.search.query import search
from storage.search.tokens import VERSION
from storage.tables import EntryRow, IndexedRow, RegisterStateRow
from tests import postgres

AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
SEARCHES = 300
AT_ONCE = 2_000


def vocabulary() -> dict[str, list[str]]:
    """Words that people read in each language."""
    return {language: sorted(_said_in(language)) for language in LANGUAGES}


def _said_in(language: str) -> set[str]:
    words = Words.ours()
    texts = (text for key in words.keys(language) for text in words.forms(language, key))
    plain = (text.replace("{", " ").replace("}", " ") for text in texts)
    return {word for text in plain for word in text.split() if len(word) > 1}


def written(number: int) -> Iterator[EntryRow]:
    """Entries in six languages, common words far oftener than rare ones."""
    chance, known = Random(20), vocabulary()
    for place in range(1, number + 1):
        language = chance.choice(LANGUAGES)

        def said(least: int, most: int, words: list[str] = known[language]) -> str:
            return " ".join(words[int(len(words) * chance.random() ** 3)] for _ in range(chance.randint(least, most)))

        country = chance.choice(values_of("country"))
        answers: dict[str, Any] = {
            "title": said(3, 9),
            "org_name": said(2, 4),
            "description": said(60, 120),
            "org_type": chance.choice(values_of("organization")),
            "activity_type": chance.choice(values_of("activity")),
            "status": chance.choice(values_of("status")),
            "coverage": chance.choice(values_of("reach")),
            "countries": [country],
            "lines": chance.sample(values_of("line")[:11], chance.randint(1, 3)),
            "goals": chance.sample(values_of("goal"), chance.randint(1, 4)),
            "beneficiaries": chance.sample(values_of("beneficiary"), 2),
            "publish": True,
        }
        moment = AT - timedelta(minutes=number - place)
        year = str(2017 + place * 10 // number) if number > 10 else "2027"
        yield EntryRow(
            reference=f"WSIS-{year}-{place:06d}",
            call="2027",
            number=place,
            title=answers["title"],
            organisation=answers["org_name"],
            country=country,
            language=language,
            submitted=moment,
            received=moment,
            answers=answers,
            languages={},
            state=EntryState.PUBLISHED.value,
            publish=True,
        )


async def fill(database: Database, number: int) -> None:
    """Write the entries and their index in bulk."""
    await database.write(lambda session: calls.ensure_current(session, AT) and None)
    tokens: dict[str, BitMap] = {}
    entries, place = written(number), 0
    while some := list(islice(entries, AT_ONCE)):
        indexed = []
        for entry in some:
            place += 1
            found = tokens_of(entry)
            for token in found:
                tokens.setdefault(token, BitMap()).add(place)
            row = {
                "number": place,
                "reference": entry.reference,
                "made": VERSION,
                "tokens": packed(found),
                "public": True,
            }
            indexed.append({**row, "digest": digest_of(entry), "since": AT, "changed": AT, "changed_in": 1})
        rows = [{**entry.model_dump(), "answers": entry.answers} for entry in some]
        await database.write(lambda session, rows=rows: session.connection().execute(insert(EntryRow), rows) and None)
        await database.write(
            lambda session, rows=indexed: session.connection().execute(insert(IndexedRow), rows) and None
        )
    await keep_bitmaps(database, tokens, number)


async def draw(database: Database, number: int) -> None:
    """Bitmaps of facets and of words as rare as words are, without entries."""
    chance = Random(21)
    everyone = BitMap(range(1, number + 1))
    tokens = {PUBLIC: everyone, EVERY: everyone}
    for name in ("line", "goal", "country", "region", "organization", "activity", "status", "beneficiary", "language"):
        values = values_of(name)
        for value in values:
            tokens[facet(name, value)] = BitMap(chance.sample(range(1, number + 1), max(1, 2 * number // len(values))))
    for rank in range(1, 2_001):
        having = BitMap(chance.sample(range(1, number + 1), max(3, number // (rank + 4))))
        tokens[f"word{rank}"] = having
        tokens[f"t:word{rank}"] = BitMap(islice(having, 0, len(having), 10))
    await keep_bitmaps(database, tokens, number)


async def keep_bitmaps(database: Database, tokens: dict[str, BitMap], number: int) -> None:
    ordered = sorted(tokens)
    for start in range(0, len(ordered), AT_ONCE):
        these = {token: tokens[token] for token in ordered[start : start + AT_ONCE]}
        await database.write(lambda session, these=these: postings.put(session, {}, these))
    state = update(RegisterStateRow).where(col(RegisterStateRow.id) == 1).values(version=1, last=number)
    await database.write(lambda session: session.connection().execute(state) and None)


def searches(drawn: bool) -> list[EntryQuery]:
    chance, known = Random(22), vocabulary()

    def word() -> str:
        if drawn:
            return f"word{1 + int(2_000 * chance.random() ** 2)}"
        words = known[chance.choice(LANGUAGES)]
        return words[int(len(words) * chance.random() ** 2)]

    made = []
    for number in range(SEARCHES):
        wanted = {"goal": (chance.choice(values_of("goal")),)} if number % 2 else {}
        made.append(EntryQuery.of(" ".join(word() for _ in range(chance.randint(1, 2)))[:200], wanted))
    return made


async def measured(database: Database, drawn: bool) -> list[list[int]]:
    """How long searches take, with all facets and a page of 20; the pages, to be compared."""
    pages, times, worked = [], list[float](), list[float]()

    def one(query: EntryQuery) -> Callable[[Session], list[int]]:
        def read(session: Session) -> list[int]:
            begun, busy = time.perf_counter(), time.thread_time()
            found = search(session, query)
            numbers = [place.number for place in found.page(20)]
            times.append(1000 * (time.perf_counter() - begun))
            worked.append(1000 * (time.thread_time() - busy))
            return numbers

        return read

    await database.read(one(EntryQuery()))
    times.clear()
    worked.clear()
    for query in searches(drawn):
        pages.append(await database.read(one(query)))
    print(f"  {database.dialect}: {SEARCHES} searches with all facets, ms:", told(times), flush=True)
    print("    of processor time:", told(worked), flush=True)
    return pages


async def rendered(url: str) -> None:
    """Processor time of whole pages: made, without what a browser waits for."""
    settings = Settings(database_url=url)
    async with open_app(settings, Tables.UPGRADE) as app:
        times = []
        for query in searches(False)[:60]:
            begun = time.process_time()
            await search_page.results(app, Addresses("en"), query, 0)
            times.append(1000 * (time.process_time() - begun))
        print("  a page of results, made anew, ms of processor time:", told(times), flush=True)
        await app.database.read(lambda session: public.page(session, EntryQuery(), 20))


def told(times: list[float]) -> str:
    ordered, number = sorted(times), len(times)
    return f"median {ordered[number // 2]:.2f}, 95 % {ordered[number * 95 // 100]:.2f}, most {ordered[-1]:.2f}"


async def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("entries", type=int, nargs="?", default=10_000)
    parser.add_argument("url", nargs="?")
    parser.add_argument("--drawn", action="store_true")
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        both = [f"sqlite:///{Path(folder) / 'search.sqlite3'}"]
        if postgres.binaries() is not None:
            both.append(postgres.new_database())
        pages = []
        print(f"{asked.entries} entries{', drawn' if asked.drawn else ''}", flush=True)
        for url in [asked.url] if asked.url else both:
            database = await Database.open(url)
            begun = time.perf_counter()
            await (draw if asked.drawn else fill)(database, asked.entries)
            print(f"  {database.dialect}: written in {time.perf_counter() - begun:.1f} s", flush=True)
            pages.append(await measured(database, asked.drawn))
            await database.close()
            if not asked.drawn and url.startswith("sqlite"):
                await rendered(url)
        if len(pages) == 2:
            same = sum(one == other for one, other in zip(*pages, strict=True))
            print(f"  the same page on both engines: {same} of {SEARCHES}")


if __name__ == "__main__":
    asyncio.run(main())
