"""Announcements: texts per language to an audience at a time, from the first draft to the last figure.

The life of one: `compose` -> `rewrite`, `aim` -> `blockers` -> `approve` -> `schedule` -> (the courier sends)
-> `progress`; meanwhile `notices.move` pauses, resumes and stops; afterwards `rewrite` edits what was sent
and `recall` deletes it.
"""

from __future__ import annotations

import html
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlmodel import Session, col, delete, select

from dialogs.messages import M, Message, Tongue
from storage import deliveries, notices
from storage.deliveries import DeliveryState
from storage.notices import Notice, NoticeKind, NoticeState, NoticeText

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
    "listed",
    "progress",
    "recall",
    "rewrite",
    "schedule",
    "text_for",
    "unschedule",
]

LONGEST = 4096
"""UTF-16 units of a message's text after its mark-up is read (Telegram's limit)."""
LONGEST_WITH_FILE = 1024
"""The same for the text below a picture or document."""
RECALLABLE = timedelta(hours=48)
"""Telegram lets bots delete messages this long."""

TAG = re.compile(r"<[^>]*>")


@dataclass(frozen=True, slots=True)
class Attached:
    """A picture or document that goes with an announcement."""

    path: str
    picture: bool = False


@dataclass(frozen=True, slots=True)
class Progress:
    """How far an announcement is. `failed` and `skipped` count by cause; `finishes` None: it is not running."""

    state: NoticeState
    sent: int
    left: int
    uncertain: int
    recalled: int
    failed: Mapping[str, int] = field(default_factory=dict)
    skipped: Mapping[str, int] = field(default_factory=dict)
    started: datetime | None = None
    finished: datetime | None = None
    finishes: datetime | None = None

    @property
    def total(self) -> int:
        """Everyone it was planned for so far."""
        settled = self.sent + self.uncertain + self.recalled
        return settled + self.left + sum(self.failed.values()) + sum(self.skipped.values())


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
) -> int:
    """Begin an announcement, as a draft. `language` is whose text everyone reads who has none in their own.

    `texts`: language to Telegram HTML. `buttons`: `{"label": {language: text}, "url": ...}`. Returns its id.
    """
    notice = Notice(
        key=f"announcement:{secrets.token_hex(8)}",
        kind=NoticeKind.ANNOUNCEMENT.value,
        topic=topic,
        language=language,
        audience=dict(audience),
        buttons=[dict(button) for button in buttons],
        file={"path": file.path, "picture": file.picture, "remote": None} if file else None,
        author=author,
        created=now,
        due=now,
    )
    session.add(notice)
    session.flush()
    assert notice.id is not None  # given by the flush
    _put_texts(session, notice.id, texts)
    return notice.id


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


def schedule(session: Session, notice: int, at: datetime, now: datetime) -> None:
    """Send it at this moment (`now` or before: at once). The caller has asked for `blockers` and twice."""
    found = _draft(session, notice)
    found.due = max(at, now)
    session.add(found)
    session.flush()
    notices.move(session, notice, NoticeState.SCHEDULED, now)


def unschedule(session: Session, notice: int, now: datetime) -> bool:
    """Make it a draft again, if it has not begun. False: it is a draft already."""
    return notices.move(session, notice, NoticeState.DRAFT, now)


def blockers(session: Session, notice: int, *, size: int, approval: bool) -> tuple[Message, ...]:
    """What keeps it from being sent; empty: nothing. `size` is the audience's, `approval` whether one is needed."""
    found = notices.get(session, notice)
    texts = notices.texts(session, notice)
    found_blockers: list[Message] = []
    if not any(text.strip() for text in texts.values()):
        found_blockers.append(M("announce.blocker.no_text"))
    elif not texts.get(found.language, "").strip():
        found_blockers.append(M("announce.blocker.no_fallback", language=Tongue(found.language, own=False)))
    found_blockers += _too_long(texts, LONGEST_WITH_FILE if found.file else LONGEST)
    if size == 0:
        found_blockers.append(M("announce.blocker.no_audience"))
    if found.file and not found.file.get("remote") and not Path(found.file["path"]).is_file():
        found_blockers.append(M("announce.blocker.no_file"))
    if approval and found.approved_by is None:
        found_blockers.append(M("announce.blocker.not_approved"))
    return tuple(found_blockers)


def text_for(texts: Mapping[str, str], language: str, fallback: str) -> tuple[str, str]:
    """The text a reader of `language` gets, and its language: their own, its base (`pt` for `pt-BR`), the
    announcement's own, else any there is. LookupError: there is none at all."""
    for candidate in (language, language.partition("-")[0], fallback, *sorted(texts)):
        if texts.get(candidate, "").strip():
            return candidate, texts[candidate]
    raise LookupError("an announcement without any text")


def progress(session: Session, notice: int, *, rate: float, now: datetime) -> Progress:
    """How far it is; `rate` is in messages a second, to tell when it will be finished."""
    found = notices.get(session, notice)
    state = NoticeState(found.state)
    tally = deliveries.counts(session, notice)
    of = {each: sum(number for (s, _), number in tally.items() if s is each) for each in DeliveryState}
    left = of[DeliveryState.PLANNED] + of[DeliveryState.CLAIMED]
    running = state is NoticeState.RUNNING
    return Progress(
        state,
        of[DeliveryState.SENT],
        left,
        of[DeliveryState.UNCERTAIN],
        of[DeliveryState.RECALLED],
        _causes(tally, DeliveryState.FAILED),
        _causes(tally, DeliveryState.SKIPPED),
        found.started,
        found.finished,
        now + timedelta(seconds=left / rate) if running else None,
    )


def recall(session: Session, notice: int, now: datetime) -> int:
    """Delete what was sent less than 48 hours ago, and send nothing more. Returns how many messages go."""
    found = notices.get(session, notice, lock=True)
    if NoticeState(found.state) in (NoticeState.RUNNING, NoticeState.PAUSED):
        notices.move(session, notice, NoticeState.STOPPED, now)
    found.recalled = now
    session.add(found)
    session.flush()
    return deliveries.recallable(session, notice, now - RECALLABLE)


def listed(session: Session, limit: int = 20) -> list[Notice]:
    """The announcements, newest first."""
    query = select(Notice).where(Notice.kind == NoticeKind.ANNOUNCEMENT.value)
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


def _too_long(texts: Mapping[str, str], longest: int) -> list[Message]:
    over = {language: _units(text) - longest for language, text in texts.items()}
    return [
        M("announce.blocker.too_long", excess, language=Tongue(language, own=False))
        for language, excess in sorted(over.items())
        if excess > 0
    ]


def _units(text: str) -> int:
    """Length as Telegram counts it: UTF-16 units, mark-up not counted."""
    return len(html.unescape(TAG.sub("", text)).encode("utf-16-le")) // 2


def _causes(tally: Mapping[tuple[DeliveryState, str | None], int], state: DeliveryState) -> dict[str, int]:
    return {cause or "": number for (each, cause), number in sorted(tally.items(), key=str) if each is state}
