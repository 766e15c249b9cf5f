"""Editions of the questionnaire that organizers made: kept, replaced until they are published, and published."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from sqlmodel import Session, col, select

from storage.organizers import organizers
from storage.tables.questionnaires import EditionRow

__all__ = ["EditionTrouble", "KeptEdition", "every", "find", "keep", "publish", "published_versions", "remove"]


class EditionTrouble(StrEnum):
    UNKNOWN = "unknown"
    PUBLISHED = "published"


@dataclass(frozen=True, slots=True)
class KeptEdition:
    """An edition as it is kept. `structure`: YAML, as a file has it; `texts`: by key, then language."""

    version: str
    structure: str
    texts: Mapping[str, Mapping[str, str]]
    changed: datetime
    published: datetime | None


def every(session: Session) -> tuple[KeptEdition, ...]:
    """All editions, by version."""
    return tuple(_kept(row) for row in session.exec(select(EditionRow).order_by(col(EditionRow.version))))


def find(session: Session, version: str) -> KeptEdition | None:
    """The edition of this version; None when organizers have made none."""
    row = session.get(EditionRow, version)
    return _kept(row) if row is not None else None


def published_versions(session: Session) -> frozenset[str]:
    """The versions that may be asked."""
    return frozenset(session.exec(select(EditionRow.version).where(col(EditionRow.published).is_not(None))))


def keep(
    session: Session,
    who: int | None,
    version: str,
    structure: str,
    texts: Mapping[str, Mapping[str, str]],
    now: datetime,
) -> EditionTrouble | None:
    """Keep an edition in place of what was there. PUBLISHED: it may be in use and stands as it is."""
    row = _locked(session, version)
    if row is not None and row.published is not None:
        return EditionTrouble.PUBLISHED
    said = {key: dict(each) for key, each in texts.items()}
    if row is None:
        session.add(EditionRow(version=version, structure=structure, texts=said, changed=now))
    else:
        row.structure, row.texts, row.changed = structure, said, now
    organizers.record(session, who, "questionnaire_kept", version, now)
    return None


def publish(session: Session, who: int | None, version: str, now: datetime) -> EditionTrouble | None:
    """From now on calls may ask it, and it is not changed any more. PUBLISHED: it was before."""
    row = _locked(session, version)
    if row is None:
        return EditionTrouble.UNKNOWN
    if row.published is not None:
        return EditionTrouble.PUBLISHED
    row.published = now
    organizers.record(session, who, "questionnaire_published", version, now)
    return None


def remove(session: Session, who: int | None, version: str, now: datetime) -> EditionTrouble | None:
    """Throw away an edition that is not published."""
    row = _locked(session, version)
    if row is None:
        return EditionTrouble.UNKNOWN
    if row.published is not None:
        return EditionTrouble.PUBLISHED
    session.delete(row)
    organizers.record(session, who, "questionnaire_removed", version, now)
    return None


def _locked(session: Session, version: str) -> EditionRow | None:
    return session.exec(select(EditionRow).where(EditionRow.version == version).with_for_update()).one_or_none()


def _kept(row: EditionRow) -> KeptEdition:
    return KeptEdition(row.version, row.structure, row.texts, row.changed, row.published)
