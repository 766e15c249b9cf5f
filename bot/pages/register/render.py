"""Templates of the register's pages: every text in the reader's language, everything escaped."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

from bot.app import App
from bot.pages.register import labels
from bot.pages.register.addresses import Addresses
from dialogs.domain.messages import Code, LanguageName, Listing, M, Value
from dialogs.questionnaire.register import goals_in

__all__ = ["STATIC", "fingerprint", "page"]

STATIC = {"register.css": "text/css; charset=utf-8"}
"""The files of ours that these pages ask for."""


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.pages.register"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(M=M, Code=Code, LanguageName=LanguageName, Listing=Listing, static=_static)
    environment.globals.update(goals_of=lambda entry: goals_in(entry.answers))
    environment.globals.update(facet_name=labels.facet_name, label_of=labels.label_of, short=labels.short)
    environment.filters["data"] = _data
    return environment


def page(template: str, app: App, addresses: Addresses, **values: Any) -> str:
    """A page in the language of its addresses. `head` has what stands in every page's head and frame."""
    words, language = app.words, addresses.language

    def say(value: Value) -> str:
        return words.say(value, language)

    found = _templates().get_template(template)
    return found.render(
        say=say,
        language=language,
        direction=words.direction(language),
        direction_of=words.direction,
        languages=[(code, LanguageName(code)) for code in words.languages],
        to=addresses,
        site=app.settings.public_url or "",
        **values,
    )


def _data(value: Mapping[str, Any]) -> Markup:
    """JSON within a page: no text in it can end the element."""
    text = json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    return Markup(text.replace("&", "\\u0026").replace("<", "\\u003c").replace(">", "\\u003e"))


@cache
def _static(name: str) -> str:
    content = (resources.files("bot.pages.register") / "static" / name).read_bytes()
    return f"/register/static/{hashlib.sha256(content).hexdigest()[:12]}/{name}"


@cache
def fingerprint() -> str:
    """Changes with the pages' templates and the style: what was cached of an older program is not used."""
    root = resources.files("bot.pages.register")
    parts = [
        each.read_bytes()
        for folder in ("templates", "static")
        for each in sorted((root / folder).iterdir(), key=lambda e: e.name)
    ]
    return hashlib.sha256(b"\0".join(parts)).hexdigest()[:12]
