"""What a browser posts, as what the person did."""

from __future__ import annotations

import asyncio
import hashlib
import re
from collections.abc import Mapping
from datetime import datetime

from aiohttp import web

from dialogs.answers.text import clean
from dialogs.domain.events import Chose, Commanded, Event, Odd, Said, Sent

__all__ = ["LONGEST", "event_of", "is_too_long", "plain_form", "update_of"]

LONGEST = 20_000
"""Characters of a text that are taken: several times the longest answer there is. More is refused, never cut."""

LONGEST_ARGUMENT = 64
"""Characters behind a command of a form: as many as a link's."""

PATIENCE = 30.0
"""Seconds within which a form of plain fields must have come."""

UPDATE = re.compile(r"[\w-]{8,64}", re.ASCII)
YEAR = re.compile(r"\d{4}", re.ASCII)
MONTH = re.compile(r"\d{2}", re.ASCII)
COMMAND = re.compile(r"/(\w{1,32})(?:\s+(.*))?", re.DOTALL)


async def plain_form(request: web.Request) -> dict[str, str]:
    """The fields of a form without files. Raises the refusal of one that is none, or comes too slowly."""
    if request.content_type.startswith("multipart/"):
        raise web.HTTPUnsupportedMediaType
    try:
        async with asyncio.timeout(PATIENCE):
            form = await request.post()
    except TimeoutError:
        raise web.HTTPRequestTimeout from None
    except (ValueError, LookupError, web.RequestPayloadError):  # no text in the charset that it names, or in any
        raise web.HTTPBadRequest from None
    return {key: value for key, value in form.items() if isinstance(value, str)}


def update_of(form: Mapping[str, str], event: Event, fresh: str) -> str:
    """Under which id the form counts once.

    Its own id and what was done with it: the same thing sent again has no second effect, while another button of the
    same form, or a corrected text after the browser's Back, is something new. A form without an id is always new.
    """
    own = form.get("update", "")
    if not UPDATE.fullmatch(own):
        return fresh
    return f"{own}-{hashlib.sha256(_done(event).encode()).hexdigest()[:12]}"


def _done(event: Event) -> str:
    """What was done, in words that are the same whenever it is done again."""
    if isinstance(event, Chose):
        return f"chose {event.code}"
    if isinstance(event, Commanded):
        return f"commanded {event.name} {event.argument}"
    if isinstance(event, Said):
        return f"said {event.text}"
    if isinstance(event, Sent):
        return f"sent {event.file.name} {event.file.size}"
    return "nothing"


def is_too_long(form: Mapping[str, str]) -> bool:
    """Whether a text is longer than anything that is taken."""
    return len(form.get("text", "")) > LONGEST


def event_of(form: Mapping[str, str], at: datetime) -> Event:
    """A choice, a command, or a text without control characters; a month that was picked is a text too."""
    if form.get("choice"):
        return Chose(clean(form["choice"])[:200], form.get("place", "")[:40], at)
    if form.get("command"):
        return Commanded(clean(form["command"])[:40], at, clean(form.get("argument", ""))[:LONGEST_ARGUMENT])
    text = clean(form.get("text", "")) or _picked_month(form)
    command = COMMAND.fullmatch(text.strip())
    if command is not None:
        return Commanded(command[1], at, command[2] or "")
    return Said(text, at, whole=form.get("whole") == "1") if text.strip() else Odd("empty", at)


def _picked_month(form: Mapping[str, str]) -> str:
    """The month of two fields, as `YYYY-MM`; empty when they hold none."""
    year, month = form.get("year", ""), form.get("month", "")
    return f"{year}-{month}" if YEAR.fullmatch(year) and MONTH.fullmatch(month) else ""
