"""The texts of one language, read from its `.po` files and compiled in memory. There are no other files."""

from __future__ import annotations

import logging
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from gettext import c2py
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Entry
from babel.messages.pofile import PoFileError, read_po

from locales.plurals import plural_of

__all__ = [
    "Catalogue",
    "domains",
    "forms_of",
    "key_of",
    "languages_in",
    "read_catalogue",
    "read_domain",
]

LINE = re.compile(r'(?:#.*|(?:msg\w+(?:\[\d+\])?\s+)?"(?:[^"\\]|\\.)*"|)\s*')
"""Babel forgives a quote that is missing or too many, and cuts the text there; people would see half a text."""

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Texts by key. A text has one form, or as many as the language has plural forms.

    `plural` gives the form for a count. Entries that are fuzzy, empty or half empty are not among `texts`:
    a person gets English rather than a guess; the inspection names them.
    """

    language: str
    texts: Mapping[str, tuple[str, ...]]
    plural: Callable[[int], int] = field(compare=False)

    def form(self, key: str, count: int | None) -> str | None:
        """The text of `key` for `count`; None when this catalogue lacks it."""
        forms = self.texts.get(key)
        if forms is None:
            return None
        if count is None or len(forms) == 1:
            return forms[-1]
        return forms[min(self.plural(abs(count)), len(forms) - 1)]


def languages_in(folder: Path) -> tuple[str, ...]:
    """The languages that have a folder with catalogues, sorted by code."""
    return tuple(sorted(there.name for there in folder.iterdir() if there.is_dir() and any(there.glob("*.po"))))


def domains(folder: Path, language: str) -> tuple[Path, ...]:
    """The files of a language, sorted by name."""
    return tuple(sorted((folder / language).glob("*.po")))


def read_domain(path: Path, language: str) -> Catalog:
    """One file as Babel reads it; PoFileError when it is malformed, ValueError when its header is."""
    lines = path.read_text("utf-8").splitlines()
    for number, line in enumerate(lines, 1):
        if not LINE.fullmatch(line):
            raise PoFileError(f"line {number} is no line of a catalogue: {line}", Catalog(), line, number)
    return read_po(lines, locale=language.replace("-", "_"), abort_invalid=True)


def read_catalogue(folder: Path, language: str) -> Catalogue:
    """Everything in a language's folder. A file that cannot be read is logged, and English stands in."""
    texts: dict[str, tuple[str, ...]] = {}
    plural: Callable[[int], int] | None = None
    for path in domains(folder, language):
        try:
            catalog = read_domain(path, language)
        except (PoFileError, ValueError, LookupError):
            log.exception("%s cannot be read; its texts are shown in English", path.name)
            continue
        plural = plural or c2py(catalog.plural_expr)
        texts.update(_usable(catalog))
    return Catalogue(language, MappingProxyType(texts), plural or plural_of(language))


def _usable(catalog: Catalog) -> Iterator[tuple[str, tuple[str, ...]]]:
    for entry in catalog:
        key, forms = key_of(entry), forms_of(entry)
        if key and forms and all(forms) and not entry.fuzzy:
            yield key, forms


def key_of(entry: Entry) -> str:
    """An entry's key: for plurals msgid and msgid_plural are the same."""
    return str(entry.id if isinstance(entry.id, str) else entry.id[0])


def forms_of(entry: Entry) -> tuple[str, ...]:
    """An entry's texts: one, or one a plural form."""
    return (entry.string,) if isinstance(entry.string, str) else tuple(entry.string or ())
