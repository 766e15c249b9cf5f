"""`stocktaking entries list`: entries found by what they are about."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict

from bot.app import App
from bot.export.csv_cells import cell
from dialogs.domain.organizers.entry_search import FoundEntry, Wanted
from storage.entries import entry_search

__all__ = ["FORMATS", "find"]

HEAD = ("reference", "call", "country", "title", "organisation", "lines", "goals")


async def find(app: App, wanted: Wanted) -> list[FoundEntry]:
    """The entries, newest first."""
    return await app.database.read(lambda session: list(entry_search.matching(session, wanted)))


def _as_text(entries: Sequence[FoundEntry]) -> str:
    return "\n".join(f"{e.reference}  {e.country or '--':<3}  {e.title} ({e.organisation})" for e in entries)


def _as_csv(entries: Sequence[FoundEntry]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(HEAD)
    for entry in entries:
        values = asdict(entry)
        writer.writerow([cell(list(v) if isinstance(v := values[name], tuple) else v) for name in HEAD])
    return out.getvalue().removesuffix("\r\n")


def _as_json(entries: Sequence[FoundEntry]) -> str:
    return json.dumps([asdict(entry) for entry in entries], ensure_ascii=False, indent=2)


FORMATS: Mapping[str, Callable[[Sequence[FoundEntry]], str]] = {"text": _as_text, "csv": _as_csv, "json": _as_json}
