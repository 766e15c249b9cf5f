"""Lists that go out: personal links with their QR codes, and those whom only e-mail reaches."""

from __future__ import annotations

import csv
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TextIO

from sqlmodel import Session

from bot.export.csv_cells import BOM, cell
from storage.contacts import contacts
from storage.contacts.contacts import FIELDS
from storage.tables import ContactRow

__all__ = ["QR_FORMATS", "Links", "write_links", "write_unreached"]

QR_FORMATS = ("png", "svg")

QR_SCALE = 8
"""Pixels of a module: some 300 in all, which prints well at three centimetres."""


class Links:
    """Personal links to the bot (`name` as Telegram knows it), and to the web chat when its address is given."""

    def __init__(self, name: str, web: str | None = None) -> None:
        self.name = name.lstrip("@")
        self.web = web.rstrip("/") if web else None

    def heads(self) -> list[str]:
        return ["link", *(["web_link"] if self.web else [])]

    def of(self, row: ContactRow) -> list[str]:
        return [self.telegram(row), *([f"{self.web}/?start=inv-{row.token}"] if self.web else [])]

    def telegram(self, row: ContactRow) -> str:
        return f"https://t.me/{self.name}?start=inv-{row.token}"


def write_links(session: Session, links: Links, output: Path, qr: Path | None, form: str) -> int:
    """Write every contact with their links; a QR code each into the folder `qr`. Returns how many.

    It only reads, and takes long: nobody waits for it, if it is not done in a transaction that writes.
    """
    if qr is not None:
        qr.mkdir(parents=True, exist_ok=True)
    heads = [*FIELDS, *links.heads(), *(["qr"] if qr is not None else [])]

    def line(row: ContactRow) -> list[str]:
        code = [str(_qr(links.telegram(row), qr / f"{row.id:06d}.{form}", form))] if qr is not None else []
        return [*_said(row), *links.of(row), *code]

    return _write(output, heads, map(line, contacts.every(session)))


def write_unreached(session: Session, links: Links, output: Path) -> int:
    """Write those who have not started and have an address, with their links, for e-mail. Returns how many."""
    waiting = (row for row in contacts.every(session, unstarted=True) if row.email)
    return _write(output, [*FIELDS, *links.heads()], ([*_said(row), *links.of(row)] for row in waiting))


def _said(row: ContactRow) -> list[str]:
    return [getattr(row, name) for name in FIELDS]


def _qr(link: str, path: Path, form: str) -> Path:
    import segno

    segno.make(link, error="m", micro=False).save(str(path), kind=form, scale=QR_SCALE, border=4)
    return path


def _write(output: Path, heads: Sequence[str], lines: Iterable[Sequence[str]]) -> int:
    count = 0
    with _private(output) as file:
        writer = csv.writer(file, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
        writer.writerow(heads)
        for count, line in enumerate(lines, 1):  # noqa: B007  what was counted last is how many there were
            writer.writerow([cell(value) for value in line])
    return count


@contextmanager
def _private(output: Path) -> Iterator[TextIO]:
    """A file that only its owner reads: it is full of people."""
    output.touch(mode=0o600)
    with output.open("w", encoding="utf-8", newline="") as file:
        file.write(BOM)
        yield file
