"""What a person is shown: channel-neutral, without mark-up. Each channel renders it in its own best way.

A screen is complete as text: every choice has a number and a label, so a channel without buttons (and a
person who reads by ear) misses nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from dialogs.charts import Picture
from dialogs.details import Details
from dialogs.domain.messages import Value
from dialogs.domain.offline import Document
from dialogs.tables import Table

__all__ = ["Choice", "Expect", "Kind", "Line", "Screen", "Style"]


class Kind(StrEnum):
    """What a line is for. Channels style by it: Telegram sets titles bold, the web chat makes them headings."""

    PROGRESS = "progress"  # where one is: section 3 of 10, question 12 of about 31
    TITLE = "title"  # the question or the heading: one a screen
    TEXT = "text"
    HINT = "hint"  # limits, an example, how to answer
    NOTE = "note"  # news that precede the question: "saved", "set aside", "this was an old button"
    ERROR = "error"  # what was wrong and what to do
    ITEM = "item"  # one of a list
    QUOTE = "quote"  # the person's own words shown back


class Style(StrEnum):
    PLAIN = "plain"
    PRIMARY = "primary"
    DANGER = "danger"
    QUIET = "quiet"  # navigation: back, skip, help


class Expect(StrEnum):
    """What the next message should be, for input fields and keyboards."""

    NOTHING = "nothing"
    TEXT = "text"
    LONG_TEXT = "long_text"
    EMAIL = "email"
    URL = "url"
    NUMBER = "number"
    FILE = "file"
    SEARCH = "search"


@dataclass(frozen=True, slots=True)
class Line:
    """`repeated`: the choices or the details say it as well, so a channel that shows those in full can leave it out."""

    kind: Kind
    text: Value
    repeated: bool = False


@dataclass(frozen=True, slots=True)
class Choice:
    """A button. `code` comes back in `Chose`; `chosen` marks a toggle (None: not a toggle).

    With `url` the choice opens an address instead of coming back. `copies` is text to copy at a tap where
    the channel can. `number` is what a person may type for it (options count from 1; navigation has none).
    `full` is the label where there is room for it, `reason` a line that says more: why it is offered, how it stands.
    """

    code: str
    label: Value
    style: Style = Style.PLAIN
    chosen: bool | None = None
    number: int | None = None
    url: str | None = None
    copies: str | None = None
    full: Value | None = None
    reason: Value | None = None


@dataclass(frozen=True, slots=True)
class Screen:
    """One thing shown.

    `name`: which screen it is (`filling/title`, `home`), for tests and statistics.
    `stamp`: a press brings it back, and only the newest stamp is heard.
    `rows`: choices in rows, first row on top.
    `in_place`: may replace the screen shown before it (toggles, pages) where the channel can edit.
    `placeholder`: a few words for an empty input field.
    `picture`: a chart, drawn by channels that can; the lines say the same. `table`: numbers to take along as a file.
    `documents`: templates to be filled in without a network.
    """

    name: str
    lines: tuple[Line, ...]
    rows: tuple[tuple[Choice, ...], ...] = ()
    stamp: str = ""
    expects: Expect = Expect.NOTHING
    in_place: bool = False
    placeholder: Value | None = None
    retires: bool = True  # the keyboard of the screen before it goes
    picture: Picture | None = None
    table: Table | None = None
    chosen_label: Value | None = None  # what was just chosen, to be written into the old message
    details: Details | None = None  # more, for channels that have room
    documents: tuple[Document, ...] = ()

    def choice(self, code: str) -> Choice | None:
        """The choice with this code, if the screen offers it, in its rows or in its details."""
        found = next((c for row in self.rows for c in row if c.code == code), None)
        if found is None and self.details is not None:
            found = next((c for c in self.details.choices() if c.code == code), None)
        return found
