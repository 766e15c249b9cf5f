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
    """(row id, test name) of every marked test in a file."""
    for node in ast.walk(ast.parse(path.read_text())):
        if not isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            continue
        for mark in node.decorator_list:
            if isinstance(mark, ast.Call) and ast.unparse(mark.func).endswith("mark.feature"):
                yield from ((str(ast.literal_eval(id)), node.name) for id in mark.args)


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
