"""A data file as values that know where they stand, so that each mistake can be shown where it was made."""

from __future__ import annotations

import reprlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from difflib import get_close_matches
from pathlib import Path
from typing import Any

import yaml

__all__ = ["Mistake", "Mistakes", "Value", "open_source", "open_text"]


PARSER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""PyYAML's fast parser where it was built with one: a start must be quick."""


class _Loader(yaml.composer.Composer, PARSER):  # type: ignore[misc]
    """The fast parser with the composer in Python: the one in C ends the process where values are nested deeply."""

    def __init__(self, text: str) -> None:
        PARSER.__init__(self, text)
        yaml.composer.Composer.__init__(self)


UNREADABLE = object()
"""Stands for a value of a type of its own (`!new`) or one that its type forbids (the 99th of a month)."""


@dataclass(frozen=True, slots=True, order=True)
class Mistake:
    """Something to mend. `line` counts from 1; `field` is a way such as `start_date.limits.max`."""

    line: int
    field: str
    text: str

    def __str__(self) -> str:
        return f"line {self.line}, {self.field}: {self.text}" if self.field else f"line {self.line}: {self.text}"


@dataclass(slots=True)
class Mistakes:
    """What was found wrong so far, in no order."""

    found: list[Mistake] = field(default_factory=list)

    def add(self, line: int, name: str, text: str) -> None:
        self.found.append(Mistake(line, name, text))


@dataclass(frozen=True, slots=True)
class Value:
    """One value of the file. The readers below return None after noting what is wrong."""

    name: str
    node: yaml.Node
    mistakes: Mistakes

    @property
    def line(self) -> int:
        return int(self.node.start_mark.line) + 1

    def wrong(self, text: str) -> None:
        self.mistakes.add(self.line, self.name, text)

    def plain(self) -> Any:
        """The value as YAML understands it: text, number, truth, list or mapping; UNREADABLE for what it cannot."""
        try:
            return yaml.SafeLoader("").construct_document(self.node)
        except (yaml.YAMLError, ValueError, TypeError, RecursionError):
            return UNREADABLE

    def peek(self, key: str) -> str | None:
        """What a mapping holds under `key`, when that is a plain text; nothing is noted."""
        pairs = self.node.value if isinstance(self.node, yaml.MappingNode) else ()
        found = next((value for name, value in pairs if name.value == key), None)
        return str(found.value) if isinstance(found, yaml.ScalarNode) else None

    def named(self, name: str) -> Value:
        """The same value under another name, once one is known."""
        return Value(name, self.node, self.mistakes)

    def text(self) -> str | None:
        """A text; a number such as a year counts as one."""
        value = self.plain()
        if isinstance(value, bool) or not isinstance(value, (str, int)) or not str(value).strip():
            self._expected("a text", value)
            return None
        return str(value)

    def flag(self) -> bool | None:
        value = self.plain()
        if not isinstance(value, bool):
            self._expected("true or false", value)
            return None
        return value

    def number(self) -> int | None:
        """A whole number, 0 or more."""
        value = self.plain()
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            self._expected("a whole number, 0 or more", value)
            return None
        return value

    def one_of(self, known: Iterable[str], what: str) -> str | None:
        """A text that is among `known`."""
        value = self.text()
        return value if value is None or self.check_known(value, known, what) else None

    def check_known(self, name: str, known: Iterable[str], what: str) -> bool:
        """Whether `name` is among `known`; if not, say what could have been meant."""
        known = list(known)
        if name in known:
            return True
        near = get_close_matches(name, known, 1)
        hint = f"did you mean {near[0]}?" if near else f"expected one of {', '.join(sorted(known))}"
        self.wrong(f"unknown {what} {name!r}: {hint}")
        return False

    def items(self) -> list[Value]:
        """The members of a list."""
        if not isinstance(self.node, yaml.SequenceNode):
            self._expected("a list", self.plain())
            return []
        return [Value(f"{self.name}[{n}]", node, self.mistakes) for n, node in enumerate(self.node.value, 1)]

    def entries(self) -> dict[str, Value]:
        """The members of a mapping by their names, each named after its way; a name given twice is a mistake."""
        if not isinstance(self.node, yaml.MappingNode):
            self._expected("names with values (name: value)", self.plain())
            return {}
        entries: dict[str, Value] = {}
        for key, value in self._pairs(self.node):
            if key in entries:
                value.wrong(f"{key} stands here twice (first in line {entries[key].line}): keep one")
            entries.setdefault(key, value)
        return entries

    def _pairs(self, node: yaml.MappingNode) -> Iterator[tuple[str, Value]]:
        for key, value in node.value:
            name = str(key.value)
            yield name, Value(f"{self.name}.{name}" if self.name else name, value, self.mistakes)

    def _expected(self, what: str, value: Any) -> None:
        self.wrong(f"expected {what}, found {_shown(value)}")


def _shown(value: Any) -> str:
    if value is None or value is UNREADABLE:
        return "nothing" if value is None else "what YAML cannot read"
    if isinstance(value, bool):
        return "true" if value else "false"
    text = reprlib.repr(value)  # bounded: a few lines of aliases can stand for more than a memory holds
    return text if len(text) <= 40 else text[:39] + "…"


def open_source(path: Path, mistakes: Mistakes) -> Value | None:
    """The whole file as one value; None when it is no YAML, which is then noted."""
    try:
        text = path.read_text("utf-8")
    except UnicodeDecodeError:
        mistakes.add(1, "", "this is no text in UTF-8: save it as plain text in UTF-8")
        return None
    return open_text(text, mistakes)


def open_text(text: str, mistakes: Mistakes) -> Value | None:
    """The same for what a file would hold."""
    try:
        node = yaml.compose(text, _Loader)
    except RecursionError:
        mistakes.add(1, "", "values are nested too deeply in this file: start from a copy of the last questionnaire")
    except yaml.reader.ReaderError as error:
        mistakes.add(1, "", f"this is no YAML: a character stands in it that cannot be typed ({error.reason})")
    except yaml.MarkedYAMLError as error:
        _no_yaml(error, mistakes)
    else:
        if node is not None:
            return Value("", node, mistakes)
        mistakes.add(1, "", "the file is empty: start from a copy of the last questionnaire")
    return None


def _no_yaml(error: yaml.MarkedYAMLError, mistakes: Mistakes) -> None:
    mark = error.problem_mark or error.context_mark
    text = f"this is no YAML here: {error.problem or error.context}; look at this line and the one before"
    mistakes.add(mark.line + 1 if mark else 1, "", text)
