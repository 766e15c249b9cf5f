"""Whose a draft is, and who may do what to it: asked in the transaction that does it, whatever a screen showed before.

    may do it                                     what
    ------------------------------------------------------------------------------------------------------------
    the owner                                     moves, revises, keeps, discards, restores, submits it; hands sections
                                                  over
    the owner, and a colleague in their sections  gives and removes answers
    anybody                                       begins a draft of their own, with files that are theirs
    anybody, to themselves                        changes of the person, wishes about announcements

The machine wants nothing else. So a refusal means that things changed under its feet (a section was taken back, a
draft was sent meanwhile), or that it made a mistake: in both cases nothing of the turn may be kept.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any

from sqlmodel import Session, col, select

from dialogs.domain.effects import (
    AnswerGiven,
    AnswerRemoved,
    DraftDiscarded,
    DraftKept,
    DraftMoved,
    DraftRestored,
    DraftRevises,
    DraftStarted,
    EntryConfirmed,
    HandOver,
    PersonChanged,
    RevokeHandOver,
    Submit,
    TopicWanted,
)
from dialogs.domain.entries.followed_search import FollowSearch, StopFollowing
from dialogs.domain.entries.portion import Portions
from storage.tables import DraftRow, EntryRow, FileRow, HandOverRow, RoundRow

__all__ = ["RULES", "Refused", "check", "lock", "note_own"]

OWN = "own drafts"
"""Where a session keeps which unsent drafts of whom were read in its transaction."""


class Refused(Exception):
    """Somebody is not allowed (any more) what their turn wanted done."""

    def __init__(self, what: Any, why: str) -> None:
        super().__init__(f"{type(what).__name__}: {why}")


def check(session: Session, person: int, what: Any, portions: Portions) -> None:
    """Refused: `what`, an effect or a request about a draft, is not this person's to want."""
    why = RULES[type(what)](session, person, what, portions)
    if why is not None:
        raise Refused(what, why)


def note_own(session: Session, person: int, ids: Iterable[str]) -> None:
    """These are the unsent drafts of a person, as just read in this transaction."""
    session.info[OWN] = {(person, id) for id in ids}


def _own(session: Session, person: int, what: Any, portions: Portions) -> str | None:
    """One's own draft. A sent one is only ever submitted again: whoever taps twice gets the same receipt."""
    if (person, what.draft) in session.info.get(OWN, ()):
        return None  # nobody else sends or moves it while this transaction holds its person's row
    draft = session.get(DraftRow, what.draft)
    if draft is None or draft.person_id != person:
        return "the draft is somebody else's"
    if draft.submitted is not None and not isinstance(what, Submit):
        return "the draft was sent"
    return None


def _answer(session: Session, person: int, what: AnswerGiven | AnswerRemoved, portions: Portions) -> str | None:
    if (person, what.draft) in session.info.get(OWN, ()):
        return _file(session, person, what)
    draft = session.get(DraftRow, what.draft)
    if draft is not None and draft.person_id != person:
        return _in_sections(session, person, what, portions)
    return _own(session, person, what, portions) or _file(session, person, what)


def _in_sections(session: Session, person: int, what: AnswerGiven | AnswerRemoved, portions: Portions) -> str | None:
    """A colleague's answer. The draft is locked, then read anew: its owner may be taking the section back just now."""
    draft = lock(session, what.draft)
    if draft is None or draft.submitted is not None or draft.discarded is not None:
        return "the draft was sent or discarded"
    handed = select(HandOverRow.section).where(
        HandOverRow.draft_id == what.draft, HandOverRow.colleague == person, col(HandOverRow.revoked).is_(False)
    )
    sections = tuple(session.exec(handed))
    if not portions(draft.version, sections).owns(what.key):
        return "the section is not with this colleague"
    return _file(session, person, what)


def lock(session: Session, draft: str) -> DraftRow | None:
    """The draft as it is now, which nobody else changes before this transaction ends."""
    found = select(DraftRow).where(DraftRow.id == draft).with_for_update()
    return session.exec(found.execution_options(populate_existing=True)).one_or_none()


def _file(session: Session, person: int, what: AnswerGiven | AnswerRemoved) -> str | None:
    """A file comes with the answer that names it first: nobody brings one that another draft has."""
    file = what.file if isinstance(what, AnswerGiven) else None
    if file is None:
        return None
    elsewhere = select(FileRow.id).where(FileRow.id == file.id, FileRow.draft_id != what.draft).limit(1)
    found = session.exec(elsewhere).first()
    return "the file is another draft's" if found is not None else None


def _started(session: Session, person: int, what: DraftStarted, portions: Portions) -> str | None:
    if session.get(DraftRow, what.id) is not None:
        return "there is such a draft"
    if what.corrects is not None and not _is_asked(session, person, what):
        return "nobody asked them for this"
    wanted = set(what.files)
    mine = select(FileRow.id).join(DraftRow, col(DraftRow.id) == col(FileRow.draft_id))
    mine = mine.where(DraftRow.person_id == person, col(FileRow.id).in_(list(wanted)))
    known: set[str] = set(session.exec(mine)) if wanted else set()
    return "a file is somebody else's" if wanted - known else None


def _is_asked(session: Session, person: int, what: DraftStarted) -> bool:
    """Whether this round is about an entry of theirs, and open."""
    asked = select(EntryRow.person_id).join(RoundRow, col(RoundRow.reference) == col(EntryRow.reference))
    mine = RoundRow.id == what.corrects, RoundRow.reference == what.revises, EntryRow.person_id == person
    return session.exec(asked.where(*mine, col(RoundRow.closed).is_(None), ~col(RoundRow.draft))).first() is not None


def _own_entry(session: Session, person: int, what: EntryConfirmed, portions: Portions) -> str | None:
    row = session.get(EntryRow, what.reference)
    return None if row is not None and row.person_id == person else "the entry is somebody else's"


def _oneself(session: Session, person: int, what: Any, portions: Portions) -> str | None:
    return None


Rule = Callable[[Session, int, Any, Portions], str | None]
"""Why not, or None: they may."""

RULES: Mapping[type[Any], Rule] = {
    DraftMoved: _own,
    DraftRevises: _own,
    DraftDiscarded: _own,
    DraftKept: _own,
    DraftRestored: _own,
    Submit: _own,
    HandOver: _own,
    RevokeHandOver: _own,
    AnswerGiven: _answer,
    AnswerRemoved: _answer,
    DraftStarted: _started,
    PersonChanged: _oneself,
    TopicWanted: _oneself,
    EntryConfirmed: _own_entry,
    FollowSearch: _oneself,
    StopFollowing: _oneself,
}
"""The rule of every effect, and of the requests about drafts. What is not here cannot be applied."""
