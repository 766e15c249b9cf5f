"""How a call stands, in words: what the first page says of it, before any conversation is loaded."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dialogs.domain.conversation import Call, CallState
from dialogs.domain.messages import M, Moment
from dialogs.screens import Kind, Line

__all__ = ["standing_of_call"]


def standing_of_call(call: Call, at: datetime) -> Iterable[Line]:
    """How the call stands: when it opens, when it closes and how many days are left, or that it is over."""
    state = call.state(at)
    if state is CallState.ANNOUNCED:
        yield Line(Kind.TEXT, M("call.opens", opens=Moment(call.opens)))
    elif state is CallState.OPEN:
        left = (call.late_until or call.closes) - at
        yield Line(Kind.TEXT, M("call.closes", closes=Moment(call.late_until or call.closes)))
        if left.days >= 1:
            yield Line(Kind.TEXT, M("call.days_left", left.days))
        else:
            yield Line(Kind.TEXT, M("call.hours_left", max(1, left.seconds // 3600)))
    else:
        yield Line(Kind.TEXT, M("call.closed", closes=Moment(call.closes), opens=Moment(call.opens)))
