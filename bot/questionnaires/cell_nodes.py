"""Cells as values that know where they stand: the questionnaire's own reader reads them as it reads a file.

A value of a file knows its line. Here the line is the number of a place, and a place is a cell of a sheet: so a mistake
that the reader finds is told with the cell to mend.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml

from bot.questionnaires.layout import Cell
from dialogs.questionnaire.source.yaml_source import Mistake

__all__ = ["At", "CellNodes", "Pair"]

TAG = "tag:yaml.org,2002:"
CLAUSE = re.compile(r"(\w+)\s+(\w+)\s+(\S.*)", re.DOTALL)
AND = re.compile(r"\s+and\s+")
WHEN = re.compile(r"(\S+)\s+when\s+(\S.*)", re.DOTALL)
FLAGS = {"yes": "true", "true": "true", "1": "true", "no": "false", "false": "false", "0": "false"}
MISSING = re.compile(r"^(\w+) is missing: add a line .*$")

Pair = tuple[yaml.Node, yaml.Node]


@dataclass(frozen=True, slots=True)
class At:
    """A cell: `questions`, `D5`."""

    sheet: str
    cell: str

    def __str__(self) -> str:
        return f"{self.sheet}!{self.cell}"


@dataclass(frozen=True, slots=True)
class _Mark:
    line: int


@dataclass(slots=True)
class CellNodes:
    """Makes nodes of cells. `faults`: what could not even be read, by place and text."""

    places: list[At] = field(default_factory=list)
    faults: list[tuple[At, str]] = field(default_factory=list)

    def mark(self, at: At) -> Any:
        self.places.append(at)
        return _Mark(len(self.places) - 1)

    def located(self, mistakes: Iterable[Mistake]) -> list[tuple[At, str]]:
        """The mistakes of the reader with their cells, in the order of the sheets."""
        found = sorted(mistakes)
        return [
            (
                self.places[each.line - 1],
                f"{each.field}: {_in_cells(each.text)}" if each.field else _in_cells(each.text),
            )
            for each in found
        ]

    def wrong(self, at: At, text: str) -> None:
        self.faults.append((at, text))

    def text(self, at: At, value: str) -> yaml.Node:
        return yaml.ScalarNode(TAG + "str", value, self.mark(at))

    def mapping(self, at: At, pairs: Iterable[Pair]) -> yaml.Node:
        return yaml.MappingNode(TAG + "map", list(pairs), self.mark(at))

    def sequence(self, at: At, nodes: Iterable[yaml.Node]) -> yaml.Node:
        return yaml.SequenceNode(TAG + "seq", list(nodes), self.mark(at))

    def pair(self, at: At, name: str, node: yaml.Node) -> Pair:
        return self.text(at, name), node

    def node(self, cell: Cell, at: At, text: str) -> yaml.Node | None:
        """What a cell says, as a file would say it; None for what cannot be read, which is noted."""
        return READERS[cell](self, at, text)

    def flag(self, at: At, text: str) -> yaml.Node:
        known = FLAGS.get(text.lower())
        return self.text(at, text) if known is None else yaml.ScalarNode(TAG + "bool", known, self.mark(at))

    def number(self, at: At, text: str) -> yaml.Node:
        whole = text.replace(" ", "").replace("\u00a0", "")
        return yaml.ScalarNode(TAG + ("int" if whole.isascii() and whole.isdigit() else "str"), whole, self.mark(at))

    def day(self, at: At, text: str) -> yaml.Node:
        day = text.partition("T")[0]
        dated = re.fullmatch(r"\d{4}-\d{2}-\d{2}", day)
        return yaml.ScalarNode(TAG + ("timestamp" if dated else "str"), day, self.mark(at))

    def codes(self, at: At, text: str) -> yaml.Node:
        parts = (part.strip() for part in text.split(","))
        return self.sequence(at, [self.text(at, part) for part in parts if part])

    def condition(self, at: At, text: str) -> yaml.Node | None:
        facts: dict[str, list[Pair]] = {}
        for clause in AND.split(text):
            read = CLAUSE.fullmatch(clause.strip())
            value = self.flow(at, read[3]) if read else None
            if read is None or value is None:
                self.wrong(at, f"{clause!r} is no condition: write it as `status is completed`, several with `and`")
                return None
            facts.setdefault(read[1], []).append(self.pair(at, read[2], value))
        return self.mapping(at, [self.pair(at, fact, self.mapping(at, tests)) for fact, tests in facts.items()])

    def wordings(self, at: At, text: str) -> yaml.Node | None:
        found: list[yaml.Node] = []
        for part in (part.strip() for part in text.split(";")):
            read = WHEN.fullmatch(part)
            when = self.condition(at, read[2]) if read else None
            if read is None or when is None:
                self.wrong(at, f"{part!r}: write it as `will_start when status is planned`, several with `;`")
                return None
            pairs = [self.pair(at, "words", self.text(at, read[1])), self.pair(at, "when", when)]
            found.append(self.mapping(at, pairs))
        return self.sequence(at, found)

    def flow(self, at: At, text: str) -> yaml.Node | None:
        """A value in a line of YAML: `true`, `[a, b]`, `{"yes": show}`; None for what is none."""
        try:
            node = yaml.compose(text, yaml.SafeLoader)
        except yaml.YAMLError:
            return None
        return self._placed(at, node) if node is not None else None

    def code_map(self, at: At, text: str) -> yaml.Node | None:
        node = self.flow(at, text)
        if node is None:
            self.wrong(at, f'{text!r}: write it as `{{"yes": show, "no": none}}`')
        return node

    def _placed(self, at: At, node: yaml.Node) -> yaml.Node:
        """The same node standing in a cell, anchors and all taken as they are."""
        node.start_mark = self.mark(at)
        if isinstance(node, yaml.SequenceNode):
            for each in node.value:
                self._placed(at, each)
        if isinstance(node, yaml.MappingNode):
            for key, value in node.value:
                self._placed(at, key)
                self._placed(at, value)
        return node


def _in_cells(text: str) -> str:
    """A mistake as it is said of a file, for whoever mends a sheet."""
    return MISSING.sub(r"\1 is empty: fill in the column \1", text)


READERS: Mapping[Cell, Callable[[CellNodes, At, str], yaml.Node | None]] = {
    Cell.TEXT: CellNodes.text,
    Cell.FLAG: CellNodes.flag,
    Cell.NUMBER: CellNodes.number,
    Cell.DAY: CellNodes.day,
    Cell.CODES: CellNodes.codes,
    Cell.CONDITION: CellNodes.condition,
    Cell.WORDINGS: CellNodes.wordings,
    Cell.CODE_MAP: CellNodes.code_map,
}
