"""Whom an audience means by the entries that they sent: conditions on the person of the query around them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence

from sqlalchemy import ColumnElement, exists
from sqlmodel import col

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.prize import Standing, from_step
from storage.tables import EntryCodeRow, EntryRow, PersonRow, StandingRow

__all__ = ["FACETS", "wrote", "wrote_any"]

FACETS: Mapping[str, str] = {"lines": "line", "goals": "goal", "prizes": "prize"}
"""Fields of an audience that are codes of an entry, and the facet that each is in."""

AS_TOLD: Mapping[str, tuple[str, ...]] = {
    EntryState.IN_REVIEW: (EntryState.IN_REVIEW, EntryState.ACCEPTED, EntryState.REFUSED),
}
"""A decision that was not announced is no way to choose readers: they would learn it by being chosen."""


def wrote(fields: Mapping[str, Sequence[str]], call: str | None, *, nominated: bool = False) -> ColumnElement[bool]:
    """Sent one entry of which all of it is true. `call` None: to any call.

    `fields` may have those of `FACETS`, `states`, `standings` and `entries`, which are references of any call.
    """
    conditions = [col(EntryRow.person_id) == col(PersonRow.id), *_conditions(fields, call)]
    if nominated:
        conditions.append(_has(call, "prize"))
    return exists().where(*conditions)


def wrote_any(fields: Mapping[str, Sequence[str]], call: str | None) -> Iterator[ColumnElement[bool]]:
    """For each field: sent an entry of which it is true."""
    for name, codes in fields.items():
        if codes:
            yield wrote({name: codes}, call)


def _conditions(fields: Mapping[str, Sequence[str]], call: str | None) -> Iterator[ColumnElement[bool]]:
    for name, codes in fields.items():
        if not codes:
            continue
        if name == "entries":
            yield col(EntryRow.reference).in_(list(codes))
        elif name == "states":
            yield col(EntryRow.state).in_([each for code in codes for each in AS_TOLD.get(code, (code,))])
            if call is not None:
                yield _has(call, "consent")  # which every entry that was sent to the call has
        elif name == "standings":
            yield _stands(call, codes)
        else:
            yield _has(call, FACETS[name], codes)


def _stands(call: str | None, codes: Collection[str]) -> ColumnElement[bool]:
    """Published, and announced to have come to one of these steps of the Prizes or further.

    A step that was not announced is no way to choose readers either.
    """
    steps = {step.value for code in codes for step in from_step(Standing(code))}
    conditions = [
        col(EntryRow.state) == EntryState.PUBLISHED.value,
        col(StandingRow.reference) == col(EntryRow.reference),
        col(StandingRow.announced).in_(steps),
    ]
    if call is not None:
        conditions.append(col(StandingRow.call) == call)
    return exists().where(*conditions)


def _has(call: str | None, facet: str, codes: Collection[str] = ()) -> ColumnElement[bool]:
    conditions = [col(EntryCodeRow.reference) == col(EntryRow.reference), col(EntryCodeRow.facet) == facet]
    if call is not None:
        conditions.append(col(EntryCodeRow.call) == call)
    if codes:
        conditions.append(col(EntryCodeRow.code).in_(list(codes)))
    return exists().where(*conditions)
