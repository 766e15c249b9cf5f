"""News of a report: it is made, or it could not be."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from sqlmodel import Session

from dialogs.domain.messages import M
from dialogs.domain.notice import NoticeKind
from dialogs.domain.report import OrderState
from dialogs.domain.roles import Right, may
from dialogs.organizers.reports import standing, what
from dialogs.screens import Kind, Line, Screen
from storage.messaging.notices import Notice
from storage.organizers import organizers
from storage.report import orders

__all__ = ["SCREENS"]


def _made(session: Session, notice: Notice, person: int) -> Screen | None:
    """The report that this organizer asked for; None when it is gone by now, or they are no organizer any more."""
    found = orders.find(session, int(notice.key.partition(":")[2]))
    if found is None or not may(organizers.role_of(session, person), Right.REPORT):
        return None
    order, file = found
    if order.state not in (OrderState.MADE, OrderState.FAILED):
        return None
    lines = [Line(Kind.TITLE, what(order)), Line(Kind.TEXT, standing(order))]
    if file:
        lines.append(Line(Kind.HINT, M("reports.where")))
    return Screen("news/report", tuple(lines))


SCREENS: Mapping[NoticeKind, Callable[[Session, Notice, int], Screen | None]] = {NoticeKind.REPORT: _made}
