"""The report as a value: every word is in its language already, every figure counted. Its four forms only lay it out.

So no form can say another number than the others, and a form needs neither the database nor the catalogues.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from itertools import chain

__all__ = ["Chapter", "Entry", "Field", "Figure", "Group", "HeatMap", "Index", "Report", "Section"]


@dataclass(frozen=True, slots=True)
class Section:
    """A heading with paragraphs of text, in the language that the text is written in."""

    heading: str
    paragraphs: tuple[str, ...]
    language: str
    direction: str


@dataclass(frozen=True, slots=True)
class Group:
    """A line of a figure. `said` and `share`: the count, and its part of all entries, as the language writes them."""

    label: str
    count: int
    said: str
    share: str


@dataclass(frozen=True, slots=True)
class Figure:
    """Entries counted by one thing. `lead` says what one sees; `several`: that an entry can be in more than one
    group, or that not all entries were asked.
    """

    name: str
    title: str
    lead: str
    groups: tuple[Group, ...]
    several: str = ""


@dataclass(frozen=True, slots=True)
class HeatMap:
    """Entries by two things at once; `cells` has a row for each of `rows`, a number for each of `columns`."""

    title: str
    note: str
    rows: tuple[tuple[str, str], ...]
    """Code and name."""
    columns: tuple[tuple[str, str], ...]
    cells: tuple[tuple[int, ...], ...]

    def shade(self, count: int) -> int:
        """How dark a cell is, 0 (none) to 5."""
        most = max(chain.from_iterable(self.cells), default=0)
        return -(-5 * count // most) if most else 0


@dataclass(frozen=True, slots=True)
class Field:
    """An answer under its name. `language` and `direction` are those of its words where its author wrote them."""

    name: str
    label: str
    text: str
    language: str
    direction: str
    link: str = ""

    @property
    def paragraphs(self) -> tuple[str, ...]:
        return tuple(part for line in self.text.splitlines() if (part := line.strip()))


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the report shows it. `facts` are short answers, `texts` long ones."""

    reference: str
    title: str
    language: str
    direction: str
    by: str
    facts: tuple[Field, ...]
    texts: tuple[Field, ...]
    address: str = ""
    """Where the public register shows it."""
    comments: str = ""
    """Where to send a comment on it, in a draft."""
    prize: str = ""


@dataclass(frozen=True, slots=True)
class Chapter:
    """An Action Line with its entries. `also`: references of entries that have it as another than their main line."""

    code: str
    title: str
    introduction: Section | None
    counted: str
    entries: tuple[Entry, ...]
    also: tuple[str, ...] = ()
    also_said: str = ""


@dataclass(frozen=True, slots=True)
class Index:
    """Names, in the language's order, each with the references of its entries."""

    name: str
    title: str
    lines: tuple[tuple[str, tuple[str, ...]], ...]


@dataclass(frozen=True, slots=True)
class Report:
    """All of it. `words` has the few words that forms need themselves, by the end of their message key."""

    call: str
    language: str
    direction: str
    title: str
    subtitle: str
    stamp: str
    """Whose figures, of when, how many: the line under the title and under each figure."""
    dated: str
    """The day of its newest data (ISO): the date in the files' metadata, so that the same data give the same bytes."""
    sections: tuple[Section, ...]
    figures: tuple[Figure, ...]
    heat_map: HeatMap
    chapters: tuple[Chapter, ...]
    indexes: tuple[Index, ...]
    closing: tuple[Section, ...]
    words: dict[str, str]
    watermark: str = ""
    """Written across each page of a draft."""

    def titled(self, subtitle: str) -> Report:
        """The same under another subtitle."""
        return replace(self, subtitle=subtitle)

    @property
    def entries(self) -> tuple[Entry, ...]:
        return tuple(entry for chapter in self.chapters for entry in chapter.entries)
