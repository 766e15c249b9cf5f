"""News that the service sends by itself, as screens: decided and worded at the moment of sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime, timedelta
from html import unescape

from sqlmodel import Session

from bot.scheduling.timezones import zone_for
from bot.services import followed, freshness, report_orders
from bot.services.review import notices as review
from dialogs.domain.messages import Code, LanguageName, M, Moment, Value
from dialogs.domain.notice import NoticeKind, NoticeState
from dialogs.domain.reminders.rules import morning
from dialogs.domain.roles import ROLE_NAMES, Right, may
from dialogs.form.answer_format import shortened
from dialogs.form.check.next_steps import next_steps
from dialogs.organizers import overview
from dialogs.organizers.announcements.view import title
from dialogs.organizers.inbox import standing
from dialogs.organizers.team import named
from dialogs.screens import Choice, Kind, Line, Screen, Style
from dialogs.text.html_subset import excerpt
from storage import retention
from storage.announcements import announcements, audiences
from storage.announcements.audiences import Audience
from storage.messaging import inbox, notices
from storage.messaging.notices import Notice
from storage.organizers import organizers
from storage.people import people
from storage.reminders import deadline_notices, digest, reminder_queries
from storage.tables import AnswerRow, EntryRow

__all__ = ["answer_screen", "not_before", "page_screen", "screen_of"]

SHORT = 400
"""Characters of a text that is shown again beside another one."""

REPLY = Line(Kind.HINT, M("desk.reply"))


def screen_of(session: Session, notice: Notice, person: int) -> Screen | None:
    """What this person is told now; None when it no longer concerns them."""
    return KINDS[NoticeKind(notice.kind)](session, notice, person)


def page_screen(session: Session, notice: Notice, person: int) -> Screen | None:
    """What somebody whom no message can reach is told on a page, where there is nothing to reply to."""
    if notice.kind == NoticeKind.CALL.value:
        return _close_screen(session, notice)
    screen = screen_of(session, notice, person)
    return screen and replace(screen, lines=tuple(line for line in screen.lines if line != REPLY))


def not_before(session: Session, notice: Notice, person: int, now: datetime) -> datetime:
    """When this person may be told: now, but of a close that moved in the morning, if it is night where they are."""
    if notice.kind == NoticeKind.STALE.value:
        found = retention.of_draft(session, notice)
        return morning(now, zone_for(*reminder_queries.place(session, person)), found[1]) if found else now
    if notice.kind in (NoticeKind.DIGEST.value, NoticeKind.FOLLOWED.value, NoticeKind.STILL_TRUE.value):
        return morning(now, zone_for(*reminder_queries.place(session, person)), now + timedelta(days=2))
    if notice.kind != NoticeKind.CALL.value:
        return now
    moved = deadline_notices.read_key(notice.key)
    return morning(now, zone_for(*reminder_queries.place(session, person)), moved.closes)


def _close_moved(session: Session, notice: Notice, person: int) -> Screen | None:
    if not audiences.holds(session, Audience.of(notice.audience), notice.topic, person):
        return None
    return _close_screen(session, notice)


def _close_screen(session: Session, notice: Notice) -> Screen | None:
    """When the call closes now; None when that is not true any more."""
    moved = deadline_notices.read_key(notice.key)
    if not deadline_notices.still_true(session, moved):
        return None
    later, closes = moved.closes > moved.before, Moment(moved.closes)
    lines = (
        Line(Kind.TITLE, M("extended.title") if later else M("shortened.title")),
        Line(Kind.TEXT, M("extended.closes", closes=closes) if later else M("shortened.closes", closes=closes)),
    )
    go_on = Choice("remind:continue:", M("remind.continue"), Style.PRIMARY)
    return Screen("news/close", lines, ((go_on,),))


def _letter(session: Session, notice: Notice, person: int) -> Screen | None:
    """What somebody wrote, for an organizer who answers; once it is answered, by whom and how."""
    if not may(organizers.role_of(session, person), Right.HELP):
        return None
    letter = inbox.letter(session, _number(notice))
    if letter is None:
        return None
    language = LanguageName(letter.language, own=False)
    lines = [
        Line(Kind.TITLE, M("desk.letter", name=named(letter.name, letter.person), language=language)),
        Line(Kind.QUOTE, letter.text),
    ]
    for each in letter.answers:
        lines.append(Line(Kind.TEXT, M("desk.answered_by", name=named(each.name, each.person))))
        lines.append(Line(Kind.QUOTE, shortened(each.text, SHORT)))
    lines += standing(letter)
    if not letter.answers:
        lines.append(REPLY)
    button = Choice(f"help:answer:{letter.id}", M("desk.more") if letter.answers else M("desk.answer"), Style.PRIMARY)
    return Screen("news/letter", tuple(lines), ((button,),))


def answer_screen(session: Session, id: int) -> Screen | None:
    """An organizer's answer, for who asked."""
    found = inbox.answered(session, id)
    if found is None:
        return None
    asked, made = found
    lines = (
        Line(Kind.TITLE, M("desk.your_answer")),
        Line(Kind.QUOTE, shortened(asked.text, SHORT)),
        Line(Kind.TEXT, made.text),
        Line(Kind.HINT, M("desk.write_again")),
    )
    return Screen("news/answer", lines)


def _answer(session: Session, notice: Notice, person: int) -> Screen | None:
    return answer_screen(session, _number(notice))


def _to_approve(session: Session, notice: Notice, person: int) -> Screen | None:
    """An announcement that waits for this organizer's word, or for another's: whoever opens it first.

    Its author is told when it is given.
    """
    if not may(organizers.role_of(session, person), Right.ANNOUNCE):
        return None
    id = int(notice.key.split(":")[1])
    found = announcements.find(session, id)
    if found is None or found.state != NoticeState.DRAFT.value:
        return None
    mine, approved = found.author == person, found.approved_by is not None
    if mine is not approved:
        return None
    word = M("announcement.is_approved") if approved else M("announce.blocker.not_approved")
    return Screen("news/approval", (*_announcement(session, found), Line(Kind.TEXT, word)), _look(id))


def _sent_back(session: Session, notice: Notice, person: int) -> Screen | None:
    """What a second organizer wants changed in an announcement before it goes out."""
    id = int(notice.key.split(":")[1])
    found = announcements.find(session, id)
    if not may(organizers.role_of(session, person), Right.ANNOUNCE) or found is None:
        return None
    if found.state != NoticeState.DRAFT.value or found.approved_by is not None:
        return None
    (words,) = notices.texts(session, notice.id or 0).values()
    lines = (
        *_announcement(session, found),
        Line(Kind.TEXT, M("announcement.wants_changed", name=_called(session, notice.author))),
        Line(Kind.QUOTE, unescape(words)),
    )
    return Screen("news/sent_back", lines, _look(id))


def _held(session: Session, notice: Notice, person: int) -> Screen | None:
    """An announcement paused itself, and why; None when it goes on by now."""
    id = int(notice.key.split(":")[1])
    found = announcements.find(session, id)
    if not may(organizers.role_of(session, person), Right.ANNOUNCE) or found is None:
        return None
    if found.state != NoticeState.PAUSED.value:
        return None
    (reason,) = notices.texts(session, notice.id or 0).values()
    lines = (
        *_announcement(session, found),
        Line(Kind.TEXT, M("announcement.held", reason=Code(unescape(reason)))),
        Line(Kind.HINT, M("announcement.held_how")),
    )
    return Screen("news/held", lines, _look(id))


def _stale(session: Session, notice: Notice, person: int) -> Screen | None:
    """An unfinished entry of this person will be deleted; None when it was worked on, sent or kept meanwhile."""
    found = retention.of_draft(session, notice)
    if found is None or found[0].person_id != person:
        return None
    row, goes = found
    title = session.get(AnswerRow, (row.id, "title"))
    name: Value = shortened(str(title.value), SHORT) if title is not None and title.value else M("draft.unnamed")
    lines = (
        Line(Kind.TITLE, M("stale.title", name=name, at=Moment(goes))),
        Line(Kind.TEXT, M("stale.why", touched=Moment(row.touched))),
        Line(Kind.HINT, M("stale.how")),
    )
    keep = Choice(f"remind:keep:{row.id}", M("choice.keep_draft"), Style.PRIMARY)
    return Screen("news/stale", lines, ((keep,), (Choice(f"remind:continue:{row.id}", M("remind.continue")),)))


def _digest(session: Session, notice: Notice, person: int) -> Screen | None:
    """What waits for this organizer; None when all of it is done, or when they are no organizer any more."""
    waiting = digest.waiting(session, person, notice.created)
    if not waiting.needs_somebody:
        return None
    lines = (Line(Kind.TITLE, M("digest.title")), *overview.lines(overview.kept(waiting)))
    ways = (
        (Choice("digest:open", M("organize.title"), Style.PRIMARY),),
        (Choice("digest:stop", M("digest.stop"), Style.QUIET),),
    )
    return Screen("news/digest", lines, ways)


def _joined(session: Session, notice: Notice, person: int) -> Screen | None:
    """Who has used this owner's invitation, while they are an organizer."""
    who = int(notice.key.split(":")[1])
    role = organizers.role_of(session, who)
    if role is None or not may(organizers.role_of(session, person), Right.ORGANIZERS):
        return None
    line = M("organizers.came", name=_called(session, who), role=ROLE_NAMES[role])
    return Screen("news/joined", (Line(Kind.TEXT, line),))


def _receipt(session: Session, notice: Notice, person: int) -> Screen | None:
    """That an entry has arrived, for whom letters reach; None when it is no longer theirs."""
    row = session.get(EntryRow, notice.key.split(":")[1])
    if row is None or row.person_id != person:
        return None
    lines = (
        Line(Kind.TITLE, M("sent.title")),
        Line(Kind.TEXT, M("sent.reference", reference=Code(row.reference))),
        Line(Kind.QUOTE, shortened(row.title, SHORT)),
        Line(Kind.TEXT, M("sent.received", at=Moment(row.submitted))),
        *(Line(Kind.TEXT, step) for step in next_steps(row.answers or {})),
    )
    return Screen("news/receipt", lines)


def _nothing(session: Session, notice: Notice, person: int) -> Screen | None:
    """What only a letter says is said nowhere else."""
    return None


def _called(session: Session, person: int | None) -> Value:
    return named(people.name(session, person), person)


def _announcement(session: Session, found: Notice) -> tuple[Line, Line]:
    words = excerpt(notices.texts(session, found.id or 0).get(found.language, ""), SHORT)
    return Line(Kind.TITLE, title(found.id or 0, found.state)), Line(Kind.QUOTE, words or "…")


def _look(id: int) -> tuple[tuple[Choice, ...], ...]:
    return ((Choice(f"announce:open:{id}", M("choice.announce_open"), Style.PRIMARY),),)


def _number(notice: Notice) -> int:
    return int(notice.key.partition(":")[2])


KINDS: Mapping[NoticeKind, Callable[[Session, Notice, int], Screen | None]] = {
    NoticeKind.CALL: _close_moved,
    NoticeKind.LETTER: _letter,
    NoticeKind.ANSWER: _answer,
    NoticeKind.APPROVAL: _to_approve,
    NoticeKind.SENT_BACK: _sent_back,
    NoticeKind.HELD: _held,
    NoticeKind.STALE: _stale,
    NoticeKind.JOINED: _joined,
    NoticeKind.RECEIPT: _receipt,
    NoticeKind.MAIL_CONFIRM: _nothing,
    NoticeKind.DIGEST: _digest,
    **followed.SCREENS,
    **freshness.SCREENS,
    **report_orders.SCREENS,
    **review.SCREENS,
}
