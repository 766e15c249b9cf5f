"""A store as it is after years: many people, drafts, answers, entries and deliveries, written in bulk.

Everything about the person or entry with a number follows from that number, so that a test can tell what is there.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import func, insert
from sqlalchemy import select as rows
from sqlmodel import Session, SQLModel, col

from dialogs.text.normalize import normalize
from storage.calls import calls
from storage.engine.database import Database
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice
from storage.search.pieces import pieces_of
from storage.tables import (
    AccountRow,
    AnswerRow,
    ContactRow,
    DraftRow,
    EntryRow,
    EntryVersionRow,
    FileRow,
    HandledRow,
    HandOverRow,
    HistoryRow,
    LateUseRow,
    PersonRow,
    PieceRow,
    SearchRow,
    TranscriptRow,
)

__all__ = ["FILLED_AT", "Size", "fill", "title"]

FILLED_AT = datetime(2026, 11, 20, 9, tzinfo=UTC)
SLICE = 10_000
"""Rows in one statement."""
LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
COUNTRIES = ("KE", "CH", "IN", "BR", "EG", "CN", "FR", "US", "NG", "FJ")
KEYS = (
    *("title", "org_name", "org_country", "org_type", "description"),
    *("status", "coverage", "lines", "goals", "results"),
)

WHAT = (
    *("digital skills", "open data", "telemedicine", "e-learning", "community radio", "broadband", "early warning"),
    *("mobile money", "solar networks", "cybersecurity", "smart irrigation", "coding clubs", "online library"),
    *("land registry", "e-waste repair", "accessible websites", "oral history archive", "market prices"),
)
WHO = (
    *("rural women", "secondary schools", "island clinics", "coastal fishers", "young entrepreneurs", "older people"),
    *("lake villages", "smallholder cooperatives", "blind students", "indigenous languages", "mountain farmers"),
    *("health workers", "refugee families", "city councils", "teachers", "nomadic herders", "girls", "museums"),
)
SYLLABLES = ("ka", "lo", "mi", "ra", "ne", "tu", "sa", "vo", "be", "ri", "no", "da", "pe", "li", "go", "ma", "zu", "fe")


@dataclass(frozen=True, slots=True)
class Size:
    """How much of each. Every person has an account and a draft, every draft ten answers, each of them given once."""

    people: int = 2_000
    entries: int = 2_000
    handled: int = 20_000
    deliveries: int = 20_000
    files: int = 2_000
    contacts: int = 2_000

    @classmethod
    def full(cls) -> Size:
        """100,000 people, 1,000,000 answers."""
        return cls(100_000, 20_000, 1_400_000, 1_100_000, 90_000, 100_000)


@cache
def title(number: int) -> str:
    """The title of an entry: `Solar networks for lake villages of Kaloni, phase 2`."""
    chance = Random(number)
    place = "".join(chance.choices(SYLLABLES, k=chance.choice((2, 3, 4)))).title()
    what, who = chance.choice(WHAT), chance.choice(WHO)
    return f"{what.capitalize()} for {who} of {place}{chance.choice(('', '', ', phase 2', ' 2030'))}"


async def fill(database: Database, size: Size = Size()) -> None:
    """Fill an empty store."""
    for year in (2026, 2027):
        at = FILLED_AT.replace(year=year - 1)
        await database.write(lambda session, at=at: calls.ensure_current(session, at) and None)
    for table, made in _tables(size):
        while some := list(islice(made, SLICE)):
            await database.write(_inserting(table, some))
    if database.dialect == "postgresql":
        await database.write(_count_on)


def _inserting(table: type[SQLModel], values: list[dict[str, Any]]) -> Callable[[Session], None]:
    def work(session: Session) -> None:
        session.connection().execute(insert(table), values)

    return work


def _count_on(session: Session) -> None:
    """Ids were given here: those that the server gives go on behind them."""
    for table in (PersonRow, Delivery, Notice):
        name, last = table.__tablename__, rows(func.max(col(table.id))).scalar_subquery()
        session.execute(rows(func.setval(func.pg_get_serial_sequence(name, "id"), last)))


def _tables(size: Size) -> Iterator[tuple[type[SQLModel], Iterator[dict[str, Any]]]]:
    """Each table with its rows, those first that others refer to."""
    people = range(1, size.people + 1)
    entries = range(1, size.entries + 1)
    notices = range(1, 1 + max(1, size.deliveries // size.people))
    yield PersonRow, map(_person, people)
    yield AccountRow, ({"channel": "telegram", "address": str(n), "person_id": n, "reachable": True} for n in people)
    yield DraftRow, map(_draft, people)
    yield AnswerRow, (row for n in people for row in _answers(n))
    yield HistoryRow, ({**row, "removed": False} for n in people for row in _history(n))
    yield EntryRow, map(_entry, entries)
    yield EntryVersionRow, map(_version, entries)
    yield SearchRow, map(_searched, entries)
    yield PieceRow, ({"piece": each, "reference": _reference(n)} for n in entries for each in pieces_of(title(n)))
    yield FileRow, (_file(n, size.people) for n in range(1, size.files + 1))
    yield LateUseRow, ({"person_id": n, "call": "2026", "until": FILLED_AT} for n in people)
    yield HandOverRow, (_handed(n, size.people) for n in range(1, size.files + 1))
    yield ContactRow, map(_contact, range(1, size.contacts + 1))
    yield HandledRow, (_handled(n, size) for n in range(1, size.handled + 1))
    yield TranscriptRow, (_line(n, size.people) for n in range(1, size.handled + 1))
    yield Notice, map(_notice, notices)
    yield Delivery, _deliveries(size, notices)


def _person(number: int) -> dict[str, Any]:
    return {
        "id": number,
        "language": LANGUAGES[number % 6],
        "country": COUNTRIES[number % 10],
        "created": FILLED_AT,
        "seen": FILLED_AT - timedelta(minutes=number % 100_000),
        "snoozed": FILLED_AT + timedelta(days=40 + number % 30) if number % 50 == 0 else None,
        "state": {"place": ["home", {}], "draft": None, "stamp": 3, "misses": 0, "last": None, "trail": []},
    }


def _draft(number: int) -> dict[str, Any]:
    sent = _reference(number) if number % 3 == 0 else None
    at = FILLED_AT - timedelta(days=3, seconds=number % 80_000)
    moments = {"started": at, "touched": at + timedelta(hours=1)}
    return {"id": f"d{number}", "person_id": number, "call": "2027", "version": "2027", "submitted": sent, **moments}


def _answers(number: int) -> Iterator[dict[str, Any]]:
    at = FILLED_AT - timedelta(days=3, seconds=number % 80_000)
    for place, key in enumerate(KEYS):
        value: Any = COUNTRIES[number % 10] if key == "org_country" else f"{key} of {number}, " * (1 + place)
        moment = at + timedelta(seconds=40 * place)
        yield {"draft_id": f"d{number}", "key": key, "value": value, "at": moment, "given": "answered"}


def _history(number: int) -> Iterable[dict[str, Any]]:
    return _answers(number)


def _reference(number: int) -> str:
    return f"WSIS-{2026 + number % 2}-{number:06d}"


def _what(number: int) -> dict[str, Any]:
    return {
        "title": title(number),
        "org_name": f"Organisation {number % 5000}",
        "org_country": COUNTRIES[number % 10],
        "description": f"{title(number + 1)}, with partners and for everyone.",
        "lines": [f"C{1 + number % 11}"],
        "goals": [str(1 + number % 17)],
        "publish": number % 20 != 0,
    }


def _entry(number: int) -> dict[str, Any]:
    what = _what(number)
    return {
        "reference": _reference(number),
        "call": str(2026 + number % 2),
        "number": number,
        "person_id": number,
        "title": what["title"],
        "organisation": what["org_name"],
        "country": what["org_country"],
        "language": "en",
        "submitted": FILLED_AT - timedelta(days=number % 300),
        "received": FILLED_AT,
        "answers": what,
    }


def _version(number: int) -> dict[str, Any]:
    entry = _entry(number)
    kept = {key: entry[key] for key in ("reference", "call", "submitted", "received", "answers")}
    return {**kept, "version": 1, "draft_id": f"sent{number}"}


def _searched(number: int) -> dict[str, Any]:
    return {"reference": _reference(number), "title": normalize(_what(number)["title"])}


def _file(number: int, people: int) -> dict[str, Any]:
    draft = f"d{1 + number % people}"
    where = {"source": f"telegram:{number}", "name": f"{number}.pdf", "kind": "pdf", "size": 1000, "kept": True}
    return {"id": f"f{number}", "draft_id": draft, **where}


def _handed(number: int, people: int) -> dict[str, Any]:
    draft, colleague = f"d{1 + number % people}", 1 + (number * 7) % people
    return {"token": f"t{number}", "draft_id": draft, "section": "project", "made": FILLED_AT, "colleague": colleague}


def _contact(number: int) -> dict[str, Any]:
    person = number if number % 2 else None
    said = {"name": f"Name {number}", "organisation": "A ministry", "country": COUNTRIES[number % 10]}
    key = {"key": f"{number}@example.org", "email": f"{number}@example.org", "token": f"token{number}"}
    return {**said, **key, "imported": FILLED_AT, "person_id": person, "started": FILLED_AT if person else None}


def _handled(number: int, size: Size) -> dict[str, Any]:
    at = FILLED_AT - timedelta(seconds=(14 * 86_400) * number / size.handled)
    screens = "[]" if number == 1 else None
    return {
        "channel": "telegram",
        "update_id": f"f{number}",
        "person_id": 1 + number % size.people,
        "at": at,
        "screens": screens,
    }


def _line(number: int, people: int) -> dict[str, Any]:
    return {"person_id": 1 + number % people, "who": "bot", "payload": "[]", "at": FILLED_AT}


def _notice(number: int) -> dict[str, Any]:
    """An announcement that was sent, and edited afterwards; messages show the new text."""
    return {
        "id": number,
        "key": f"filled:{number}",
        "kind": "announcement",
        "topic": "news",
        "state": "done",
        "language": "en",
        "audience": {},
        "buttons": [],
        "created": FILLED_AT,
        "due": FILLED_AT,
        "planned": True,
        "planned_to": 0,
        "revision": 2,
    }


def _deliveries(size: Size, notices: Iterable[int]) -> Iterator[dict[str, Any]]:
    for number in range(size.deliveries):
        notice, person = divmod(number, size.people)
        if notice + 1 not in notices:
            return
        sent = {"state": "sent", "due": FILLED_AT, "settled": FILLED_AT, "message": number, "revision": 2, "attempt": 1}
        yield {"notice_id": notice + 1, "person_id": person + 1, **sent}
