"""The report as PDF, set by typst in a process of its own: its memory is gone afterwards, and nobody waits for it.

`python -m bot.report.pdf FOLDER FILE` sets what a folder has; `write` makes the folder and starts that.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import Any, Final

from bot.report.errors import ReportError
from bot.report.fonts import gather
from bot.report.model import Report

__all__ = ["write"]

TEMPLATE = Path(__file__).with_name("report.typ")
STANDARD: Final = "a-2a"
"""PDF/A-2a: to be kept for long, and tagged for those who read by ear."""


def write(report: Report, path: Path) -> str:
    """Set the report. Returns what is to be said about it: "" when it is PDF/A; ReportError when it cannot be set."""
    with tempfile.TemporaryDirectory(prefix="stocktaking-report-") as name:
        folder = Path(name)
        _lay_out(report, folder)
        done = subprocess.run(
            [sys.executable, "-m", "bot.report.pdf", str(folder), str(folder / "report.pdf")],
            capture_output=True,
            text=True,
            check=False,
        )
        if done.returncode:
            raise ReportError(done.stderr.strip().splitlines()[-1] if done.stderr.strip() else "typst ended early")
        shutil.copyfile(folder / "report.pdf", path)
        return done.stdout.strip()


def _lay_out(report: Report, folder: Path) -> None:
    shutil.copyfile(TEMPLATE, folder / "report.typ")
    (folder / "report.json").write_text(json.dumps(_plain(report), ensure_ascii=False), encoding="utf-8")


def _plain(report: Report) -> dict[str, Any]:
    """The report as JSON has it, with what the template cannot work out itself."""
    plain = asdict(report)
    heat_map = report.heat_map
    plain["heat_map"]["shades"] = [[heat_map.shade(count) for count in row] for row in heat_map.cells]
    plain["sheet"] = not report.figures
    for index in plain["indexes"]:
        index["lines"] = [{"name": name, "references": references} for name, references in index["lines"]]
    for chapter, written in zip(report.chapters, plain["chapters"], strict=True):
        for entry, shown in zip(chapter.entries, written["entries"], strict=True):
            for field, text in zip(entry.texts, shown["texts"], strict=True):
                text["paragraphs"] = field.paragraphs
    return plain


def _set(folder: Path, output: Path) -> str:
    """In the faces of the report alone; when they lack a letter, with the machine's too; at last as an ordinary PDF."""
    try:
        import typst
    except ImportError:
        raise ReportError("a PDF needs the extra `report`: pip install 'stocktaking[report]'") from None
    (folder / "fonts").mkdir()
    fonts: list[Any] = list(gather(folder / "fonts"))
    why = ""
    for ours_alone, kept_long in ((True, True), (False, True), (False, False)):
        try:
            typst.compile(
                str(folder / "report.typ"),
                output=str(output),
                root=str(folder),
                font_paths=fonts,
                ignore_system_fonts=ours_alone,
                pdf_standards=[STANDARD] if kept_long else [],
            )
        except typst.TypstError as error:
            why = why or " ".join(str(error.message).split())
        else:
            return "" if kept_long else f"not PDF/A: {why}"
    raise ReportError(why)


if __name__ == "__main__":
    try:
        print(_set(Path(sys.argv[1]), Path(sys.argv[2])))
    except ReportError as error:
        print(error, file=sys.stderr)
        sys.exit(1)
