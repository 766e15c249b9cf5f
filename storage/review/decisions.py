"""Decisions: taken by a reviewer, pending until organizers announce them together; and entries set aside.

Nobody decides about what they have not seen (`version`), nor about an entry in which they have an interest. The author
of an entry is told what was decided when it is announced, not before.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import datetime

from sqlmodel import Session, col, select

from dialogs.domain.entries.entry import PENDING, WAITING, Action, EntryState
from dialogs.domain.entries.review import CLAIM, Outcome, Trouble
from dialogs.domain.notice import NoticeKind
from storage.review import claims, conflicts, history, rounds
from storage.review.delivery import deliver
from storage.tables import EntryHistoryRow, EntryRow

__all__ = [
    "announce",
    "decide",
    "is_undoable",
    "merge",
    "pending",
    "reconsider",
    "set_aside",
    "undo",
    "withdraw",
    "words_of",
    "words_of_all",
]

DECIDING = (Action.ACCEPT, Action.REFUSE)
ASIDE = (Action.WITHDRAW, Action.MARK_TEST, Action.MARK_SPAM, Action.REINSTATE)
SILENT = (*DECIDING, Action.RECONSIDER, Action.MARK_TEST, Action.MARK_SPAM)
UNDOABLE = {action.value for action in (*SILENT, Action.MERGE)}
"""Deeds that can be taken back: nobody was told of them; of a merge, the author is told that it was taken back."""
STAYS = (*WAITING, EntryState.CHANGES_ASKED, *PENDING, EntryState.PUBLISHED)
"""States of an entry that another can lead to: what was set aside or declined is no place to be led to."""


def decide(
    session: Session,
    person: int | None,
    reference: str,
    version: int | None,
    now: datetime,
    *,
    accept: bool,
    words: str = "",
) -> Trouble | None:
    """Accept or refuse an entry, for it to be announced later. A round that is open ends: nobody waits for it."""
    row = claims.taken_up(session, person, reference, now, version)
    if isinstance(row, Trouble):
        return row
    action = Action.ACCEPT if accept else Action.REFUSE
    if history.act(session, row, action, person, now, words=words) is None:
        return Trouble.NOT_NOW
    rounds.close(session, row, Outcome.DECIDED, now)
    claims.clear_away(row)
    return None


def reconsider(session: Session, person: int | None, reference: str, now: datetime) -> Trouble | None:
    """Take back a decision that was not announced; the entry is this reviewer's again."""
    row = _found(session, person, reference)
    if isinstance(row, Trouble):
        return row
    if history.act(session, row, Action.RECONSIDER, person, now) is None:
        return Trouble.NOT_NOW
    if person is not None:
        row.reviewer, row.claimed_until = person, now + CLAIM
    return None


def pending(session: Session, person: int | None, limit: int = 500) -> list[EntryRow]:
    """Entries whose decision is to be announced, oldest first; not those in which this person has an interest."""
    waiting = select(EntryRow).where(col(EntryRow.state).in_([state.value for state in PENDING]))
    if person is not None:
        waiting = waiting.where(*conflicts.clear(session, person))
    return list(session.exec(waiting.order_by(col(EntryRow.received), col(EntryRow.reference)).limit(limit)))


def announce(session: Session, person: int | None, references: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Announce what was decided about these entries, together; those that were, each author told once."""
    told = []
    for reference in sorted(set(references)):  # in one order: two who announce the same wait, and do not deadlock
        row = _found(session, person, reference)
        if isinstance(row, Trouble):
            continue
        words = words_of(session, reference)
        line = history.act(session, row, Action.ANNOUNCE, person, now, words=words)
        if line is not None:
            deliver(session, NoticeKind.REVIEW_DECIDED, str(line.id), [row.person_id], now)
            told.append(reference)
    return tuple(told)


def words_of(session: Session, reference: str) -> str:
    """What a reviewer wrote to the author with the decision that is pending."""
    return words_of_all(session, [reference]).get(reference, "")


def words_of_all(session: Session, references: Collection[str]) -> dict[str, str]:
    """The same of several entries at once, by reference."""
    decided = select(EntryHistoryRow.reference, EntryHistoryRow.details).where(
        col(EntryHistoryRow.reference).in_(references),
        col(EntryHistoryRow.action).in_([action.value for action in DECIDING]),
    )
    lines = session.exec(decided.order_by(col(EntryHistoryRow.id)))  # the newest comes last, and stands
    return {reference: str((details or {}).get("words") or "") for reference, details in lines}


def withdraw(session: Session, author: int, reference: str, now: datetime) -> Trouble | None:
    """The author takes their entry back: its reference stays, and says so."""
    row = history.lock(session, reference)
    if row is None or row.person_id != author:
        return Trouble.GONE
    if history.act(session, row, Action.WITHDRAW, author, now, by_author=True) is None:
        return Trouble.NOT_NOW
    reviewer = row.reviewer
    rounds.close(session, row, Outcome.WITHDRAWN, now)
    claims.clear_away(row)
    line = history.last(session, reference)
    if line is not None:
        deliver(session, NoticeKind.REVIEW_WITHDRAWN, str(line.id), [reviewer], now)
    return None


def set_aside(session: Session, person: int | None, reference: str, action: Action, now: datetime) -> Trouble | None:
    """Withdraw at the author's wish, mark as a test or as spam, or bring back to review."""
    if action not in ASIDE:
        raise ValueError(f"{action} does not set an entry aside")
    row = _found(session, person, reference)
    if isinstance(row, Trouble):
        return row
    line = history.act(session, row, action, person, now)
    if line is None:
        return Trouble.NOT_NOW
    rounds.close(session, row, Outcome.WITHDRAWN, now)
    claims.clear_away(row)
    if action is Action.REINSTATE:
        _part(session, row)
    if action is Action.WITHDRAW:
        deliver(session, NoticeKind.REVIEW_DECIDED, str(line.id), [row.person_id], now)
    return None


def merge(session: Session, person: int | None, reference: str, into: str, now: datetime) -> Trouble | None:
    """The entry is the same activity as another: its reference leads there from now on, both keep their history."""
    first, second = sorted((reference, into))
    if first == second or history.lock(session, first) is None or history.lock(session, second) is None:
        return Trouble.GONE
    row, target = _found(session, person, reference), _found(session, person, into)
    if isinstance(row, Trouble) or isinstance(target, Trouble):
        return Trouble.GONE
    if target.state not in STAYS:
        return Trouble.NOT_NOW
    led = session.exec(select(EntryRow).where(EntryRow.merged_into == reference).with_for_update()).all()
    line = history.act(session, row, Action.MERGE, person, now, into=into, led=[each.reference for each in led])
    if line is None:
        return Trouble.NOT_NOW
    row.merged_into = into
    for earlier in led:
        earlier.merged_into = into  # an address leads where it leads in one step
    history.record(session, target, "merged_here", EntryState(target.state), person, now, of=reference)
    rounds.close(session, row, Outcome.WITHDRAWN, now)
    claims.clear_away(row)
    deliver(session, NoticeKind.REVIEW_DECIDED, str(line.id), [row.person_id], now)
    return None


def _part(session: Session, row: EntryRow) -> None:
    """The entry leads nowhere any more; those that led to it do so again."""
    line = history.last(session, row.reference, Action.MERGE)
    if row.merged_into is None or line is None:
        return
    for reference in (line.details or {}).get("led", ()):
        earlier = history.lock(session, reference)
        if earlier is not None and earlier.merged_into == row.merged_into:
            earlier.merged_into = row.reference
    row.merged_into = None


def undo(session: Session, person: int, references: Iterable[str], now: datetime) -> tuple[str, ...]:
    """Take back the last deed on each of these entries, where it was this person's and can be taken back."""
    undone = []
    for reference in sorted(set(references)):
        row, line = _found(session, person, reference), history.last(session, reference)
        if isinstance(row, Trouble) or line is None or not is_undoable(line, person):
            continue
        old = EntryState(row.state)
        row.state = line.old
        if row.state == EntryState.IN_REVIEW.value:
            row.reviewer, row.claimed_until = person, now + CLAIM
        if old is not EntryState.MERGED:
            history.record(session, row, "undo", old, person, now)
        else:
            _part(session, row)
            undoing = history.record(session, row, "undo", old, person, now, undone=line.id)
            deliver(session, NoticeKind.REVIEW_DECIDED, str(undoing.id), [row.person_id], now)
        undone.append(reference)
    return tuple(undone)


def is_undoable(line: EntryHistoryRow, person: int) -> bool:
    """Whether what happened last to an entry can be taken back by this person."""
    # While a round was open its end cannot be taken back: the author may have been at it.
    return line.action in UNDOABLE and line.person_id == person and line.old != EntryState.CHANGES_ASKED.value


def _found(session: Session, person: int | None, reference: str) -> EntryRow | Trouble:
    row = history.lock(session, reference)
    if row is None or (person is not None and conflicts.has(session, person, row)):
        return Trouble.GONE
    return row
