"""Import 140,000 contacts, twice: `python -m benchmarks.contacts [ROWS] [DATABASE_URL]`.

Writes a list of that many rows, takes it in over a database (by default a temporary SQLite file), and takes it in once
more, which must change nothing. Prints a line a figure; exit code 1 when a promise is broken. Only the importing
process is measured: the list is written by another one.
"""

from __future__ import annotations

import asyncio
import csv
import resource
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime
from pathlib import Path

from bot.contact_import.importer import import_list
from locales.vocabulary import build
from locales.words import Words
from storage.contacts import reachability
from storage.contacts.contacts import Tally
from storage.engine.database import Database

ROWS = 140_000
NOW = datetime(2027, 1, 15, 12, tzinfo=UTC)
COUNTRIES = ("Kenya", "Suisse", "India", "Brasil", "مصر", "中国", "France", "Estados Unidos", "NG", "FJI")
LANGUAGES = ("English", "français", "español", "العربية", "русский", "中文", "")
KINDS = ("GOV", "BUS", "CSO", "ACA", "INT", "")

IN_SECONDS, GROWTH = 120.0, 60.0
"""The promises: seconds for a list, and megabytes by which the process grows while it reads one."""


def write(path: Path, rows: int) -> None:
    """A list as an organizer may have one."""
    with path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=";")
        writer.writerow(["Nom", "Organisme", "Courriel", "Pays", "Langue", "Type d'organisation"])
        for number in range(rows):
            writer.writerow(
                [
                    f"Person {number}",
                    f"Organisation number {number // 3}",
                    f"person.{number}@example{number % 997}.org",
                    COUNTRIES[number % len(COUNTRIES)],
                    LANGUAGES[number % len(LANGUAGES)],
                    KINDS[number % len(KINDS)],
                ]
            )


def peak() -> float:
    """Megabytes of the process at its largest so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


async def measure(path: Path, url: str, rows: int) -> bool:
    """Print the figures; False when a promise is broken."""
    vocabulary = build(Words.ours())
    database = await Database.open(url)
    kept, before = True, peak()
    for what, expected in (("new", Tally(new=rows)), ("again", Tally(same=rows))):
        begun = time.perf_counter()
        found = await import_list(database, vocabulary, path, NOW)
        seconds = time.perf_counter() - begun
        print(f"{what}: {rows:,} rows in {seconds:.1f} s, {rows / seconds:,.0f} a second; {found.tally}")
        kept = kept and seconds < IN_SECONDS and found.tally == expected and not found.refused
    begun = time.perf_counter()
    groups = await database.read(reachability.by_country_and_language)
    print(f"figures of {len(groups)} groups in {time.perf_counter() - begun:.2f} s")
    print(f"peak memory of the process: {peak():.0f} MB, {peak() - before:.0f} MB above what it had before the lists")
    await database.close()
    return kept and peak() - before < GROWTH


def main() -> None:
    if sys.argv[1:2] == ["--write"]:
        write(Path(sys.argv[2]), int(sys.argv[3]))
        return
    rows = int(sys.argv[1]) if len(sys.argv) > 1 else ROWS
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "list.csv"
        subprocess.run([sys.executable, "-m", "benchmarks.contacts", "--write", path, str(rows)], check=True)
        url = sys.argv[2] if len(sys.argv) > 2 else f"sqlite:///{folder}/benchmark.sqlite3"
        sys.exit(0 if asyncio.run(measure(path, url, rows)) else 1)


if __name__ == "__main__":
    main()
