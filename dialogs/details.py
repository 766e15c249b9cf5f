"""What a channel with room can show beside a screen's lines. No channel has to: the lines and choices are complete.

A page fills the field with the answer as it stands, sets each answer beside a button that changes it, and lists the
sections. A messenger shows none of it. Nothing here is in a language, and nothing says how it looks.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialogs.domain.messages import M, Month, Value

if TYPE_CHECKING:
    from dialogs.screens import Choice

__all__ = ["Answered", "Details", "Extent", "Kept", "Part"]


@dataclass(frozen=True, slots=True)
class Extent:
    """How long a text is, in words, as the judge of it counts; the least and the most that are taken (None: any)."""

    count: int
    least: int | None = None
    most: int | None = None


@dataclass(frozen=True, slots=True)
class Answered:
    """One answer, whole. `change` is the code that opens its question; empty: it can only be read here.

    `section` is the heading above it, on the first answer of a section. `before` is the answer of the entry that this
    one updates, where it differs.
    """

    label: Value
    answer: Value
    change: str = ""
    section: Value | None = None
    before: Value | None = None


@dataclass(frozen=True, slots=True)
class Part:
    """A section of the questionnaire and how it stands: `state` is done, begun, open, mend or handed."""

    code: str
    title: Value
    standing: Value
    state: str
    here: bool = False


@dataclass(frozen=True, slots=True)
class Kept:
    """A file that was sent. `id` is the one it was kept under; `remove` the code that takes it out."""

    id: str
    name: str
    kind: str
    size: int
    remove: str


@dataclass(frozen=True, slots=True)
class Details:
    """All of it for one screen.

    `text`: what the field holds, ready to be mended. `extent`: of that text. `replaced`: codes of choices that are
    moot where one field holds a whole text, or each answer has a way to change it. `way`: how far one is, out of 1000;
    it never goes back while one goes on. `months`: the first and the last month that make sense. `names`: which list a
    typed answer is one of. `options`: all of them, where the choices show a page. `files`: those sent so far;
    `most_files` and `most_bytes` (each) that are taken.
    """

    text: Value | None = None
    extent: Extent | None = None
    answers: tuple[Answered, ...] = ()
    parts: tuple[Part, ...] = ()
    replaced: tuple[str, ...] = ()
    way: int | None = None
    months: tuple[Month, Month] | None = None
    names: str | None = None
    options: tuple[Choice, ...] = ()
    files: tuple[Kept, ...] = ()
    most_files: int | None = None
    most_bytes: int | None = None

    def choices(self) -> Iterator[Choice]:
        """What can be pressed besides the screen's own choices."""
        from dialogs.screens import Choice

        yield from self.options
        for answer in self.answers:
            if answer.change:
                yield Choice(answer.change, M("choice.change", question=answer.label))
        for part in self.parts:
            yield Choice(part.code, part.title)
        for file in self.files:
            yield Choice(file.remove, M("choice.remove_file", name=file.name))
