"""What a button below an announcement may be: one rule for the chat, for files, and before anything is sent."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit

from dialogs.domain.messages import M, Message
from dialogs.text.html_subset import LINK

__all__ = ["LONGEST_LABEL", "MOST", "address_of", "is_button", "too_long"]

MOST = 3
LONGEST_LABEL = 40
"""Characters: more do not fit beside each other on a phone."""


def address_of(text: str) -> str | None:
    """Where a button leads, completed to `https://`; None for what Telegram would refuse or would lead people astray.

    `https://www.itu.int@evil.example/` shows one name and opens another.
    """
    address = text.strip()
    address = address if "://" in address else f"https://{address}"
    if not LINK.fullmatch(address):
        return None
    try:
        parts = urlsplit(address)
        host, _ = parts.hostname or "", parts.port
    except ValueError:
        return None
    good = "." in host.strip(".") and "@" not in parts.netloc and ".." not in host
    return address if good else None


def too_long(label: str) -> Message | None:
    """What is wrong with the words on a button; None: nothing is."""
    if len(label) <= LONGEST_LABEL:
        return None
    return M("announcement.label_too_long", len(label), most=LONGEST_LABEL)


def is_button(button: Any) -> bool:
    """Whether it can be sent as it is: `{"label": {language: words}, "url": address}`."""
    if not isinstance(button, Mapping) or set(button) != {"label", "url"}:
        return False
    labels, url = button["label"], button["url"]
    words = list(labels.values()) if isinstance(labels, Mapping) else []
    fit = all(isinstance(each, str) and len(each) <= LONGEST_LABEL for each in words)
    return fit and any(each.strip() for each in words) and isinstance(url, str) and address_of(url) == url
