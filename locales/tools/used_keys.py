"""Which messages the code says: read from its syntax trees."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

__all__ = ["FAMILIES", "Usage", "places_of_choices", "used_in"]

PROJECT = Path(__file__).parents[2]
ROOMS = ("bot", "dialogs", "locales", "storage")
SAYERS = ("M", "Message")

FAMILIES = ("country.", "command.")
"""Keys that are used when they are there, by their beginning: our names of countries, and commands' descriptions."""

ALL_OF_THEM = ("option.", "action_line.", "goal.", "target.", "region.", "prize_category.", "question.", "section.")
"""Keys put together from data that is known in full: code that makes them says nothing about which there are."""

KEY = re.compile(r"[a-z][a-z0-9_]*(?:\.[A-Za-z0-9_-]+)+")

IN_TEMPLATE = re.compile(rf"""\bM\((["'])({KEY.pattern})\1""")
"""How a page template says a message: `M("web.start")`."""


@dataclass(frozen=True, slots=True)
class Usage:
    """What is said. `said`: keys given literally in code or needed by data, with where; `named`: every other text
    in code that looks like a key (tables of keys); `made`: patterns of keys put together from parts."""

    said: dict[str, str]
    named: frozenset[str]
    made: tuple[re.Pattern[str], ...]

    def uses(self, key: str) -> bool:
        """Whether the code may say `key`."""
        if key in self.said or key in self.named or key.startswith(FAMILIES):
            return True
        return any(pattern.fullmatch(key) for pattern in self.made)


def used_in(project: Path = PROJECT, rooms: Iterable[str] = ROOMS) -> Usage:
    """Read every module and every page template of the rooms."""
    said: dict[str, str] = {}
    named: set[str] = set()
    made: set[str] = set()
    for path in sorted(file for room in rooms for file in (project / room).rglob("*.py")):
        tree = ast.parse(path.read_text("utf-8"), str(path))
        at = path.relative_to(project).as_posix()
        said.update({key: f"{at}:{line}" for key, line in _said(tree)})
        named.update(_named(tree))
        made.update(_made(tree))
    for path in sorted(file for room in rooms for file in (project / room).rglob("*.html")):
        at = path.relative_to(project).as_posix()
        said.update({found[2]: at for found in IN_TEMPLATE.finditer(path.read_text("utf-8"))})
    return Usage(said, frozenset(named), tuple(map(re.compile, sorted(made))))


def _said(tree: ast.AST) -> Iterator[tuple[str, int]]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and _name(node.func) in SAYERS and node.args:
            yield from ((key, node.lineno) for key in _constants(node.args[0]))


def _name(function: ast.expr) -> str:
    return function.id if isinstance(function, ast.Name) else ""


def _constants(node: ast.expr) -> Iterator[str]:
    """The literal keys of an argument: one, or the two of `a if condition else b`."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value
    elif isinstance(node, ast.IfExp):
        yield from _constants(node.body)
        yield from _constants(node.orelse)


def _named(tree: ast.AST) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and KEY.fullmatch(node.value):
            yield node.value


def _made(tree: ast.AST) -> Iterator[str]:
    """Patterns of `f"deadline.{state}"`: a hole is any text. One that begins with a hole says nothing."""
    for node in ast.walk(tree):
        if isinstance(node, ast.JoinedStr) and node.values and isinstance(node.values[0], ast.Constant):
            parts = [re.escape(str(part.value)) if isinstance(part, ast.Constant) else ".+" for part in node.values]
            head = str(node.values[0].value)
            if re.match(r"[a-z][a-z0-9_]*\.", head) and not head.startswith(ALL_OF_THEM):
                yield "".join(parts)


CHOICE = re.compile(r"""\bM\(["'](choice\.\w+)["']""")


def places_of_choices(project: Path = PROJECT, rooms: Iterable[str] = ("dialogs",)) -> dict[str, set[str]]:
    """In which modules each button is put on a screen."""
    found: dict[str, set[str]] = {}
    for path in (file for room in rooms for file in (project / room).rglob("*.py")):
        for key in CHOICE.findall(path.read_text("utf-8")):
            found.setdefault(key, set()).add(path.relative_to(project).as_posix())
    return found
