"""How contacts are kept: sealed with the newest key, with an older one, or open; and all of them brought to one way."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import String, select, type_coerce
from sqlalchemy.orm.attributes import flag_modified
from sqlmodel import Session, col

from storage.engine import sealing
from storage.engine.sealing import SealedError
from storage.tables import ContactRow

__all__ = ["check", "left", "reseal"]

FIELDS = ("key", "name", "organisation", "email", "folded", "before")
AT_ONCE = 500

KEPT = type_coerce(col(ContactRow.key), String)
"""The key as it is kept: it is sealed whenever anything of a contact is."""


def check(session: Session) -> None:
    """SealedError: some contacts are sealed with a key that is not set. Nobody is to find that out at their turn."""
    name = sealing.unknown(session.scalars(select(KEPT).where(KEPT.startswith(sealing.PREFIX))))
    if name:
        raise SealedError(f"contacts are sealed with a key that STOCKTAKING_CONTACT_KEYS does not have ({name})")


def left(session: Session) -> int:
    """How many contacts are not kept as they would be kept now."""
    return sum(not sealing.is_newest(kept) for kept in session.scalars(select(KEPT)))


def reseal(session: Session, after: int = 0) -> tuple[int, int]:
    """Keep the next contacts behind a number as they would be kept now. The last number that was looked at, and how
    many were changed; (0, 0): there are no more. It may be broken off and begun again.
    """
    looked = select(col(ContactRow.id), KEPT).where(col(ContactRow.id) > after).order_by(col(ContactRow.id))
    rows = session.execute(looked.limit(AT_ONCE)).all()
    old = [id for id, kept in rows if not sealing.is_newest(kept)]
    for row in _locked(session, old):
        for name in FIELDS:
            flag_modified(row, name)
    session.flush()
    return (rows[-1][0] or 0, len(old)) if rows else (0, 0)


def _locked(session: Session, ids: list[int | None]) -> Iterator[ContactRow]:
    yield from session.scalars(select(ContactRow).where(col(ContactRow.id).in_(ids)).with_for_update())
