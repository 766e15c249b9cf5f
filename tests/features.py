"""`make features`: which rows of `docs/features.md` are shown by a test, and which are not.

A row is had when at least one test marked `@pytest.mark.feature("Q1")` passes; so run it after the tests.
Exit code 1 when a row that the table calls had has no test.
"""

from __future__ import annotations

import ast
import re
import sys
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

ROOT = Path(__file__).parents[1]
ROW = re.compile(r"^\| ([A-Z]+\d+) \| (.+?) \| (had|not yet) \|", re.MULTILINE)


def marked(path: Path) -> Iterator[tuple[str, str]]:
    """(row id, test name) of every marked test in a file; a mark of the whole file is one of each of its tests."""
    module = ast.parse(path.read_text())
    of_all = [id for node in module.body if _is_pytestmark(node) for id in _rows(node)]
    for node in ast.walk(module):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            own = [id for mark in node.decorator_list for id in _rows(mark)]
            is_test = not isinstance(node, ast.ClassDef) and node.name.startswith("test_")
            yield from ((id, node.name) for id in dict.fromkeys([*own, *(of_all if is_test else ())]))


def _is_pytestmark(node: ast.stmt) -> bool:
    return isinstance(node, ast.Assign) and any(ast.unparse(target) == "pytestmark" for target in node.targets)


def _rows(node: ast.AST) -> Iterator[str]:
    """The rows that the marks in a piece of code name."""
    for call in ast.walk(node):
        if isinstance(call, ast.Call) and ast.unparse(call.func).endswith("mark.feature"):
            yield from (str(ast.literal_eval(id)) for id in call.args)


def main() -> int:
    shown: dict[str, list[str]] = defaultdict(list)
    for path in sorted((ROOT / "tests").rglob("test_*.py")):
        for id, test in marked(path):
            shown[id].append(f"{path.relative_to(ROOT)}::{test}")
    rows = ROW.findall((ROOT / "docs" / "features.md").read_text())
    wrong = 0
    for id, what, state in rows:
        tests = shown.pop(id, [])
        claim_fails = state == "had" and not tests
        wrong += claim_fails
        mark = "MISSING" if claim_fails else ("shown" if tests else "not yet")
        print(f"{id:4} {mark:8} {what}" + (f"  [{len(tests)} tests]" if tests else ""))
    for id in sorted(shown):
        print(f"{id:4} UNLISTED by docs/features.md, shown by {shown[id][0]}")
        wrong += 1
    print(f"{sum(1 for _, _, state in rows if state == 'had')} of {len(rows)} rows had")
    return 1 if wrong else 0


if __name__ == "__main__":
    sys.exit(main())
