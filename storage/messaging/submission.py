"""Sending an entry, with what follows from it outside the entry: its receipt by mail, for whom letters reach."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlmodel import Session

from dialogs.domain.channels import MAIL
from dialogs.domain.effects import Submission, Submit
from dialogs.domain.notice import NoticeKind
from storage.announcements import audiences
from storage.entries import entries
from storage.messaging import notices, reach

__all__ = ["submit"]


def submit(session: Session, person: int, request: Submit, received: datetime) -> Submission:
    """Make the draft an entry; once. Where its author is written to by mail, the receipt follows them there.

    In an app it stands in the conversation already.
    """
    sent = entries.submit(session, person, request, received)
    if sent.again:
        return sent
    where = reach.reached(session, person, reach.OWN_AFFAIRS[1])
    if where is not None and where.channel == MAIL:
        about = f"{sent.reference}:{secrets.token_hex(4)}"
        notice = notices.service(session, NoticeKind.RECEIPT, about, received, id=notices.unnumbered())
        audiences.add(session, notice, [person], received, channel=MAIL)
    return sent
