"""Papers for jurors, and what comes back from them and from the public vote."""

from __future__ import annotations

import asyncio
from pathlib import Path

from sqlmodel import Session

from bot.app import App
from bot.prizes import score_sheet, votes
from bot.report import pdf
from bot.report.compose import compose
from bot.report.errors import ReportError
from bot.report.model import Report
from bot.report.request import FIELDS, ReportRequest
from dialogs.domain.messages import Message
from storage.organizers import organizers
from storage.prizes import judged, standings
from storage.report import published

__all__ = ["make", "take_scores", "take_votes"]

JUDGED = (*FIELDS, "impact_figures", "partners", "challenges", "sustainability", "replicability", "wsis_values")
"""What jurors are shown of an entry: only what its author lets be published."""


async def make(app: App, call: str, category: int, language: str, leave_out: frozenset[str], folder: Path) -> int:
    """Write `entries.pdf` and `scores.xlsx` of a category's nominees into a folder; how many there are.

    `leave_out`: what the juror must not judge stands in neither, and nothing says that it is missing.
    """
    request = ReportRequest(call, language, fields=JUDGED, order="reference")

    def read(session: Session) -> tuple[list[standings.Submitted], published.Source | None]:
        return _nominees(session, call, category), published.read(session, call, request.only)

    nominees, source = await app.database.look(read)
    nominees = [nominee for nominee in nominees if nominee.reference not in leave_out]
    if source is None or not nominees:
        raise ReportError(f"the category {category} of the call {call} has no nominees")
    references = {nominee.reference for nominee in nominees}
    entries = tuple(entry for entry in source.entries if entry.reference in references)
    report = compose(source.only(entries), {}, request, app.words)
    report = report.titled(app.words.say(Message(f"prize_category.{category}"), language))
    await asyncio.to_thread(_write, report, nominees, app, language, folder)
    return len(nominees)


def _write(report: Report, nominees: list[standings.Submitted], app: App, language: str, folder: Path) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    score_sheet.write(nominees, app.words, language, folder / "scores.xlsx")
    pdf.write(report, folder / "entries.pdf")


async def take_scores(app: App, call: str, category: int, juror: str, path: Path) -> int:
    """Keep a juror's sheet; how many scores. SheetError: nothing was kept."""
    nominees = await app.database.look(lambda session: _nominees(session, call, category))
    references = [nominee.reference for nominee in nominees]
    scores = score_sheet.read(path, references)
    now = app.turns.now()

    def keep(session: Session) -> None:
        judged.keep_scores(session, juror, references, scores)
        organizers.record(session, None, "prize_scores", call, now, category=category, count=len(scores))

    await app.database.write(keep)
    return len(scores)


async def take_votes(app: App, call: str, path: Path, total: int | None) -> int:
    """Keep the outcome of the vote; of how many nominees. VotesError: nothing was kept."""
    rows = await app.database.look(lambda session: standings.standings(session, call))
    try:
        text = await asyncio.to_thread(path.read_text, "utf-8")
    except UnicodeDecodeError:
        raise votes.VotesError(f"{path} is not UTF-8") from None
    found = votes.read(text, {row.reference for row in rows}, total)
    now = app.turns.now()

    def keep(session: Session) -> None:
        judged.keep_votes(session, found)
        organizers.record(session, None, "prize_votes", call, now, count=sum(found.values()))

    await app.database.write(keep)
    return len(found)


def _nominees(session: Session, call: str, category: int) -> list[standings.Submitted]:
    kept = {row.reference for row in standings.standings(session, call) if row.category == category}
    asked = standings.submitted(session, call, lambda entry: 0)
    return [nominee for nominee in asked if nominee.reference in kept]
