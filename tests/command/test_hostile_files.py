"""Files that are hostile or the wrong ones are refused in one line by all that reads JSON, YAML or tables."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.service import Service

DEEP = "[" * 200_000
LONG = "reference;title\n1;" + "x" * 200_000 + "\n"


@pytest.mark.feature("B10", "S1")
async def test_a_hostile_file_is_refused_in_one_line(command: Service, tmp_path: Path) -> None:
    for name, text in (("deep.json", DEEP), ("deep.yaml", DEEP), ("long.csv", LONG)):
        (tmp_path / name).write_text(text)
    for words in (
        ("entries", "import", "deep.json"),
        ("entries", "import", "deep.json", "--mapping", "deep.yaml"),
        ("entries", "import", "long.csv"),
        ("reminders", "set", "deep.yaml"),
        ("announce", "--file", "deep.yaml", "--dry-run"),
        ("questionnaire", "lint", "--file", "deep.yaml"),
        ("review", "assign", "deep.json"),
        ("prizes", "votes", "long.csv", "--call", "2027"),
    ):
        placed = [str(tmp_path / word) if (tmp_path / word).is_file() else word for word in words]
        code, out, errors = await command.command(*placed)
        assert code in (1, 2) and len((out + errors).splitlines()) == 1, (words, out[-300:], errors[-300:])
        assert "Traceback" not in errors and "stocktaking: " in errors, (words, errors)
