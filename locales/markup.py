"""How a channel writes text: what it must escape, and whether it has an entity for moments."""

from __future__ import annotations

import html
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from dialogs.text import html_subset

__all__ = ["HTML", "PLAIN", "TELEGRAM", "Markup"]


@dataclass(frozen=True, slots=True)
class Markup:
    """`escape` makes any text safe. `moment`, where there is one, wraps an escaped date and time in an entity
    that the reader's app shows in the reader's own clock. `rich` writes formatted words (`text.html_subset`)."""

    name: str
    escape: Callable[[str], str]
    moment: Callable[[str, datetime], str] | None = None
    rich: Callable[[str], str] = html_subset.readable


def _telegram_escape(text: str) -> str:
    return html.escape(text, quote=False)


def _telegram_moment(text: str, at: datetime) -> str:
    """Telegram's `date_time` entity (Bot API, date-time entity formatting): weekday, long date, time."""
    return f'<tg-time unix="{int(at.timestamp())}" format="wDt">{text}</tg-time>'


PLAIN = Markup("plain", str)
"""As it is: for terminals, buttons, files."""

HTML = Markup("html", html.escape, rich=html_subset.for_pages)
"""For a web page: safe between tags and in attributes."""

TELEGRAM = Markup("telegram", _telegram_escape, _telegram_moment, rich=str)
"""For Telegram's parse mode HTML."""
