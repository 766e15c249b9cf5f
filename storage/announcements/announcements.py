"""Announcements: texts per language to an audience at a time, from the first draft to the last figure.

The life of one: `compose` -> `rewrite`, `aim` -> `blockers` -> `approve` -> `schedule` -> (the courier sends)
-> `progress`; meanwhile `notices.move` pauses, resumes and stops; afterwards `rewrite` edits what was sent
and `recall` deletes it.
"""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import func, literal
from sqlalchemy import select as rows
from sqlmodel import Session, col, delete, select

from dialogs.domain.announcements import rules as announcement_rules
from dialogs.domain.announcements.rules import LONGEST, LONGEST_WITH_FILE, RECALLABLE, text_for
from dialogs.domain.channels import MAIL
from dialogs.domain.messages import Message
from dialogs.domain.notice import Cause, DeliveryState, NoticeKind, NoticeState
from dialogs.domain.organizers.announcements import Progress
from storage.announcements import audiences
from storage.announcements.audiences import THE_CHANNEL
from storage.messaging import deliveries, notices
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice, NoticeText, OptOut
from storage.tables import DraftRow, EntryRow, PersonRow

__all__ = [
    "LONGEST",
    "LONGEST_WITH_FILE",
    "RECALLABLE",
    "Attached",
    "Progress",
    "aim",
    "approve",
    "blockers",
    "compose",
    "discard",
    "file_gone",
    "find",
    "get",
    "is_over",
    "listed",
    "mend_buttons",
    "progress",
    "put",
    "recall",
    "retry",
    "rewrite",
    "schedule",
    "text_for",
    "unschedule",
    "with_effects",
]

PASSING = tuple(cause.value for cause in Cause if cause.is_retried)
"""Causes of failing that may have passed; a person's own causes pass when they come back."""
OF_THE_PERSON = tuple(cause.value for cause in Cause if cause.of_the_person)


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or document that goes with an announcement: at `path`, or known to Telegram already as `remote`."""

    path: str = ""
    picture: bool = False
    name: str = ""
    remote: str | None = None

    def as_json(self) -> dict[str, Any]:
        """As a notice keeps it."""
        return {"path": self.path, "picture": self.picture, "name": self.name, "remote": self.remote}


def compose(
    session: Session,
    *,
    author: int | None,
    texts: Mapping[str, str],
    audience: Mapping[str, Any],
    now: datetime,
    language: str = "en",
    topic: str = "news",
    buttons: Sequence[Mapping[str, Any]] = (),
    file: Attached | None = None,
    due: datetime | None = None,
) -> int:
    """Begin an announcement, as a draft. `language` is whose text everyone reads who has none in their own.

    `due`: when it is meant to be sent, if that is known already. `texts`: language to Telegram HTML. `buttons`:
    `{"label": {language: text}, "url": ...}`. Returns its id.
    """
    notice = Notice(
        id=_first_number(session),
        key=f"announcement:{secrets.token_hex(8)}",
        kind=NoticeKind.ANNOUNCEMENT.value,
        topic=topic,
        language=language,
        audience=dict(audience),
        buttons=[dict(button) for button in buttons],
        file=file.as_json() if file else None,
        author=author,
        created=now,
        due=due or now,
    )
    session.add(notice)
    session.flush()
    assert notice.id is not None  # given by the flush
    _put_texts(session, notice.id, texts)
    return notice.id


def _first_number(session: Session) -> int | None:
    """1, where SQLite would count on from a test-send's number, which is below 0; None: the store gives the next."""
    if session.get_bind().dialect.name != "sqlite":
        return None
    return None if session.exec(select(Notice.id).where(col(Notice.id) > 0).limit(1)).first() else 1


def rewrite(session: Session, notice: int, texts: Mapping[str, str]) -> int:
    """Replace the texts. Messages that were sent already are edited to them. Returns the texts' number.

    An approval given to other texts no longer counts.
    """
    found = notices.get(session, notice, lock=True)
    _put_texts(session, notice, texts)
    if found.started is not None:
        found.revision += 1
    found.approved_by = None
    session.add(found)
    session.flush()
    return found.revision


def aim(session: Session, notice: int, audience: Mapping[str, Any]) -> None:
    """Choose to whom it goes, while it is a draft. An approval given to another audience no longer counts."""
    found = _draft(session, notice)
    found.audience = dict(audience)
    found.approved_by = None
    session.add(found)
    session.flush()


def approve(session: Session, notice: int, organizer: int) -> bool:
    """A second organizer agrees. False: it is the author, whose own approval does not count."""
    found = notices.get(session, notice, lock=True)
    if found.author == organizer:
        return False
    found.approved_by = organizer
    session.add(found)
    session.flush()
    return True


def put(session: Session, notice: int, **fields: Any) -> None:
    """Set a draft's `buttons`, `file` or `topic`. An approval given to others no longer counts."""
    found = _draft(session, notice)
    for name, value in fields.items():
        setattr(found, name, value)
    found.approved_by = None
    session.add(found)
    session.flush()


def mend_buttons(session: Session, notice: int, buttons: Sequence[Mapping[str, Any]]) -> None:
    """Put other buttons below what is paused; below messages that arrived they are changed as well."""
    found = notices.get(session, notice, lock=True)
    found.buttons = [dict(button) for button in buttons]
    found.revision += 1
    session.add(found)
    session.flush()


def schedule(session: Session, notice: int, at: datetime, now: datetime) -> None:
    """Send it at this moment (`now` or before: at once). The caller has asked for `blockers` and twice."""
    found = _draft(session, notice)
    found.due = max(at, now)
    session.add(found)
    session.flush()
    if found.audience.get("channel"):
        audiences.add(session, notice, [THE_CHANNEL], found.due)
    notices.move(session, notice, NoticeState.SCHEDULED, now)


def unschedule(session: Session, notice: int, now: datetime) -> bool:
    """Make it a draft again, if it has not begun. False: it is a draft already."""
    moved = notices.move(session, notice, NoticeState.DRAFT, now)
    session.execute(delete(Delivery).where(col(Delivery.notice_id) == notice))  # the post in the channel
    return moved


def discard(session: Session, notice: int) -> None:
    """Throw a draft away."""
    found = _draft(session, notice)
    session.execute(delete(NoticeText).where(col(NoticeText.notice_id) == notice))
    session.delete(found)
    session.flush()


def blockers(session: Session, notice: int, *, size: int, approval: bool) -> tuple[Message, ...]:
    """What keeps it from being sent; empty: nothing. `size` is the audience's, `approval` whether one is needed."""
    found = notices.get(session, notice)
    return announcement_rules.blockers(
        notices.texts(session, notice),
        found.language,
        has_file=found.file is not None,
        file_gone=file_gone(found),
        size=size,
        approved=not approval or found.approved_by is not None,
        buttons=found.buttons,
    )


def file_gone(notice: Notice) -> bool:
    """Whether its file was to be read from a place where there is none now."""
    file = notice.file
    return file is not None and not file.get("remote") and not Path(file["path"]).is_file()


def progress(session: Session, notice: int, *, rate: float, now: datetime) -> Progress:
    """How far it is; `rate` is in messages a second, to tell when it will be finished."""
    found = notices.get(session, notice)
    tally, post = dict(deliveries.counts(session, notice)), _post(session, notice)
    if post is not None:
        tally[DeliveryState(post.state), post.cause] -= 1
    of = {each: sum(number for (s, _), number in tally.items() if s is each) for each in DeliveryState}
    left = of[DeliveryState.PLANNED] + of[DeliveryState.CLAIMED] + of[DeliveryState.GOING]
    running = found.state == NoticeState.RUNNING.value
    return Progress(
        of[DeliveryState.SENT],
        left,
        of[DeliveryState.UNCERTAIN],
        of[DeliveryState.RECALLED],
        _causes(tally, DeliveryState.FAILED),
        _causes(tally, DeliveryState.SKIPPED),
        found.started,
        found.finished,
        now + timedelta(seconds=left / rate) if running else None,
        post.state if post is not None else "",
        by_mail=deliveries.sent_by(session, notice, MAIL) if of[DeliveryState.SENT] else 0,
    )


def is_over(session: Session, notice: int, now: datetime) -> bool:
    """Whether nothing more will happen to it by itself: nothing is under way, and nothing waits to be deleted."""
    found = notices.get(session, notice)
    if not NoticeState(found.state).is_over:
        return False
    under_way = select(Delivery.id).where(Delivery.notice_id == notice, col(Delivery.state).in_(deliveries.IN_HAND))
    if session.exec(under_way.limit(1)).first() is not None:
        return False
    return found.recalled is None or not deliveries.recallable(session, notice, now - RECALLABLE)


def with_effects(session: Session, notice: int, so_far: Progress) -> Progress:
    """The same with what its readers did after they got it."""
    got = (col(Delivery.notice_id) == notice, col(Delivery.state) == DeliveryState.SENT.value)
    topic = notices.get(session, notice).topic
    stopped = select(func.count()).where(
        *got, OptOut.person_id == Delivery.person_id, OptOut.topic == topic, col(OptOut.at) >= col(Delivery.settled)
    )
    began = select(func.count(func.distinct(col(DraftRow.person_id)))).where(
        *got, DraftRow.person_id == Delivery.person_id, col(DraftRow.started) >= col(Delivery.settled)
    )
    sent = select(func.count(func.distinct(col(EntryRow.person_id)))).where(
        *got, EntryRow.person_id == Delivery.person_id, col(EntryRow.submitted) >= col(Delivery.settled)
    )
    counted = [session.exec(query).one() for query in (stopped, began, sent)]
    read = select(PersonRow.language, func.count()).where(*got, PersonRow.id == Delivery.person_id)
    by_size = read.group_by(PersonRow.language).order_by(func.count().desc(), col(PersonRow.language))
    languages = dict(session.exec(by_size).all())
    return replace(so_far, opted_out=counted[0], began=counted[1], submitted=counted[2], languages=languages)


def retry(session: Session, notice: int, now: datetime) -> int:
    """Plan again what failed for a cause that may have passed, whoever can be written to again, and the post in a
    channel: its owner may have let the bot in.
    """
    passing = deliveries.retry_failed(session, notice, PASSING, now)
    post = deliveries.retry_failed(session, notice, OF_THE_PERSON, now, rows(literal(THE_CHANNEL)))
    return passing + post + deliveries.retry_failed(session, notice, OF_THE_PERSON, now, audiences.reachable_people())


def recall(session: Session, notice: int, now: datetime) -> int:
    """Delete what was sent less than 48 hours ago, and send nothing more. Returns how many messages go."""
    found = notices.get(session, notice, lock=True)
    if NoticeState(found.state) in (NoticeState.RUNNING, NoticeState.PAUSED):
        notices.move(session, notice, NoticeState.STOPPED, now)
    found.recalled = now
    session.add(found)
    session.flush()
    return deliveries.recallable(session, notice, now - RECALLABLE)


def get(session: Session, notice: int) -> Notice:
    """The announcement of this number; LookupError when there is none: other notices have numbers as well."""
    found = notices.get(session, notice)
    if found.kind != NoticeKind.ANNOUNCEMENT.value:
        raise LookupError(f"notice {notice} is no announcement")
    return found


def find(session: Session, notice: int) -> Notice | None:
    """The announcement of this number; None when there is none, or it was thrown away."""
    found = session.get(Notice, notice)
    return found if found is not None and found.kind == NoticeKind.ANNOUNCEMENT.value else None


def listed(session: Session, limit: int = 20, before: int | None = None) -> list[Notice]:
    """The announcements, newest first; those before a number, when one is given."""
    query = select(Notice).where(Notice.kind == NoticeKind.ANNOUNCEMENT.value)
    if before is not None:
        query = query.where(col(Notice.id) < before)
    return list(session.exec(query.order_by(col(Notice.id).desc()).limit(limit)))


def _draft(session: Session, notice: int) -> Notice:
    found = notices.get(session, notice, lock=True)
    if found.state != NoticeState.DRAFT.value:
        raise notices.WrongMove(f"notice {notice} is {found.state}: only a draft can be changed")
    return found


def _put_texts(session: Session, notice: int, texts: Mapping[str, str]) -> None:
    session.execute(delete(NoticeText).where(col(NoticeText.notice_id) == notice))
    session.add_all(NoticeText(notice_id=notice, language=language, html=text) for language, text in texts.items())
    session.flush()


def _post(session: Session, notice: int) -> Delivery | None:
    """The row of the post in a channel, when there is one: it is no person."""
    row = select(Delivery).where(Delivery.notice_id == notice, Delivery.person_id == THE_CHANNEL)
    return session.exec(row).one_or_none()


def _causes(tally: Mapping[tuple[DeliveryState, str | None], int], state: DeliveryState) -> dict[str, int]:
    return {cause or "": number for (each, cause), number in sorted(tally.items(), key=str) if each is state and number}
