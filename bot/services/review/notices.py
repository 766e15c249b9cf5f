"""What authors and reviewers are told, worded at the moment of sending: None when it is not true any more.

A round that ended has no reminders, however many are under way; neither side learns the other's name or address.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlmodel import Session

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.review import ASSIGNED, Comment
from dialogs.domain.messages import Code, M, Message, Moment, Value
from dialogs.domain.notice import NoticeKind
from dialogs.domain.roles import Right, may
from dialogs.form.answer_format import shortened
from dialogs.organizers.review.decision_message import decision_lines, parted_lines
from dialogs.screens import Choice, Kind, Line, Screen, Style
from storage.messaging.notices import Notice
from storage.organizers import organizers
from storage.review import assignments, rounds
from storage.review.delivery import was_sent
from storage.tables import EntryHistoryRow, EntryRow, ReviewMessageRow, RoundRow

__all__ = ["SCREENS"]

ROOM = 2_400
"""Characters for all comments of a message together: what is longer is read at its question, whole."""
LEAST = 40
MOST_NAMED = 20
MOST_BUTTONS = 40
"""Buttons below a message: Telegram takes a hundred."""


def asked(session: Session, notice: Notice, person: int) -> Screen | None:
    """One message with all that is wanted, and a button for each question."""
    found = _open(session, notice, person)
    if found is None:
        return None
    round_, entry = found
    comments = rounds.comments(session, round_)
    lines = [
        Line(Kind.TITLE, M("round.asked", len(comments), title=entry.title)),
        Line(Kind.TEXT, M("round.until", due=Moment(round_.due))),
    ]
    each = max(LEAST, ROOM // max(1, min(len(comments), MOST_NAMED)))
    for number, comment in enumerate(comments[:MOST_NAMED], 1):
        brief = shortened(comment.text, each)
        lines.append(Line(Kind.ITEM, M("round.item", number=number, question=_label(comment), comment=brief)))
    if len(comments) > MOST_NAMED:
        lines.append(Line(Kind.TEXT, M("round.more", len(comments) - MOST_NAMED)))
    lines.append(Line(Kind.HINT, M("round.how")))
    fixes = tuple(
        (Choice(f"fix:key:{round_.id}:{comment.key}", M("choice.fix", question=_label(comment)), Style.PRIMARY),)
        for comment in comments[:MOST_BUTTONS]
    )
    every = (Choice(f"fix:open:{round_.id}", M("choice.correct_all")),)
    write = (Choice(f"fix:write:{entry.reference}", M("choice.write_reviewer")),)
    return Screen("news/round", tuple(lines), (*fixes, every, write))


def _label(comment: Comment) -> Value:
    """What a question is called; the questionnaire's words for it are among the catalogues."""
    id, _, member = comment.key.partition("@")
    label = Message(f"question.{id}.label")
    return M("review.of_goal", label=label, goal=Code(member)) if member else label


def due(session: Session, notice: Notice, person: int) -> Screen | None:
    """A reminder before or after the due date, or that the date has moved."""
    found = _open(session, notice, person)
    if found is None:
        return None
    round_, entry = found
    what = notice.key.split(":")[2]
    if what == "moved":
        title = M("round.moved", title=entry.title)
    elif what == "1":
        title = M("round.soon", title=entry.title)
    else:
        title = M("round.over", title=entry.title)
    left = len(rounds.comments(session, round_))
    lines = (Line(Kind.TITLE, title), Line(Kind.TEXT, M("round.left", left, due=Moment(round_.due))))
    go = Choice(f"fix:open:{round_.id}", M("choice.correct_all"), Style.PRIMARY)
    return Screen("news/round_due", lines, ((go,),))


def _open(session: Session, notice: Notice, person: int) -> tuple[RoundRow, EntryRow] | None:
    """The round that a notice is about, while it is open and this person's."""
    round_ = session.get(RoundRow, int(notice.key.split(":")[1]))
    entry = session.get(EntryRow, round_.reference) if round_ is not None else None
    if round_ is None or entry is None or entry.person_id != person:
        return None
    return (round_, entry) if round_.closed is None and not round_.draft else None


def done(session: Session, notice: Notice, person: int) -> Screen | None:
    """The author is done: to whoever asked, once."""
    round_ = session.get(RoundRow, int(notice.key.split(":")[1]))
    if round_ is None or not may(organizers.role_of(session, person), Right.REVIEW):
        return None
    entry = session.get_one(EntryRow, round_.reference)
    lines = (
        Line(Kind.TITLE, M("round.done", title=entry.title)),
        Line(Kind.TEXT, M("round.done_what", reference=Code(entry.reference), version=entry.version)),
    )
    return Screen("news/round_done", lines, _look(entry.reference))


def decided(session: Session, notice: Notice, person: int) -> Screen | None:
    """What became of an entry, to its author, whose it still has to be."""
    line = session.get(EntryHistoryRow, int(notice.key.split(":")[1]))
    entry = session.get(EntryRow, line.reference) if line is not None else None
    if line is None or entry is None or entry.person_id != person or entry.state != line.new:
        return None
    details = line.details or {}
    if details.get("undone") is not None:
        knew = was_sent(session, NoticeKind.REVIEW_DECIDED, str(details["undone"]), person)
        return Screen("news/decision", tuple(parted_lines(entry.reference, entry.title))) if knew else None
    words, into = str(details.get("words") or ""), str(details.get("into") or "")
    state = EntryState(line.new)
    said = decision_lines(state, entry.reference, entry.title, words=words, publish=entry.publish, into=into)
    return Screen("news/decision", tuple(said))


def said(session: Session, notice: Notice, person: int) -> Screen | None:
    """What the other side wrote, with a way to answer it."""
    row = session.get(ReviewMessageRow, int(notice.key.split(":")[1]))
    entry = session.get(EntryRow, row.reference) if row is not None else None
    if row is None or entry is None:
        return None
    reference, text = Code(entry.reference), shortened(row.text, ROOM)
    if row.by_author:
        if not may(organizers.role_of(session, person), Right.REVIEW):
            return None
        title = M("round.author_says", reference=reference, title=entry.title)
        lines = (Line(Kind.TITLE, title), Line(Kind.QUOTE, text))
        return Screen("news/review_said", lines, _look(entry.reference))
    if entry.person_id != person:
        return None
    title = M("round.reviewer_says", reference=reference, title=entry.title)
    answer = (Choice(f"fix:write:{entry.reference}", M("choice.write_reviewer"), Style.PRIMARY),)
    return Screen("news/review_said", (Line(Kind.TITLE, title), Line(Kind.QUOTE, text)), (answer,))


def assigned(session: Session, notice: Notice, person: int) -> Screen | None:
    """What a reviewer was given, as far as it waits for them still."""
    if not may(organizers.role_of(session, person), Right.REVIEW):
        return None
    given = assignments.of_batch(session, notice.key.partition(":")[2], person, notice.due)
    if not given:
        return None
    lines = [Line(Kind.TITLE, M("round.assigned", len(given)))]
    for number, (reference, title) in enumerate(list(given.items())[:MOST_NAMED], 1):
        lines.append(Line(Kind.ITEM, M("round.assigned_item", number=number, reference=Code(reference), title=title)))
    if len(given) > MOST_NAMED:
        lines.append(Line(Kind.TEXT, M("round.assigned_more", len(given) - MOST_NAMED)))
    lines.append(Line(Kind.HINT, M("round.assigned_until", days=ASSIGNED.days)))
    first = next(iter(given))
    return Screen("news/assigned", tuple(lines), _look(first))


def withdrawn(session: Session, notice: Notice, person: int) -> Screen | None:
    """The author took the entry back: to whoever had it."""
    line = session.get(EntryHistoryRow, int(notice.key.split(":")[1]))
    if line is None or not may(organizers.role_of(session, person), Right.REVIEW):
        return None
    text = M("round.withdrawn", reference=Code(line.reference))
    return Screen("news/withdrawn", (Line(Kind.TEXT, text),))


def _look(reference: str) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice(f"review:open:{reference}", M("choice.open_entry"), Style.PRIMARY),),)


SCREENS: Mapping[NoticeKind, Callable[[Session, Notice, int], Screen | None]] = {
    NoticeKind.REVIEW_ASKED: asked,
    NoticeKind.REVIEW_DUE: due,
    NoticeKind.REVIEW_DONE: done,
    NoticeKind.REVIEW_DECIDED: decided,
    NoticeKind.REVIEW_SAID: said,
    NoticeKind.REVIEW_WITHDRAWN: withdrawn,
    NoticeKind.REVIEW_ASSIGNED: assigned,
}
