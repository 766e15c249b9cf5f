"""Values as text in a language: dates, numbers, lists, names of countries, after CLDR (through Babel)."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, tzinfo
from functools import lru_cache
from typing import Any, Protocol
from zoneinfo import ZoneInfo

from babel import Locale, UnknownLocaleError
from babel.dates import format_date, format_skeleton, format_time
from babel.lists import format_list
from babel.numbers import format_decimal
from babel.units import format_unit

from dialogs.domain.messages import (
    Code,
    Country,
    InLanguage,
    LanguageName,
    Listing,
    Message,
    Moment,
    Month,
    Rich,
    Size,
    Value,
)
from dialogs.domain.values.geneva import GENEVA
from locales.direction import commands_apart, isolated, isolated_ltr, led_rtl, strays, tame
from locales.markup import Markup

__all__ = ["GENEVA", "Rendering", "direction_of", "locale_of"]


VARIANTS = {"en": "en_GB", "en-XA": "en_GB"}
"""The United Nations write dates as 1 March 2027 and the hour as 23:59; CLDR's plain `en` is American."""

FIRST_DAYS = {"fr": "1er"}
"""How the first of a month is written where it alone is an ordinal; CLDR's dates have only numbers."""

SEMICOLONS = {"ar": "؛ ", "fr": "\u202f; ", "zh": "；"}
"""What parts names that have commas of their own; elsewhere a semicolon and a space."""

UNITS = ((10**9, "digital-gigabyte"), (10**6, "digital-megabyte"), (10**3, "digital-kilobyte"))


@lru_cache(maxsize=64)
def locale_of(language: str) -> Locale:
    """CLDR's data for a language; English's for one that CLDR lacks."""
    try:
        return Locale.parse(VARIANTS.get(language, language).replace("-", "_"))
    except (UnknownLocaleError, ValueError):
        return Locale.parse(VARIANTS["en"])


@lru_cache(maxsize=64)
def direction_of(language: str) -> str:
    """ "ltr" or "rtl"."""
    return str(locale_of(language).text_direction)


@lru_cache(maxsize=256)
def _zone(name: str | None) -> tzinfo | None:
    """The zone of this IANA name; None when there is none: people's settings may be old."""
    try:
        return ZoneInfo(name) if name else None
    except (ValueError, OSError, LookupError):
        return None


class Texts(Protocol):
    """Where messages get their text from."""

    def write(self, message: Message, rendering: Rendering) -> str:
        """The message as text, with its values."""

    def forms(self, language: str, key: str) -> tuple[str, ...]:
        """The text of a key in a language as translated; empty when there is none."""


@dataclass(frozen=True, slots=True)
class Rendering:
    """How to write values for one reader: language, zone, mark-up, and where messages get their text from."""

    language: str
    markup: Markup
    zone: str | None
    texts: Texts

    @property
    def locale(self) -> Locale:
        return locale_of(self.language)

    @property
    def direction(self) -> str:
        return direction_of(self.language)

    def whole(self, value: Value) -> str:
        """A value that stands alone, as a line or a label: safe in this mark-up."""
        if isinstance(value, str):
            return self.markup.escape(tame(value))
        if isinstance(value, Rich):
            return self.rich(value)
        written = self._written(value)
        return led_rtl(written) if self.direction == "rtl" else written

    def inside(self, value: Value) -> str:
        """A value within a text: safe, and isolated where it could disturb the order of what is around it."""
        if isinstance(value, str):
            return self._own_words(value)
        written = self._written(value)
        return isolated(written) if strays(written, self.direction) else written

    def literal(self, text: str) -> str:
        """A part of a translator's text."""
        return self.markup.escape(commands_apart(text) if self.direction == "rtl" else text)

    def _own_words(self, text: str) -> str:
        """Somebody's words. Left-to-right ones in a left-to-right text need no wrapping."""
        text = tame(text)
        apart = self.direction == "rtl" or strays(text, self.direction)
        written = self.markup.escape(text)
        return isolated(written) if apart else written

    def _written(self, value: Any) -> str:
        return WRITERS[type(value)](self, value)

    def message(self, message: Message) -> str:
        return self.texts.write(message, self)

    def number(self, number: int) -> str:
        return str(format_decimal(number, locale=self.locale, numbering_system="default"))

    def code(self, code: Code) -> str:
        text = tame(code.text)
        written = self.markup.escape(text)
        return isolated_ltr(written) if self.direction == "rtl" or strays(text, "ltr") else written

    def month(self, month: Month) -> str:
        return self._escape(format_skeleton("yMMMM", date(month.year, month.month, 1), locale=self.locale))

    def country(self, country: Country) -> str:
        """CLDR's name, unless the catalogue has the one the United Nations use; English's if nothing else."""
        key = f"country.{country.code}"
        name = self.locale.territories.get(country.code)
        if name is None or self.texts.forms(self.language, key):
            return self.message(Message(key))
        return self._escape(name)

    def tongue(self, tongue: LanguageName) -> str:
        locale = locale_of(tongue.code) if tongue.own else self.locale
        name = locale.languages.get(tongue.code.split("-")[0], tongue.code)
        return self._escape(name[:1].upper() + name[1:] if tongue.own else name)

    def size(self, size: Size) -> str:
        step, unit = next((found for found in UNITS if size.size >= found[0]), UNITS[-1])
        amount = max(0.1, round(size.size / step, 1)) if size.size else 0
        return self._escape(format_unit(amount, unit, "short", locale=self.locale))

    def listing(self, listing: Listing) -> str:
        """Things in a row: `a, b and c`. Where "and" or a comma stands within one of them, `a and b; c`."""
        items = [self.inside(item) for item in listing.items]
        if listing.style == "and" and len(items) > 1 and any(map(self._holds_a_joint, listing.items)):
            return SEMICOLONS.get(self.language.split("-")[0], "; ").join(items)
        return str(format_list(items, "or" if listing.style == "or" else "standard", locale=self.locale))

    def in_language(self, value: InLanguage) -> str:
        """What another reader will read, in their language and direction."""
        return replace(self, language=value.language).whole(value.text)

    def rich(self, rich: Rich) -> str:
        """Formatted words as their reader's app shows them, in the direction that they have themselves."""
        return self.markup.rich(rich.html)

    def _holds_a_joint(self, item: Value) -> bool:
        """Whether a name, put into a list, would look like two."""
        if not isinstance(item, Message):
            return False
        patterns = self.locale.list_patterns["standard"]
        joints = (patterns[part].replace("{0}", "").replace("{1}", "") for part in ("2", "middle"))
        written = self.message(item)
        return any(joint in written for joint in joints) or "：" in written or ": " in written

    def moment(self, moment: Moment) -> str:
        """A moment in the reader's own clock and in Geneva's; the day alone is the day in Geneva."""
        if moment.date_only:
            return self._day(moment.at.astimezone(GENEVA))
        geneva = moment.at.astimezone(GENEVA)
        own = moment.at.astimezone(_zone(self.zone) or GENEVA)
        if self.markup.moment is not None:
            shown = self.markup.moment(self._clock(own), moment.at)
            return self._said("moment.beside", shown, self._clock(geneva))
        if own.utcoffset() == geneva.utcoffset():
            return self._said("moment.in_geneva", self._clock(own), "")
        same_day = own.date() == geneva.date()
        return self._said("moment.yours", self._clock(own), (self._hour if same_day else self._clock)(geneva))

    def _clock(self, local: datetime) -> str:
        return str(self.locale.datetime_formats["medium"].format(self._hour(local), self._day(local)))

    def _hour(self, local: datetime) -> str:
        return self._escape(format_time(local.time(), "short", locale=self.locale))

    def _day(self, local: datetime) -> str:
        written = str(format_date(local.date(), "long", locale=self.locale))
        first = FIRST_DAYS.get(self.language.split("-")[0])
        if local.day == 1 and first is not None:
            written = re.sub(r"^1\b", first, written)
        return self._escape(written)

    def _said(self, key: str, moment: str, geneva: str) -> str:
        """Both are written already, so they go in as they are."""
        return self.texts.write(Message(key, {"moment": _Written(moment), "geneva": _Written(geneva)}), self)

    def _escape(self, text: Any) -> str:
        return self.markup.escape(str(text))

    def _as_written(self, written: _Written) -> str:
        return written.text


@dataclass(frozen=True, slots=True)
class _Written(Code):
    """Text that needs nothing more."""


WRITERS: Mapping[type, Callable[[Rendering, Any], str]] = {
    Message: Rendering.message,
    bool: lambda rendering, value: str(value),
    int: Rendering.number,
    str: Rendering.whole,
    Code: Rendering.code,
    Country: Rendering.country,
    InLanguage: Rendering.in_language,
    Listing: Rendering.listing,
    Moment: Rendering.moment,
    Month: Rendering.month,
    Rich: Rendering.rich,
    Size: Rendering.size,
    LanguageName: Rendering.tongue,
    _Written: Rendering._as_written,
}
