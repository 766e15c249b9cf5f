"""A report from the database to a file, in one of its four forms."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from pathlib import Path

from sqlmodel import Session

from bot.app import App
from bot.report.compose import compose, sheet
from bot.report.errors import ReportError
from bot.report.request import ReportRequest
from storage.report import published, texts

__all__ = ["FORMATS", "Made", "make"]

FORMATS: Mapping[str, str] = {
    "html": "bot.report.html",
    "pdf": "bot.report.pdf",
    "docx": "bot.report.docx",
    "xlsx": "bot.report.xlsx",
}
"""The module of each form, loaded when it is wanted: each brings a library."""

Step = Callable[[int, int], None]
"""Hears how many of how many steps are done."""

WRITING = 4
"""Writing the file counts as much as laying out every `WRITING`th entry."""


class Made:
    """How many entries a report has, and what is to be said about its file."""

    def __init__(self, entries: int, note: str) -> None:
        self.entries, self.note = entries, note


async def make(
    app: App, request: ReportRequest, form: str, output: Path, step: Step = lambda done, whole: None
) -> Made:
    """Make the report; ReportError when there is no such call or entry, or a library is missing.

    Everything is read at one moment, beside whoever writes. `app` may be a service's: `compose` then holds its loop, so
    services start the command instead.
    """

    def read(session: Session) -> tuple[published.Source | None, texts.Texts]:
        return published.read(session, request.call, request.only, request.reference), texts.every(
            session, request.call
        )

    source, written = await app.database.look(read)
    if source is None:
        raise ReportError(f"there is no call {request.call}")
    if request.reference and not source.entries:
        raise ReportError(f"{request.reference} is not among the published entries of the call {request.call}")
    whole = len(source.entries) * (1 + WRITING) // WRITING + 1
    done = 0

    def laid_out(more: int) -> None:
        nonlocal done
        done += more
        step(done, whole)

    register = app.settings.public_url or ""
    if request.reference:
        report = sheet(source, request, app.words, register=register)
    else:
        report = compose(source, written, request, app.words, register=register, step=laid_out)
    note: str = import_module(FORMATS[form]).write(report, output)
    step(whole, whole)
    return Made(len(source.entries), note)
