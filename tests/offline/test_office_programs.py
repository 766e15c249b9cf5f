"""LibreOffice opens the files, saves them in its own way, and what it saved is read as it was."""

from __future__ import annotations

import shutil
import subprocess
from pathlib import Path

import pytest

from bot.offline import document_writer, filled_file, workbook_writer
from tests.conversation import Talker
from tests.offline.office import fill, fill_document, template

pytestmark = [
    pytest.mark.faults,
    pytest.mark.feature("N13"),
    pytest.mark.skipif(shutil.which("soffice") is None, reason="LibreOffice is not installed"),
]
ANSWERS = {
    "title": "شبكات شمسية",
    "description": "Two paragraphs.\n\nThis is the second one.",
    "people_reached": "4200",
}


@pytest.mark.parametrize("format", ["xlsx", "docx"])
@pytest.mark.parametrize("language", ["en", "ar", "zh"])
def test_what_it_saves_is_read_as_it_was(tmp_path: Path, format: str, language: str) -> None:
    anna = Talker("2027b", language)
    anna.does("template")
    made = template(anna)
    listed = {row.key: list(row.options[1:3]) for row in made.rows if row.key in ("countries", "lines")}
    if format == "xlsx":
        data = fill(workbook_writer.write(made), {**ANSWERS, **listed})
    else:
        data = fill_document(document_writer.write(made), {**ANSWERS, **listed})
    sent = tmp_path / f"sent.{format}"
    sent.write_bytes(data)
    profile = f"-env:UserInstallation=file://{tmp_path}/profile"
    words = ("soffice", profile, "--headless", "--convert-to", format, "--outdir", str(tmp_path / "saved"), str(sent))
    ran = subprocess.run(words, capture_output=True, text=True, timeout=300, check=False)
    saved = tmp_path / "saved" / f"sent.{format}"
    if not saved.is_file():
        pytest.skip(f"this LibreOffice has no part for it: {ran.stderr[-200:]}")
    before, after = filled_file.read_bytes(data), filled_file.read_path(saved)
    assert after == before and after.problem is None
    assert [cell.text for cell in after.cells if cell.key == "description"] == [ANSWERS["description"]]
