"""How a call stands in numbers: counted from drafts and entries, small groups hidden before anything leaves here."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from statistics import median
from typing import Any

from sqlalchemy import ColumnElement, case, func, or_
from sqlalchemy import select as rows
from sqlmodel import Session, col, select

from dialogs.domain.organizers.statistics import GROUPINGS, REST, Figures, Season, sections_of
from dialogs.knowledge.countries import region_of
from dialogs.questionnaire.source import loader
from storage.calls.small_groups import LEAST, enough, folded, large
from storage.tables import AnswerRow, CallRow, DraftRow, EntryCodeRow, EntryVersionRow, HistoryRow

__all__ = ["read"]

PAUSE = timedelta(minutes=15)
"""Between two answers more than this is a pause, in which nobody filled anything in."""

TIMED = 500
"""Entries that the median is taken of: the newest."""

Sections = tuple[tuple[str, tuple[str, ...]], ...]


def read(
    session: Session, call: str | None, sections: Sections, now: datetime, *, full: bool = False
) -> Figures | None:
    """The figures of a call (None: the newest that has opened, else the newest); None when there is no such call.

    `full`: for those who may read every entry anyway, small groups of what was sent are not hidden.
    """
    calls = session.exec(select(CallRow).order_by(col(CallRow.opens).desc())).all()
    row = next((each for each in calls if each.code == call), None) if call else _newest(calls, now)
    if row is None:
        return None
    earlier = next((each for each in calls if each.opens < row.opens), None)
    sent = _sent(session, row.code)
    drafts = _started(session, row.code)
    funnel, stops = _reached(session, row, sections)
    return Figures(
        row.code,
        max(0, (now - row.opens).days),
        LEAST,
        enough(len(drafts)),
        len(sent) if full else enough(len(sent)),
        _season(row, drafts, sent),
        _of_before(session, earlier),
        _groups(session, row.code, full=full),
        funnel,
        stops,
        _minutes(session, row.code),
        full=full,
        at=now.isoformat(),
        before_groups=_groups(session, earlier.code, full=full) if earlier is not None else {},
    )


def _newest(calls: Iterable[CallRow], now: datetime) -> CallRow | None:
    there = list(calls)
    return next((call for call in there if call.opens <= now), there[0] if there else None)


def _started(session: Session, call: str) -> list[datetime]:
    query = select(DraftRow.started).where(DraftRow.call == call, col(DraftRow.discarded).is_(None))
    return list(session.exec(query))


def _sent(session: Session, call: str) -> list[datetime]:
    """When each entry that was sent to a call was first sent."""
    query = select(func.min(EntryVersionRow.submitted)).where(EntryVersionRow.call == call)
    return list(session.exec(query.group_by(EntryVersionRow.reference)))


def _season(row: CallRow, drafts: Iterable[datetime], entries: Iterable[datetime]) -> Season:
    days = max(1, (row.closes - row.opens).days + 1)
    opened = row.opens.date().isoformat()
    return Season(row.code, opened, days, _grown(row, drafts, days), _grown(row, entries, days))


def _of_before(session: Session, row: CallRow | None) -> Season | None:
    if row is None:
        return None
    season = _season(row, _started(session, row.code), _sent(session, row.code))
    return season if season.drafts or season.entries else None


def _grown(row: CallRow, moments: Iterable[datetime], days: int) -> tuple[tuple[int, int], ...]:
    """How many there were by each day; what would tell of fewer than `LEAST` is not there yet."""
    a_day = Counter(min(max(0, (moment - row.opens).days), days) for moment in moments)
    sums, so_far = [], 0
    for day in sorted(a_day):
        so_far += a_day[day]
        sums.append((day, so_far))
    return tuple((day, number) for day, number in sums if number >= LEAST)


def _groups(session: Session, call: str, *, full: bool) -> dict[str, tuple[tuple[str, int], ...]]:
    """What was sent to a call by each grouping: counted by the database, from the codes of the newest versions."""
    query = rows(col(EntryCodeRow.facet), col(EntryCodeRow.code), func.count()).where(col(EntryCodeRow.call) == call)
    found: dict[str, Counter[str]] = {}
    for facet, code, number in session.execute(query.group_by(col(EntryCodeRow.facet), col(EntryCodeRow.code))):
        found.setdefault(facet, Counter())[code] = number
    countries = found.get("country", Counter())
    regions: Counter[str] = Counter()
    for code, number in countries.items():
        regions[region_of(code) or "INT"] += number
    counted = {"regions": regions, **{name: found.get(facet, Counter()) for name, facet in FACETS.items()}}
    return {name: _shown(name, counted[name], full=full) for name in GROUPINGS}


def _shown(name: str, counts: Counter[str], *, full: bool) -> tuple[tuple[str, int], ...]:
    if full:
        return tuple(sorted(counts.items(), key=lambda group: (-group[1], group[0])))
    return large(counts) if name in SEVERAL else folded(counts, REST)


FACETS: Mapping[str, str] = {
    "countries": "country",
    "lines": "line",
    "goals": "goal",
    "kinds": "kind",
    "languages": "language",
    "prizes": "prize",
    "consent": "consent",
}
"""What each grouping counts (`dialogs.questionnaire.entry_codes`); regions are those of the countries."""

SEVERAL = ("lines", "goals")
"""Groupings in which an entry can be in several groups."""


def _reached(session: Session, row: CallRow, sections: Sections) -> tuple[Any, Any]:
    """How many drafts came to each section, and at which section unsent ones stopped.

    Editions have their sections in another order. So each draft stopped where its own edition says; the way from
    section to section is that of the drafts that the call's present edition asks.
    """
    furthest: Mapping[tuple[int, bool], int] = {}
    stops: Counter[str] = Counter()
    for version in session.exec(select(DraftRow.version).where(DraftRow.call == row.code).distinct()).all():
        own = _sections(version, row, sections)
        found = _furthest(session, row.code, version, own)
        stops.update({own[place][0]: number for (place, sent), number in found.items() if not sent})
        furthest = found if version == row.version else furthest
    sent = sum(number for (_, is_sent), number in furthest.items() if is_sent)
    came = [
        (name, sum(number for (far, is_sent), number in furthest.items() if is_sent or far >= place))
        for place, (name, _) in enumerate(sections)
    ]
    order = [name for name, _ in sections]
    kept = dict(folded(stops, REST))
    shown = sorted(kept.items(), key=lambda group: order.index(group[0]) if group[0] in order else len(order))
    return tuple(_levelled([*came, ("sent", sent)])), tuple(shown)


def _levelled(steps: list[tuple[str, int]]) -> list[tuple[str, int]]:
    """A step that fewer than `LEAST` did not take is not shown as one: the number before it is that after it."""
    shown: list[tuple[str, int]] = []
    after = 0
    for name, number in reversed(steps):
        after = number if number - after >= LEAST else after
        shown.insert(0, (name, after))
    return [step for step in shown if step[1] >= LEAST]


def _sections(version: str, row: CallRow, sections: Sections) -> Sections:
    """The sections of an edition; those of the call's where it is not known any more."""
    known = loader.versions().get(version)
    return sections if version == row.version or known is None else sections_of(known)


def _furthest(session: Session, call: str, version: str, sections: Sections) -> dict[tuple[int, bool], int]:
    """An edition's drafts by the last section that has an answer, and whether they were sent: the database counts."""
    place = case(*((_in(ids), number) for number, (_, ids) in enumerate(sections)), else_=0)
    sent = case((col(DraftRow.submitted).is_(None), 0), else_=1)
    each = (
        rows(func.max(place).label("far"), func.max(sent).label("sent"))
        .select_from(DraftRow)
        .join(AnswerRow, col(AnswerRow.draft_id) == col(DraftRow.id))
        .where(col(DraftRow.call) == call, col(DraftRow.version) == version, col(DraftRow.discarded).is_(None))
        .group_by(col(DraftRow.id))
        .subquery()
    )
    query = rows(each.c.far, each.c.sent, func.count()).group_by(each.c.far, each.c.sent)
    return {(int(far), bool(sent)): int(number) for far, sent, number in session.execute(query)}


def _in(ids: Iterable[str]) -> ColumnElement[bool]:
    """An answer of one of these questions; those asked once a goal have `@` and the goal behind their id."""
    key = col(AnswerRow.key)
    return or_(key.in_(list(ids)), *(key.like(f"{id}@%") for id in ids))


def _minutes(session: Session, call: str) -> int | None:
    """The median minutes between the first answer and the last, without pauses; None of too few."""
    newest = (
        select(DraftRow.id)
        .where(DraftRow.call == call, col(DraftRow.submitted).is_not(None))
        .order_by(col(DraftRow.touched).desc())
        .limit(TIMED)
    )
    spent: dict[str, timedelta] = {}
    before: tuple[str, datetime] | None = None
    given = select(HistoryRow.draft_id, HistoryRow.at).where(col(HistoryRow.draft_id).in_(newest))
    for draft, at in session.exec(given.order_by(col(HistoryRow.draft_id), col(HistoryRow.at))):
        gap = at - before[1] if before is not None and before[0] == draft else timedelta()
        spent[draft] = spent.get(draft, timedelta()) + (gap if gap <= PAUSE else timedelta())
        before = draft, at
    if len(spent) < LEAST:
        return None
    return round(median(span.total_seconds() for span in spent.values()) / 60)
