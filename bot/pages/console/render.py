"""The console's templates: every text in the organizer's language, everything escaped, no script at all."""

from __future__ import annotations

import hashlib
from functools import cache
from importlib import resources
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from bot.app import App
from dialogs.domain.criteria import figure, label_of
from dialogs.domain.messages import Code, Country, LanguageName, M, Moment, Value
from dialogs.domain.scores import HIGHEST, LOWEST
from dialogs.organizers.review.scoring import scoring_lines

__all__ = ["page", "style"]

SCALE = range(LOWEST, HIGHEST + 1)


@cache
def _templates() -> Environment:
    environment = Environment(
        loader=PackageLoader("bot.pages.console"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.globals.update(M=M, Code=Code, Country=Country, LanguageName=LanguageName, Moment=Moment, style=_style)
    environment.globals.update(figure=figure, label_of=label_of, scoring_lines=scoring_lines, SCALE=SCALE)
    return environment


def style() -> bytes:
    return (resources.files("bot.pages.console") / "static" / "console.css").read_bytes()


@cache
def _style() -> str:
    """The address of the style, which changes with its content."""
    return f"/organize/style/{hashlib.sha256(style()).hexdigest()[:12]}.css"


def page(template: str, app: App, language: str, zone: str | None = None, **values: Any) -> str:
    """A page in this language, with moments in this zone and in Geneva's."""

    def say(value: Value) -> str:
        return app.words.say(value, language, zone=zone)

    def say_in(value: Value, other: str) -> str:
        return app.words.say(value, other, zone=zone)

    found = _templates().get_template(template)
    direction = app.words.direction
    return found.render(
        say=say, say_in=say_in, language=language, direction=direction(language), direction_of=direction, **values
    )
