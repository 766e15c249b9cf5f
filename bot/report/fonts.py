"""The fonts that the report is set in: the machine's Noto faces, else those of the extra `report`, pinned by hash.

The machine's come first: they have a file for each weight. Of the extra's Arabic, which has all weights in one, the
words of a PDF cannot be copied or read aloud rightly: its dots are glyphs of their own.
"""

from __future__ import annotations

from importlib.util import find_spec
from pathlib import Path

from bot.charts.fonts import named

__all__ = ["gather"]

FACES = (
    (("NotoSans-Regular", "NotoSans-Bold"), "fontpkg_noto_sans"),
    (("NotoSansArabic-Regular", "NotoSansArabic-Bold"), "fontpkg_noto_sans_arabic"),
    (("NotoSansCJK-Regular", "NotoSansCJK-Bold"), "manimgx_fonts_cjk"),
)
"""Names of files on a machine (Debian: fonts-noto-core, fonts-noto-cjk), and the package that stands in. All OFL."""


def gather(folder: Path) -> list[str]:
    """Put links to the machine's faces into `folder`; the folders with all the faces to set in, and with no others."""
    found = [str(folder)]
    for names, package in FACES:
        files = named(names)
        if len(files) == len(names):
            for file in files:
                (folder / file.name).symlink_to(file)
        elif (spec := find_spec(package)) is not None and spec.origin:
            found.append(str(Path(spec.origin).parent))
    return found
