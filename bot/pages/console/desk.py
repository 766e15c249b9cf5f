"""The console's help desk: what people wrote, by list; answered, given to somebody and closed where it stands."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.app import App
from bot.pages.console.access import Organizer
from bot.pages.console.deeds import together
from bot.pages.console.pages import console_page
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.inbox import (
    AnswerLetter,
    AssignLetter,
    CloseLetter,
    DeskList,
    ListHelpers,
    ListLetters,
    ReadLetter,
)
from dialogs.organizers.inbox import LISTS, LONGEST, standing
from dialogs.organizers.team import named

__all__ = ["letters", "request_for"]

AT_ONCE = 20
LONGEST_NUMBER = 15
"""Digits of a number in a form: what is longer is nobody's."""


async def letters(app: App, who: Organizer, asked: Mapping[str, str]) -> web.Response:
    """One list of the desk."""
    shown = DeskList(asked["show"]) if asked.get("show") in set(DeskList) else DeskList.WAITING
    number = max(1, _number(asked.get("page", "")) or 1)
    looked_at = [ListLetters(shown, (number - 1) * AT_ONCE, AT_ONCE), ListHelpers()]
    desk, helpers, sent = await together(app, who, [*looked_at, ReadLetter(_number(asked.get("sent", "")) or 0)])
    return console_page(
        *("desk.html", app, who, "/desk"),
        desk=desk,
        helpers=helpers,
        lists=LISTS,
        named=named,
        standing=standing,
        number=number,
        last=max(1, -(-desk.number // AT_ONCE)),
        sent=sent,
    )


def request_for(form: Mapping[str, str], person: int) -> OrganizersRequest | None:
    """What a form asks for about a letter; None for what no form of ours says."""
    id, what = _number(form.get("letter", "")), form.get("do", "")
    if id is None:
        return None
    words = clean(form.get("text", "")).strip()
    if what == "answer" and not is_blank(words) and too_long(words, LONGEST) is None:
        return AnswerLetter(id, words)
    to = _number(form.get("person", ""))
    deeds: Mapping[str, OrganizersRequest] = {
        "take": AssignLetter(id, person),
        "free": AssignLetter(id, None),
        "close": CloseLetter(id),
        "reopen": CloseLetter(id, closed=False),
        **({"assign": AssignLetter(id, to)} if to is not None else {}),
    }
    return deeds.get(what)


def _number(text: str) -> int | None:
    return int(text) if text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER else None
