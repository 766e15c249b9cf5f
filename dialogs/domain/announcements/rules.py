"""What keeps an announcement from being sent."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from datetime import timedelta
from typing import Any

from dialogs.domain.announcements.button_rules import is_button
from dialogs.domain.announcements.fields import faults, longest
from dialogs.domain.messages import LanguageName, M, Message
from dialogs.text.html_subset import units

__all__ = ["LONGEST", "LONGEST_WITH_FILE", "PUBLIC_CHANNEL", "RECALLABLE", "blockers", "text_for", "too_long"]

LONGEST = 4096
"""UTF-16 units of a message's text after its mark-up is read (Telegram's limit)."""
LONGEST_WITH_FILE = 1024
"""The same for the text below a picture or document."""
RECALLABLE = timedelta(hours=48)
"""Telegram lets bots delete messages this long."""
PUBLIC_CHANNEL = re.compile(r"@[A-Za-z]\w{3,31}|-100\d{6,13}")
"""A public channel's name, or its number (Bot API, `chat_id`)."""


def blockers(
    texts: Mapping[str, str],
    language: str,
    *,
    has_file: bool,
    file_gone: bool,
    size: int,
    approved: bool,
    buttons: Iterable[Any] = (),
) -> tuple[Message, ...]:
    """A line for each thing that is missing; empty: nothing is. `approved`: also when no approval is needed."""
    found = _about_texts(texts, language, LONGEST_WITH_FILE if has_file else LONGEST)
    if size == 0:
        found.append(M("announce.blocker.no_audience"))
    if not all(is_button(button) for button in buttons):
        found.append(M("announce.blocker.button"))
    if file_gone:
        found.append(M("announce.blocker.no_file"))
    if not approved:
        found.append(M("announce.blocker.not_approved"))
    return tuple(found)


def _about_texts(texts: Mapping[str, str], language: str, longest: int) -> list[Message]:
    found: list[Message] = []
    if not any(text.strip() for text in texts.values()):
        found.append(M("announce.blocker.no_text"))
    elif not texts.get(language, "").strip():
        found.append(M("announce.blocker.no_fallback", language=LanguageName(language, own=False)))
    for each, text in sorted(texts.items()):
        found += faults(text, each)
    over = (too_long(text, each, longest) for each, text in sorted(texts.items()))
    return found + [each for each in over if each is not None]


def too_long(text: str, language: str, most: int) -> Message | None:
    """How much longer a text may get than Telegram takes, with the longest values in its fields; None: it does not."""
    excess = units(longest(text)) - most
    return M("announce.blocker.too_long", excess, language=LanguageName(language, own=False)) if excess > 0 else None


def text_for(texts: Mapping[str, str], language: str, fallback: str) -> tuple[str, str]:
    """The text a reader of `language` gets, and its language: their own, its base (`pt` for `pt-BR`), the
    announcement's own, else any there is. LookupError: there is none at all."""
    for candidate in (language, language.partition("-")[0], fallback, *sorted(texts)):
        if texts.get(candidate, "").strip():
            return candidate, texts[candidate]
    raise LookupError("an announcement without any text")
