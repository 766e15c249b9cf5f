"""A table of what people type, in six languages: never something else in silence, and nearly always right or asked."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml

from dialogs.answers.readers import Accepted
from tests.answers.asking import (
    ACTIVITIES,
    BASES,
    COUNTRIES,
    GOALS,
    LINES,
    ORGANISATIONS,
    PARTS,
    STAGES,
    YES_NO,
    reading,
)

KINDS = {
    "country": ("country", COUNTRIES),
    "number": ("number", ()),
    "month": ("month", ()),
    "email": ("email", ()),
    "url": ("url", ()),
    "organisation": ("one", ORGANISATIONS),
    "lines": ("several", LINES),
    "goals": ("several", GOALS),
    "yes_no": ("yes_no", YES_NO),
    "kind_of_activity": ("one", ACTIVITIES),
    "stage": ("one", STAGES),
    "part_of_country": ("one", PARTS),
    "basis_of_effects": ("several", BASES),
}


@cache
def table() -> list[tuple[str, str, str, Any]]:
    """Each row: its kind, the language of its reader, what is typed, what is kept."""
    rows = yaml.safe_load((Path(__file__).parent / "inputs.yaml").read_text(encoding="utf-8"))
    return [(kind, *row) for kind, each in rows.items() for row in each]


def judged(kind: str, language: str, text: str, expected: Any) -> str:
    """`right`, `asked` where an answer was right, or `wrong`: something else was taken."""
    asked, options = KINDS[kind]
    outcome = reading(asked, str(text), options, language)
    if not isinstance(outcome, Accepted):
        return "right" if expected == "asked" else "asked"
    kept = sorted(outcome.value) if isinstance(outcome.value, list) else outcome.value
    wanted = sorted(expected) if isinstance(expected, list) else expected
    return "right" if kept == wanted else "wrong"


@pytest.mark.feature("N2")
def test_nothing_else_than_was_typed_is_taken_and_nearly_everything_is_right_or_rightly_asked() -> None:
    found = [(judged(*row), row) for row in table()]
    assert len(found) >= 400
    assert [row for how, row in found if how == "wrong"] == []
    assert [row for how, row in found if how == "asked"][8:] == [], "2 % may be asked although they are clear"
