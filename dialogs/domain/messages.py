"""What is said, before it is put into words: a message id with values.

Nothing here is in a language. A channel asks `locales` for the words when it shows a screen, in the
person's language of that moment; this is why a change of language redraws the same question.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Literal

__all__ = [
    "Code",
    "Country",
    "InLanguage",
    "LanguageName",
    "Listing",
    "M",
    "Message",
    "Moment",
    "Month",
    "Rich",
    "Size",
    "Value",
]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a year, as people date a project: `Month(2015, 3)`; written `2015-03` in the store."""

    year: int
    month: int

    def __str__(self) -> str:
        return f"{self.year:04d}-{self.month:02d}"

    def __lt__(self, other: Month) -> bool:
        return (self.year, self.month) < (other.year, other.month)

    @classmethod
    def parse(cls, text: str) -> Month:
        """Read the store's own form, `YYYY-MM`; ValueError when it is anything else."""
        year, month = text.split("-")
        if not 1 <= int(month) <= 12:
            raise ValueError(f"{text!r} is no month: expected YYYY-MM")
        return cls(int(year), int(month))


@dataclass(frozen=True, slots=True)
class Moment:
    """A moment people must not get wrong: shown in the reader's own clock and in Geneva's."""

    at: datetime
    date_only: bool = False


@dataclass(frozen=True, slots=True)
class Code:
    """A code, address, file name or reference: always left to right, never translated."""

    text: str


@dataclass(frozen=True, slots=True)
class Country:
    """An ISO 3166-1 alpha-2 code, named by CLDR; `INT` is "no country (international)"."""

    code: str


@dataclass(frozen=True, slots=True)
class LanguageName:
    """A language, named in itself when `own` (Español), else in the reader's language."""

    code: str
    own: bool = True


@dataclass(frozen=True, slots=True)
class Size:
    """A file's size in bytes."""

    size: int


@dataclass(frozen=True, slots=True)
class Rich:
    """Somebody's own formatted words, in the safe part of HTML that `text.html_subset` lets through. Stands alone."""

    html: str


@dataclass(frozen=True, slots=True)
class Listing:
    """Several values in a row, joined as the language does: `a, b and c`."""

    items: tuple[Value, ...]
    style: Literal["and", "or"] = "and"


@dataclass(frozen=True, slots=True)
class InLanguage:
    """A value in another language than the reader's: what somebody else will read, shown beforehand."""

    language: str
    text: Value


@dataclass(frozen=True, slots=True)
class Message:
    """A message id of the catalogues with the values for its `{placeholders}`.

    `count` chooses the plural form and is also available to the text as `{count}`.
    """

    key: str
    values: Mapping[str, Value] = field(default_factory=lambda: MappingProxyType({}))
    count: int | None = None

    def __hash__(self) -> int:
        return hash((self.key, tuple(sorted(self.values)), self.count))


Value = str | int | Message | Moment | Month | Code | Country | LanguageName | Size | Listing | Rich | InLanguage
"""A `str` is somebody's own words: shown as they are, isolated from the text around them."""


def M(key: str, count: int | None = None, /, **values: Value) -> Message:
    """Say the message `key`. `make messages` finds every key by this call, so pass it literally."""
    return Message(key, MappingProxyType(values), count)
