"""The whole register as a Data Package (https://datapackage.org, version 2): tables as CSV with their schemas.

It is written anew when somebody asks for it and the register has changed since. What was taken back is then in no file
of ours: of an older version only what is being sent at that moment is left.
"""

from __future__ import annotations

import asyncio
import csv
import hashlib
import json
import shutil
import tempfile
import zipfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from aiohttp import web

from bot.app import App
from bot.pages.api.models import EntryOut, entry_of
from bot.pages.register import labels
from bot.pages.register.downloads import batches
from dialogs.knowledge import countries
from dialogs.questionnaire.register import FACETS, EntryQuery, values_of
from storage.search.query import version

__all__ = ["PACKAGE", "RESOURCES", "Package"]

REFERENCE: Mapping[str, Any] = {"name": "reference", "type": "string"}
OF_AN_ENTRY = {"fields": ["reference"], "reference": {"resource": "entries", "fields": ["reference"]}}

ENTRY = {
    "reference": "string",
    "url": "string",
    "title": "string",
    "title_en": "string",
    "organization": "string",
    "organization_type": "string",
    "organization_country": "string",
    "activity_type": "string",
    "description": "string",
    "website": "string",
    "status": "string",
    "start": "string",
    "end": "string",
    "reach": "string",
    "people_reached": "integer",
    "edition": "string",
    "language": "string",
    "year": "year",
    "version": "integer",
    "received": "datetime",
    "published": "datetime",
    "changed": "datetime",
}
"""The columns of `entries.csv`, with their types."""

PATTERNS = dict.fromkeys(("start", "end"), r"\d{4}(-\d{2})?")
"""Of columns that are text: a year and a month, or a year alone, which no type of a table schema is."""

LISTED = {
    "entry_lines": ("lines", "line"),
    "entry_goals": ("goals", "goal"),
    "entry_targets": ("targets", "target"),
    "entry_countries": ("countries", "country"),
    "entry_technology": ("technology", "technology"),
    "entry_inclusion": ("inclusion", "inclusion"),
    "entry_openness": ("openness", "openness"),
    "entry_evidence": ("evidence", "evidence"),
    "entry_partners": ("partner_kinds", "partner"),
    "entry_languages": ("service_languages", "spoken"),
}
"""Tables of what an entry has several of: the field of the entry, and the column."""

RESOURCES = ("entries", *LISTED, "labels")
LABELLED = tuple(facet for facet in FACETS if facet not in ("language", "year"))
"""Facets whose values have labels; a language is among those in which a service can be used."""
WIDER = (*countries.REGIONS, countries.WORLD)
"""What stands among the countries of an entry where it was named so."""


ISOLATES = str.maketrans("", "", "\u2066\u2067\u2068\u2069\u200f")
"""Marks that keep directions apart on a page; a label stands alone."""


class Package:
    """The package's files in a folder of their own, at one version of the register."""

    def __init__(self) -> None:
        self._folder: Path | None = None
        self._made: tuple[int, str] | None = None
        self._writing = asyncio.Lock()

    async def file(self, app: App, site: str, name: str) -> Path:
        """A file of the package as the register is now."""
        async with self._writing:
            folder = self._folder = self._folder or Path(tempfile.mkdtemp(prefix="stocktaking-package-"))
            now = (await app.database.read(version), site)
            if now != self._made:
                await self._write(app, site, folder, f"{now[0]}")
                self._made = now
        return folder / name

    def close(self) -> None:
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)

    async def _write(self, app: App, site: str, into: Path, number: str) -> None:
        with tempfile.TemporaryDirectory(prefix="stocktaking-package-") as folder:
            new = Path(folder)
            await _tables(app, site, new)
            await asyncio.to_thread(_describe, new, app.settings.register_licence, site, number)
            await asyncio.to_thread(_replace, into, new)


def _replace(folder: Path, new: Path) -> None:
    for each in new.iterdir():
        shutil.move(each, folder / each.name)


async def _tables(app: App, site: str, folder: Path) -> None:
    """All entries, some at a time, into the tables."""
    files = {name: (folder / f"{name}.csv").open("w", encoding="utf-8", newline="") for name in RESOURCES}
    try:
        tables = {name: csv.writer(file, lineterminator="\r\n") for name, file in files.items()}
        for name in RESOURCES:
            tables[name].writerow(column["name"] for column in _columns(name))
        async for entries in batches(app, EntryQuery()):
            for entry in (entry_of(each, site) for each in entries):
                tables["entries"].writerow(_row(entry))
                for name, (field, _) in LISTED.items():
                    tables[name].writerows((entry.reference, value) for value in getattr(entry, field))
        tables["labels"].writerows(_labels(app))
    finally:
        for file in files.values():
            file.close()


def _row(entry: EntryOut) -> Iterator[Any]:
    for name, kind in ENTRY.items():
        value = getattr(entry, name)
        yield f"{value:%Y-%m-%dT%H:%M:%SZ}" if kind == "datetime" else value


def _labels(app: App) -> Iterator[Sequence[str]]:
    for facet in LABELLED:
        for value in (*values_of(facet), *(WIDER if facet == "country" else ())):
            for language in app.words.languages:
                label = app.words.say(labels.label_of(facet, value), language)
                yield facet, value, language, label.translate(ISOLATES)


def _describe(folder: Path, licence: str, site: str, number: str) -> None:
    """`datapackage.json`, with the size and the hash of each table, and all in one archive."""
    package = {
        "$schema": "https://datapackage.org/profiles/2.0/datapackage.json",
        "name": "wsis-stocktaking-register",
        "title": "WSIS Stocktaking register",
        "description": "The published entries of the WSIS Stocktaking register, with codes, and the codes' labels.",
        "version": number,
        "licenses": [{"name": "data-licence", "title": "Licence of the data", "path": licence}],
        "sources": [{"title": "WSIS Stocktaking", "path": f"{site}/register"}],
        "resources": [_resource(folder / f"{name}.csv") for name in RESOURCES],
    }
    described = folder / "datapackage.json"
    described.write_text(json.dumps(package, ensure_ascii=False, indent=1), encoding="utf-8")
    with zipfile.ZipFile(folder / "stocktaking.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        for file in (described, *(folder / f"{name}.csv" for name in RESOURCES)):
            archive.write(file, file.name)


def _resource(file: Path) -> dict[str, Any]:
    content = file.read_bytes()
    schema: dict[str, Any] = {"fields": _columns(file.stem)}
    if file.stem == "entries":
        schema["primaryKey"] = ["reference"]
    elif file.stem in LISTED:
        schema["foreignKeys"] = [OF_AN_ENTRY]
    return {
        "name": file.stem.replace("_", "-"),
        "type": "table",
        "path": file.name,
        "format": "csv",
        "mediatype": "text/csv",
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{hashlib.sha256(content).hexdigest()}",
        "schema": schema,
    }


def _columns(name: str) -> list[dict[str, Any]]:
    if name == "entries":
        return [_column(column, kind) for column, kind in ENTRY.items()]
    if name == "labels":
        return [{"name": column, "type": "string"} for column in ("facet", "value", "language", "label")]
    return [dict(REFERENCE), {"name": LISTED[name][1], "type": "string"}]


def _column(name: str, kind: str) -> dict[str, Any]:
    column = {"name": name, "type": kind}
    return {**column, "constraints": {"pattern": PATTERNS[name]}} if name in PATTERNS else column


PACKAGE = web.AppKey("package", Package)
