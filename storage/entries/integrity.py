"""What must hold of entries, looked at as a whole: it reads everything, and changes nothing."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sqlmodel import Session, col, select

from dialogs.domain.entries.receipt import Verdict
from storage.receipts import check
from storage.tables import CallRow, EntryRow, EntryVersionRow, FileRow, ReceiptRow

__all__ = ["KeptFile", "entries", "files", "receipts", "references"]

AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class KeptFile:
    """A file whose bytes are ours, with their hash where it was taken."""

    id: str
    sha256: str | None


def references(session: Session) -> Iterator[str]:
    """Numbers of a call that were given and have no entry, though none was erased. Imported years have gaps."""
    for call in session.exec(select(CallRow).order_by(col(CallRow.code))).all():
        rows = session.exec(select(EntryRow.number, EntryRow.imported).where(EntryRow.call == call.code)).all()
        if any(imported is not None for _, imported in rows):
            continue
        erased = select(ReceiptRow.reference).where(ReceiptRow.call == call.code, col(ReceiptRow.erased))
        gone = {int(reference.rpartition("-")[2]) for reference in session.exec(erased)}
        missing = sorted(set(range(1, call.last_number + 1)) - {number for number, _ in rows} - gone)
        for number in missing:
            yield f"WSIS-{call.year}-{number:06d} was given and has no entry"


def entries(session: Session) -> Iterator[str]:
    """Entries whose versions are not all there, or whose newest one says something else."""
    query = select(EntryRow).order_by(col(EntryRow.reference)).execution_options(yield_per=AT_ONCE)
    for entry in session.exec(query):
        found = select(EntryVersionRow).where(EntryVersionRow.reference == entry.reference)
        versions = session.exec(found.order_by(col(EntryVersionRow.version))).all()
        if [each.version for each in versions] != list(range(1, entry.version + 1)):
            yield f"{entry.reference} lacks a version"
        elif (versions[-1].answers or {}) != (entry.answers or {}):
            yield f"{entry.reference} says something else than its version {entry.version}"


def receipts(session: Session) -> Iterator[str]:
    """Receipts that cannot be borne out, and where a call's chain of them is broken."""
    expected: dict[str, int] = {}
    query = select(ReceiptRow).order_by(col(ReceiptRow.call), col(ReceiptRow.number))
    for row in session.exec(query.execution_options(yield_per=AT_ONCE)):
        next_number = expected.get(row.call, 1)
        if row.number != next_number:
            yield f"the chain of receipts of {row.call} breaks before number {row.number}: {next_number} is missing"
        expected[row.call] = row.number + 1
        verdict = check.verify(session, row.jws).verdict
        if not verdict.good and verdict is not Verdict.ERASED:
            yield f"the receipt of {row.reference}.{row.version} is not borne out ({verdict.value})"


def files(session: Session) -> list[KeptFile]:
    """Every file whose bytes should be in the folder."""
    kept = select(FileRow.id, FileRow.sha256).where(col(FileRow.kept), ~col(FileRow.source).startswith("gone:"))
    return [KeptFile(id, sha256) for id, sha256 in sorted(set(session.exec(kept).all()))]
