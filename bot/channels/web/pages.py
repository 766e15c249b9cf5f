"""Pages from templates: every text in the reader's language, everything escaped."""

from __future__ import annotations

import base64
import hashlib
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bot.app import App
from bot.channels.web.chat import Page
from bot.channels.web.identity import CHANNEL, Visitor
from bot.channels.web.notices import is_news
from bot.charts.drawing import as_svg
from bot.export.csv_cells import BOM
from bot.export.csv_tables import as_csv, plainly
from bot.turns import screen_codec
from dialogs.account.home import standing_of_call
from dialogs.charts import Chart
from dialogs.messages import LanguageName, M, Message, Moment, Rich, Value
from dialogs.screens import Expect, Kind, Line, Screen, Style
from dialogs.state import Call
from locales.words import HTML, Words
from storage.calls import calls
from storage.people import people
from storage.tables import PersonRow

__all__ = ["KINDS", "Unsent", "chat", "landing", "leaving", "left", "problem", "verify"]

KINDS = {"css": "text/css; charset=utf-8", "js": "text/javascript; charset=utf-8", "svg": "image/svg+xml"}
"""The files of ours that a browser may ask for, by their ending."""

FIELDS = {
    Expect.EMAIL: {"inputmode": "email", "autocomplete": "email"},
    Expect.URL: {"inputmode": "url", "autocomplete": "url"},
    Expect.NUMBER: {"inputmode": "numeric", "autocomplete": "off"},
    Expect.SEARCH: {"inputmode": "search", "autocomplete": "off"},
}
"""Which keyboard a phone should show."""

NAMED = {
    "filling/contact_name": "name",
    "filling/contact_role": "organization-title",
    "filling/org_name": "organization",
}
"""Questions whose answer a browser may know."""

PROBLEMS = {
    403: "web.problem_elsewhere",
    404: "web.problem_not_found",
    405: "web.problem_method",
    408: "web.problem_slow",
    410: "web.problem_code",
    413: "web.problem_too_large",
    415: "web.problem_form",
    429: "web.problem_busy",
    500: "web.problem_ours",
    503: "web.problem_not_now",
}
"""What is said when a request cannot be answered, by its status."""

TYPED = (Expect.TEXT, Expect.LONG_TEXT, Expect.EMAIL, Expect.URL, Expect.NUMBER, Expect.SEARCH)
"""Answers that are typed: the field stands above the choices."""

LINK = re.compile(r"[\w-]{1,64}", re.ASCII)
"""What can stand behind `start` in a link."""

LONGEST_CODE = 40
"""Characters of a code to come back with, as somebody may type it."""

MENU = ("drafts", "sections", "review", "deadline", "search", "language", "help", "mydata", "contact", "leave")
"""Commands offered in the page's menu."""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.channels.web"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(static=_static, fresh=lambda: secrets.token_hex(12), Kind=Kind, Style=Style, M=M)
    return environment


@cache
def _static(name: str) -> str:
    """The address of a file of ours, which changes with its content."""
    content = (resources.files("bot.channels.web") / "static" / name).read_bytes()
    return f"/static/{hashlib.sha256(content).hexdigest()[:12]}/{name}"


async def landing(app: App, who: Visitor, asked: str | None, link: str = "", code: str = "") -> str:
    """What this is, until when, and a button to begin or to go on.

    `link` is what a personal link leads to. It is followed by the button, never by looking: programs that check e-mails
    open every address in them. `code` is one to come back with.
    """

    def look(session: Any) -> tuple[Call, str | None]:
        call = calls.current(session, app.turns.now())
        person = people.person_at(session, CHANNEL, who.address)
        known = session.get(PersonRow, person) if person is not None else None
        return call, known.language if known is not None else None

    call, language = await app.database.read(look)
    said = language if language and asked not in app.words.languages else who.language
    standing = [line.text for line in standing_of_call(call, app.turns.now())]
    offered = [(code, LanguageName(code)) for code in app.words.languages]
    known = language is not None
    link = link if LINK.fullmatch(link) else ""
    shown = {"known": known, "standing": standing, "offered": offered, "link": link, "code": code[:LONGEST_CODE]}
    return _render("landing.html", app, said, who.zone, **shown)


def chat(app: App, page: Page, who: Visitor | None) -> str:
    """The conversation with its open screen; `who` None: of a stranger, or of somebody who is one again."""
    screen = page.screen
    return _render(
        "chat.html",
        app,
        page.language,
        page.zone,
        page=page,
        owner=hashlib.sha256(f"page {who.address}".encode()).hexdigest()[:16] if who else "",
        screen=screen,
        progress=_progress(screen),
        field=_field(screen),
        long=screen.expects is Expect.LONG_TEXT,
        typed=screen.expects in TYPED,
        state=hashlib.sha256(screen_codec.dump((*page.news, screen)).encode()).hexdigest()[:12],
        pair=_pair,
        is_heading=_is_heading,
        is_news=is_news,
        takes_file=screen.expects is Expect.FILE,
        mistaken=any(line.kind is Kind.ERROR for line in screen.lines),
        menu=[(name, Message(f"menu.{name}")) for name in MENU],
        limit=_words_limit(screen),
        download=_download(page, app.words),
        drawn=lambda chart: _drawn(chart, app.words, page.language),
    )


def _drawn(chart: Chart, words: Words, language: str) -> str:
    """The address of a chart, which bears all of it: a browser has letters and fonts of its own."""
    return f"data:image/svg+xml;base64,{base64.b64encode(as_svg(chart, words, language).encode()).decode()}"


def _download(page: Page, words: Words) -> tuple[str, str] | None:
    """The name and the address of the screen's table, which bears all of it."""
    table = page.screen.table
    if table is None:
        return None
    text = BOM + as_csv(table, lambda value: plainly(value, words, page.language))
    return f"{table.name}.csv", f"data:text/csv;charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}"


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not taken: where it goes, its hidden fields, and what was typed, if anything was."""

    path: str
    hidden: Mapping[str, str]
    text: str | None


def problem(app: App, language: str, status: int, unsent: Unsent | None = None) -> str:
    """Why a request could not be answered, and the way back; with what was not taken, to be sent again."""
    key = PROBLEMS.get(status, "web.problem_ours" if status >= 500 else "web.problem_form")
    return _render("problem.html", app, language, None, what=Message(key), unsent=unsent)


def leaving(app: App, language: str, zone: str | None, code: str, link: str, until: datetime) -> str:
    """What leaving means, a code to come back with, and the button that does it."""
    return _render("leaving.html", app, language, zone, code=code, link=link, until=Moment(until))


def verify(app: App, who: Visitor, said: Sequence[Message], *, good: bool) -> str:
    """The page on which a receipt is checked; `said`: what was found, `good`: whether all is well."""
    return _render("verify.html", app, who.language, who.zone, said=said, good=good)


def left(app: App, language: str) -> str:
    """The page of somebody who has left: nothing of theirs is in this browser any more."""
    return _render("left.html", app, language, None)


def _pair(line: Line) -> tuple[Value, Value, bool] | None:
    """The label and the answer of a line of the check, and whether it was changed; None for other lines."""
    if isinstance(line.text, Message) and line.text.key in ("review.answer", "review.changed"):
        return line.text.values["label"], line.text.values["answer"], line.text.key == "review.changed"
    return None


def _is_heading(line: Line) -> bool:
    """Whether a line is a section's title among the answers."""
    return line.kind is Kind.HINT and isinstance(line.text, Message) and line.text.key.startswith("section.")


def _progress(screen: Screen) -> tuple[int, int] | None:
    """Which question of how many, for the bar."""
    for line in screen.lines:
        if line.kind is Kind.PROGRESS and isinstance(line.text, Message):
            number, total = line.text.values.get("number"), line.text.values.get("total")
            if isinstance(number, int) and isinstance(total, int):
                return number, max(total, number)
    return None


def _field(screen: Screen) -> dict[str, str]:
    attributes = dict(FIELDS.get(screen.expects, {"autocomplete": "off"}))
    if screen.name in NAMED:
        attributes["autocomplete"] = NAMED[screen.name]
    return attributes


def _words_limit(screen: Screen) -> int | None:
    """The most words of a long text, for a count beside the field."""
    for line in screen.lines:
        if isinstance(line.text, Message) and line.text.key == "hint.words_between":
            most = line.text.values.get("max")
            return most if isinstance(most, int) else None
        if isinstance(line.text, Message) and line.text.key == "hint.words_at_most":
            return line.text.count
    return None


def _render(template: str, app: App, language: str, zone: str | None, **values: Any) -> str:
    words = app.words

    def say(value: Value) -> str:
        if isinstance(value, Rich):
            return Markup(words.say(value, language, markup=HTML))
        return words.say(value, language, zone=zone)

    found = _templates().get_template(template)
    return found.render(say=say, language=language, direction=words.direction(language), foreign=_foreign, **values)


def _foreign(value: Value) -> str | None:
    """The language that a value is in, when it says so itself."""
    return value.code if isinstance(value, LanguageName) else None
