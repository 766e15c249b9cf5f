"""Pages from templates: every text in the reader's language, everything escaped."""

from __future__ import annotations

import base64
import hashlib
import json
import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache, lru_cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bot.app import App
from bot.channels.web.access.identity import Visitor
from bot.channels.web.chat import Page
from bot.channels.web.notices import is_news
from bot.charts.drawing import as_svg
from bot.export.csv_cells import BOM
from bot.export.csv_tables import as_csv, plainly
from bot.turns import screen_codec
from dialogs.answers.file import ENDINGS
from dialogs.answers.long_text import CHARACTERS_A_WORD, UNSPACED
from dialogs.charts import Chart
from dialogs.details import Details
from dialogs.domain.messages import Code, Country, LanguageName, M, Message, Moment, Rich, Size, Value
from dialogs.domain.offline import LABELS
from dialogs.knowledge.countries import MEMBERS
from dialogs.screens import Choice, Expect, Kind, Line, Screen, Style
from locales.rendering import locale_of
from locales.words import HTML, Words

__all__ = ["KINDS", "Unsent", "chat", "elsewhere", "leaving", "left", "problem", "render", "verify"]

KINDS = {
    "css": "text/css; charset=utf-8",
    "js": "text/javascript; charset=utf-8",
    "svg": "image/svg+xml",
    "png": "image/png",
    "webmanifest": "application/manifest+json",
}
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

COUNTING = json.dumps({"unspaced": UNSPACED.pattern, "per": CHARACTERS_A_WORD})
"""How a page counts words as the judge of them does."""

MANY = 12
"""Options from which on a list can be filtered."""

LINK = re.compile(r"[\w-]{1,64}", re.ASCII)
"""What can stand behind `start` in a link."""

MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
"""Marks of direction, which have no place in what somebody goes on writing."""

LONGEST_CODE = 40
"""Characters of a code to come back with, as somebody may type it."""

MENU = (
    *(
        "drafts",
        "myentries",
        "sections",
        "review",
        "template",
        "deadline",
        "search",
        "elsewhere",
        "language",
        "settings",
        "help",
    ),
    *("mydata", "contact", "leave"),
)
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
    environment.globals.update(Size=Size)
    return environment


@cache
def _static(name: str) -> str:
    """The address of a file of ours, which changes with its content."""
    content = (resources.files("bot.channels.web") / "static" / name).read_bytes()
    return f"/static/{hashlib.sha256(content).hexdigest()[:12]}/{name}"


def chat(app: App, page: Page, who: Visitor | None) -> str:
    """The conversation with its open screen; `who` None: of a stranger, or of somebody who is one again."""
    screen = page.screen
    return render(
        "chat.html",
        app,
        page.language,
        page.zone,
        page=page,
        owner=hashlib.sha256(f"page {who.address}".encode()).hexdigest()[:16] if who else "",
        screen=screen,
        details=screen.details or Details(),
        rows=_rows(screen),
        asked=_asked(screen),
        before=_before(screen),
        field=_field(screen),
        long=screen.expects is Expect.LONG_TEXT,
        typed=screen.expects in TYPED,
        state=hashlib.sha256(screen_codec.dump((*page.news, screen)).encode()).hexdigest()[:12],
        pair=_pair,
        is_heading=_is_heading,
        is_news=is_news,
        takes_file=screen.expects is Expect.FILE,
        mistaken=bool(_before(screen)),
        menu=[(name, Message(f"menu.{name}")) for name in MENU],
        names=_names(screen, app.words, page.language),
        counting=COUNTING,
        months=locale_of(page.language).months["stand-alone"]["wide"].items(),
        accepts=",".join(ENDINGS),
        many=MANY,
        download=_download(page, app.words),
        templates=[(f"/chat/template.{each.format}", LABELS[each.format]) for each in screen.documents],
        drawn=lambda chart: _drawn(chart, app.words, page.language),
    )


def _drawn(chart: Chart, words: Words, language: str) -> str:
    """The address of a chart, which bears all of it: a browser has letters and fonts of its own."""
    return f"data:image/svg+xml;base64,{base64.b64encode(as_svg(chart, words, language).encode()).decode()}"


def _download(page: Page, words: Words) -> tuple[str, str, Value] | None:
    """The name, the address and the label of the screen's table, or of somebody's data: the address bears all of it."""
    table = page.screen.table
    if table is None:
        return _everything(page)
    text = BOM + as_csv(table, lambda value: plainly(value, words, page.language))
    name = f"{table.name}.csv"
    return name, f"data:text/csv;charset=utf-8;base64,{base64.b64encode(text.encode()).decode()}", Code(name)


def _everything(page: Page) -> tuple[str, str, Value] | None:
    """All that is kept about somebody, which is too long to be read on a page."""
    if page.screen.name != "my_data":
        return None
    text = next((str(line.text) for line in page.screen.lines if line.kind is Kind.QUOTE), "")
    address = f"data:application/json;base64,{base64.b64encode(text.encode()).decode()}"
    return "stocktaking.json", address, M("web.download")


@dataclass(frozen=True, slots=True)
class Unsent:
    """A form that was not taken: where it goes, its hidden fields, and what was typed, if anything was."""

    path: str
    hidden: Mapping[str, str]
    text: str | None


def problem(app: App, language: str, status: int, unsent: Unsent | None = None) -> str:
    """Why a request could not be answered, and the way back; with what was not taken, to be sent again."""
    key = PROBLEMS.get(status, "web.problem_ours" if status >= 500 else "web.problem_form")
    return render("problem.html", app, language, None, what=Message(key), unsent=unsent)


def leaving(app: App, language: str, zone: str | None, code: str, link: str, until: datetime) -> str:
    """What leaving means, a code to come back with, and the button that does it."""
    return render("leaving.html", app, language, zone, code=code, link=link, until=Moment(until))


def elsewhere(app: App, language: str, zone: str | None, code: str, link: str, until: datetime, picture: str) -> str:
    """A way to go on with the same drafts on another device: an address, also as a picture that a phone reads."""
    shown = {"code": code, "link": link, "until": Moment(until), "qr": picture}
    return render("elsewhere.html", app, language, zone, **shown)


def verify(app: App, who: Visitor, said: Sequence[Message], *, good: bool) -> str:
    """The page on which a receipt is checked; `said`: what was found, `good`: whether all is well."""
    return render("verify.html", app, who.language, who.zone, said=said, good=good)


def left(app: App, language: str) -> str:
    """The page of somebody who has left: nothing of theirs is in this browser any more."""
    return render("left.html", app, language, None)


def _pair(line: Line) -> tuple[Value, Value, bool] | None:
    """The label and the answer of a line of the check, and whether it was changed; None for other lines."""
    if isinstance(line.text, Message) and line.text.key in ("review.answer", "review.changed"):
        return line.text.values["label"], line.text.values["answer"], line.text.key == "review.changed"
    return None


def _is_heading(line: Line) -> bool:
    """Whether a line is a section's title among the answers."""
    return line.kind is Kind.HINT and isinstance(line.text, Message) and line.text.key.startswith("section.")


def _rows(screen: Screen) -> list[tuple[Choice, ...]]:
    """The choices that a page shows: without those that its details replace, and with all options of a paged list."""
    details = screen.details or Details()
    moot = set(details.replaced)
    left = [tuple(c for c in row if not {c.code, c.code.partition(":")[0]} & moot) for row in screen.rows]
    quiet = tuple(c for row in left for c in row if _is_quiet(row))
    loud = [row for row in left if row and not _is_quiet(row)]
    return [*((option,) for option in details.options), *loud, *([quiet] if quiet else [])]


def _is_quiet(row: tuple[Choice, ...]) -> bool:
    return all(choice.style is Style.QUIET for choice in row)


def _asked(screen: Screen) -> list[Line]:
    """What a page says of the screen: not what its field and its buttons say already."""
    before = _before(screen)
    return [line for line in screen.lines if line not in before and not line.repeated]


def _before(screen: Screen) -> list[Line]:
    """What was wrong with the last answer: it stands beside the field, not above the question."""
    found: list[Line] = []
    for line in screen.lines:
        if line.kind in (Kind.TITLE, Kind.PROGRESS):
            break
        if line.kind is Kind.ERROR:
            found.append(line)
    return found


@lru_cache(maxsize=64)
def _listed(words: Words, language: str) -> tuple[str, ...]:
    """The names of all countries in a language, in its order."""
    return tuple(words.say(name, language) for name in words.in_order([Country(c) for c in MEMBERS], language))


def _names(screen: Screen, words: Words, language: str) -> tuple[str, ...]:
    """What a typed answer is one of, to be found by its first letters."""
    return _listed(words, language) if screen.details is not None and screen.details.names else ()


def _field(screen: Screen) -> dict[str, str]:
    attributes = dict(FIELDS.get(screen.expects, {"autocomplete": "off"}))
    if screen.name in NAMED:
        attributes["autocomplete"] = NAMED[screen.name]
    return attributes


def render(template: str, app: App, language: str, zone: str | None, **values: Any) -> str:
    """A page from a template: its texts in a language, its moments in a time zone, at its foot who runs the site."""
    words = app.words

    def say(value: Value) -> str:
        if isinstance(value, Rich):
            return Markup(words.say(value, language, markup=HTML))
        return words.say(value, language, zone=zone)

    def plain(value: Value) -> str:
        return MARKS.sub("", words.say(value, language, zone=zone))

    found = _templates().get_template(template)
    shared = {"say": say, "plain": plain, "foreign": _foreign, "site": _site(app)}
    return found.render(language=language, direction=words.direction(language), **shared, **values)


def _site(app: App) -> dict[str, str]:
    """Who runs the site, as its settings say."""
    settings = app.settings
    mail = settings.site_contact and not settings.site_contact.startswith("https://")
    return {
        "owner": settings.site_owner,
        "contact": f"mailto:{settings.site_contact}" if mail else settings.site_contact,
        "privacy": settings.site_privacy,
        "accessibility": settings.site_accessibility,
        "address": settings.public_url or "",
    }


def _foreign(value: Value) -> str | None:
    """The language that a value is in, when it says so itself."""
    return value.code if isinstance(value, LanguageName) else None
