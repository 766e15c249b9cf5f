"""The ids that letters bear: the same whenever a letter is made again, and nobody else can think them up.

`<number of the delivery>.<code>`, the code made with the service's own key. An answer names the letter that it answers
by this id, and is taken for its reader's: the address in From proves nothing.
"""

from __future__ import annotations

import hmac
import re

from sqlmodel import Session

from dialogs.domain.channels import MAIL
from storage.messaging.deliveries import Delivery
from storage.tables import LetterKeyRow

__all__ = ["find", "of"]

ID = re.compile(r"(\d{1,18})\.([0-9a-f]{32})@")
ONLY = 1


def of(session: Session, delivery: int) -> str:
    """The id of a delivery's letter, without the part after the `@`."""
    return f"{delivery}.{_code(session, delivery)}"


def find(session: Session, text: str) -> Delivery | None:
    """The delivery whose letter a Message-ID names, or the last one that a list of them does; None: none of ours."""
    for number, code in reversed(ID.findall(text)[-MOST:]):
        row = session.get(Delivery, int(number))
        if row is not None and row.channel == MAIL and hmac.compare_digest(code, _code(session, int(number))):
            return row
    return None


MOST = 20
"""Ids of a list that are looked up: a long conversation's newest."""


def _code(session: Session, delivery: int) -> str:
    key = session.get_one(LetterKeyRow, ONLY).key
    return hmac.new(bytes.fromhex(key), f"letter/{delivery}".encode(), "sha256").hexdigest()[:32]
