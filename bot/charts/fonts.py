"""The fonts that charts are drawn with: those of the machine that have the letters of a language."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from functools import cache
from pathlib import Path

__all__ = ["FAMILIES", "files", "has_letters_of", "named"]

FOLDERS = (
    *("/usr/share/fonts", "/usr/local/share/fonts", "~/.local/share/fonts", "~/.fonts"),
    *("/System/Library/Fonts", "/Library/Fonts", "C:/Windows/Fonts"),
)

SCRIPTS = {"ar": "arabic", "zh": "han"}
"""Languages whose letters not every font has; all others are written in Latin or Cyrillic ones."""

WANTED = {
    "latin": ("NotoSans-Regular", "NotoSans-Bold", "DejaVuSans", "DejaVuSans-Bold", "Arial", "arial", "arialbd"),
    "arabic": ("NotoSansArabic-Regular", "NotoSansArabic-Bold", "NotoNaskhArabic-Regular", "tahoma", "tahomabd"),
    "han": ("NotoSansCJK-Regular", "NotoSansCJK-Bold", "NotoSansSC-Regular", "PingFang", "msyh", "msyhbd"),
}
"""File names without their ending, the best first (Debian: fonts-noto-core and fonts-noto-cjk)."""

FAMILIES = {
    "latin": "'Noto Sans', 'DejaVu Sans', Arial, sans-serif",
    "arabic": "'Noto Sans Arabic', 'Noto Naskh Arabic', Tahoma, sans-serif",
    "han": "'Noto Sans CJK SC', 'Noto Sans SC', 'PingFang SC', 'Microsoft YaHei', sans-serif",
}


def script_of(language: str) -> str:
    return SCRIPTS.get(language.partition("-")[0], "latin")


@cache
def _found() -> dict[str, Path]:
    """The fonts of this machine that are wanted, by name."""
    names = {name for wanted in WANTED.values() for name in wanted}
    return {path.stem: path for path in _all() if path.stem in names}


def _all() -> Iterator[Path]:
    for folder in map(Path, FOLDERS):
        there = folder.expanduser()
        if there.is_dir():
            yield from (path for path in there.rglob("*") if path.suffix.lower() in (".ttf", ".otf", ".ttc"))


def files() -> list[str]:
    """The font files to draw with: few, so that drawing is quick and no odd font steps in for a missing letter."""
    return [str(_found()[name]) for wanted in WANTED.values() for name in wanted if name in _found()]


def named(names: Iterable[str]) -> list[Path]:
    """Those of these files (of `WANTED`) that the machine has."""
    return [_found()[name] for name in names if name in _found()]


def has_letters_of(language: str) -> bool:
    """Whether this machine can draw a language's letters; a chart is in English where it cannot."""
    return any(name in _found() for name in WANTED[script_of(language)])
