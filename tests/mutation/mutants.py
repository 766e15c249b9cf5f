"""Every small fault there could be in some files, and a sample of them."""

from __future__ import annotations

import ast
import random
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code

from tests.mutation.operators import OPERATORS

__all__ = ["Mutant", "sample"]


@dataclass(frozen=True)
class Mutant:
    """One small fault: what the operator makes of the `occurrence`-th place that it finds in the file."""

    file: str
    line: int
    operator: str
    occurrence: int

    def __str__(self) -> str:
        return f"{self.file}:{self.line} {self.operator}"

    def plant(self, folder: Path) -> str:
        """Write it into the copy in `folder`; the text that was there."""
        before = (folder / self.file).read_text("utf-8")
        self.write(folder, self.made_of(before))
        return before

    def made_of(self, text: str) -> str:
        """The file's text with the fault in it."""
        changed = mutate_code(text, OPERATORS[self.operator], self.occurrence)
        if changed is None:
            raise LookupError(f"{self}: no such place")
        return str(changed)

    def write(self, folder: Path, text: str) -> None:
        """Put a text in the file's place; what Python compiled of it goes, as it tells changes by the second only."""
        path = folder / self.file
        path.write_text(text, "utf-8")
        for compiled in path.parent.glob(f"__pycache__/{path.stem}.*.pyc"):
            compiled.unlink()


def sample(root: Path, folders: tuple[str, ...], how_many: int, seed: int) -> list[Mutant]:
    """So many at as many places, one of those that are possible at each; the same for the same seed and files."""
    chance = random.Random(seed)
    places: dict[tuple[str, tuple[int, int]], list[Mutant]] = defaultdict(list)
    for path in sorted(path for folder in folders for path in (root / folder).rglob("*.py")):
        for place, mutant in _mutants(path.read_text("utf-8"), str(path.relative_to(root))):
            places[mutant.file, place].append(mutant)
    drawn = (chance.choice(places[place]) for place in chance.sample(sorted(places), len(places)))
    return list(islice((mutant for mutant in drawn if _compiles(mutant, root)), how_many))


def _compiles(mutant: Mutant, root: Path) -> bool:
    """Not so where `*` was no product, as in a list of parameters."""
    try:
        ast.parse(mutant.made_of((root / mutant.file).read_text("utf-8")))
    except SyntaxError:
        return False
    return True


def _mutants(text: str, file: str) -> Iterator[tuple[tuple[int, int], Mutant]]:
    nodes = list(ast_nodes(get_ast(text)))
    left_out = list(_unseen(ast.parse(text)))
    for name, operator in OPERATORS.items():
        found = (place for node in nodes for place in operator.mutation_positions(node))
        for occurrence, (start, _end) in enumerate(found):
            if not any(first <= start < last for first, last in left_out):
                yield start, Mutant(file, start[0], name, occurrence)


def _unseen(tree: ast.Module) -> Iterator[tuple[tuple[int, int], tuple[int, int]]]:
    """From where to where nothing runs: annotations, and what only a type checker reads, decorators of classes."""
    for node in ast.walk(tree):
        if isinstance(node, ast.AnnAssign | ast.arg) and node.annotation is not None:
            yield _span(node.annotation)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef) and node.returns is not None:
            yield _span(node.returns)
        elif isinstance(node, ast.ClassDef):
            for decorator in node.decorator_list:
                yield _span(decorator)
        elif isinstance(node, ast.If) and isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING":
            yield _span(node)


def _span(node: ast.expr | ast.stmt) -> tuple[tuple[int, int], tuple[int, int]]:
    assert node.end_lineno is not None and node.end_col_offset is not None
    return (node.lineno, node.col_offset), (node.end_lineno, node.end_col_offset)
