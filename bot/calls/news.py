"""News that the service sends by itself, as screens: decided and worded at the moment of sending."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlmodel import Session

from dialogs.messages import M, Moment
from dialogs.screens import Choice, Kind, Line, Screen, Style
from storage import audiences, call_news
from storage.audiences import Audience
from storage.notices import Notice, NoticeKind

__all__ = ["screen_of"]


def screen_of(session: Session, notice: Notice, person: int) -> Screen | None:
    """What this person is told now; None when it no longer concerns them."""
    return KINDS[NoticeKind(notice.kind)](session, notice, person)


def _close_moved(session: Session, notice: Notice, person: int) -> Screen | None:
    moved = call_news.read_key(notice.key)
    if not call_news.still_true(session, moved):
        return None
    if not audiences.holds(session, Audience.of(notice.audience), notice.topic, person):
        return None
    later, closes = moved.closes > moved.before, Moment(moved.closes)
    lines = (
        Line(Kind.TITLE, M("extended.title") if later else M("shortened.title")),
        Line(Kind.TEXT, M("extended.closes", closes=closes) if later else M("shortened.closes", closes=closes)),
    )
    go_on = Choice("remind:continue:", M("remind.continue"), Style.PRIMARY)
    return Screen("news/close", lines, ((go_on,),))


KINDS: Mapping[NoticeKind, Callable[[Session, Notice, int], Screen | None]] = {NoticeKind.CALL: _close_moved}
