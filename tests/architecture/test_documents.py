"""What the documents point at exists: files, folders, tests, and pages beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
OURS = ("bot/", "dialogs/", "locales/", "storage/", "tests/", "docs/", "benchmarks/")

CODE = re.compile(r"`([^`\n]+)`")
PATH = re.compile(r"((?:[\w.-]+/)*[\w.-]*)(?:::(\w+))?")
LINK = re.compile(r"\]\((?!\w+:)([^)#\s]+)")


def pointed_at(text: str) -> Iterator[tuple[str, str | None]]:
    """The paths in a text, each with the test that is named in it; a test alone is of the file named before."""
    last = ""
    for code in CODE.findall(text):
        found = PATH.fullmatch(code)
        if found is None or not (found[1].startswith(OURS) or found[1].endswith(".py") or found[2]):
            continue
        last = found[1] or last
        yield last, found[2]


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: str(path.relative_to(ROOT)))
def test_what_a_document_points_at_is_there(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    missing = []
    for path, test in pointed_at(text):
        places = [ROOT / path, ROOT / "tests" / path] if "/" in path else []
        place = next((place for place in places if place.exists()), None)
        if places and (place is None or (test and f"def {test}(" not in place.read_text(encoding="utf-8"))):
            missing.append(f"{path}::{test}" if test else path)
    missing += [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert not missing
