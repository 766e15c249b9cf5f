"""What could not be read in a list: by reason, and as a file of the rows to mend."""

from __future__ import annotations

import csv
from collections import defaultdict
from collections.abc import Mapping
from pathlib import Path

from bot.contact_import.importer import Imported
from bot.export.csv_cells import cell
from locales.words import SOURCE, Words

__all__ = ["REASONS", "write_rows_to_mend"]

REASONS: Mapping[str, str] = {
    "contacts.row.email": "an e-mail address that is not complete: the row is left out",
    "contacts.row.emails": "several e-mail addresses: the first is taken",
    "contacts.row.country": "a country that is not in the list",
    "contacts.row.country_near": "a country that is probably misspelt, or named by its capital",
    "contacts.row.language": "a language that we do not speak, or several",
    "contacts.row.kind": "a kind of organization that is not known",
    "contacts.row.too_long": "a name that is too long",
    "contacts.row.heading": "a heading: left out",
    "contacts.row.nobody": "a row without anybody: left out",
    "contacts.row.twice": "a person who is in the list twice: the first row counts",
}
"""Kinds of problems in a few words, by the key of what is said of a row."""


def write_rows_to_mend(output: Path, found: Imported) -> None:
    """Write the rows with their numbers and what is wrong, below the list's own header; only their owner reads it."""
    words = Words.ours()
    wrong: dict[int, list[str]] = defaultdict(list)
    rows: dict[int, tuple[str, ...]] = {}
    for problem in found.problems:
        wrong[problem.row].append(words.say(problem.what, SOURCE))
        rows[problem.row] = problem.cells
    output.touch(mode=0o600)
    with output.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        writer.writerow([*map(cell, found.header), "row", "what to mend"])
        for number in sorted(rows):
            padded = (*rows[number], *[""] * (len(found.header) - len(rows[number])))
            writer.writerow([*map(cell, padded), number, " ".join(wrong[number])])
