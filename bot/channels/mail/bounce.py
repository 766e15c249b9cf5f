"""A letter that came back: what a delivery status notification (RFC 3464) says of which letter of ours, or a complaint
of its reader (RFC 5965).

Anybody can send such a notice. It counts only with the letter's own secret, which stands in the headers of the returned
letter and nowhere else.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from email import message_from_string
from email.message import Message
from email.policy import compat32

from dialogs.domain.notice import Cause

__all__ = ["Bounce", "bounce_of", "cause_of"]

TOKEN = re.compile(r"/letter/([\w-]{16,64})/stop>")
STATUS = re.compile(r"[245]\.\d{1,3}\.\d{1,3}")
COMPLAINT = "complaint"

READERS: tuple[tuple[str, Cause], ...] = (
    ("5.1.", Cause.NOT_FOUND),
    ("5.2.1", Cause.DEACTIVATED),
    ("5.2.2", Cause.UNREACHABLE),
    ("5.4.", Cause.UNREACHABLE),
    ("5.", Cause.REFUSED),
)
"""What the enhanced codes of a refused reader mean (RFC 3463)."""


@dataclass(frozen=True, slots=True)
class Bounce:
    """`token` and `message_id` are of the letter that came back, `status` its enhanced code (5.1.1), or `complaint`."""

    token: str
    message_id: str
    status: str

    @property
    def cause(self) -> Cause:
        """Why it came back. Who complained wants nothing more: as if they had blocked us."""
        return Cause.BLOCKED if self.status == COMPLAINT else cause_of(self.status)


def cause_of(status: str) -> Cause:
    """What an enhanced code of a refusal, such as 5.1.1, means for its reader."""
    return next((cause for prefix, cause in READERS if status.startswith(prefix)), Cause.REFUSED)


def bounce_of(found: Message) -> Bounce | None:
    """What a returned letter says; None: it is no final failure (5.x.x), and no complaint."""
    if found.get_content_type() != "multipart/report":
        return None
    status, returned = "", ""
    for part in found.walk():
        kind = part.get_content_type()
        if kind == "message/delivery-status":
            status = status or _status(part)
        elif kind == "message/feedback-report":
            status = COMPLAINT
        elif kind in ("message/rfc822", "text/rfc822-headers"):
            returned = returned or _content(part)
    if not (status.startswith("5.") or status == COMPLAINT) or not returned:
        return None
    headers = message_from_string(returned, policy=compat32)
    token = TOKEN.search(str(headers.get("List-Unsubscribe", "")))
    return Bounce(token[1], str(headers.get("Message-ID", "")).strip(), status) if token else None


def _content(part: Message) -> str:
    """The letter that came back, or its headers, as text."""
    payload = part.get_payload()
    if isinstance(payload, list):
        return payload[0].as_string() if payload and isinstance(payload[0], Message) else ""
    return payload if isinstance(payload, str) else ""


def _status(part: Message) -> str:
    """The code of the first reader whom the notice says to have failed; a letter of ours has one."""
    blocks = part.get_payload()
    for block in blocks if isinstance(blocks, list) else ():
        if isinstance(block, Message) and str(block.get("Action", "")).strip().lower() == "failed":
            code = STATUS.search(str(block.get("Status", "")))
            return code[0] if code is not None else ""
    return ""
