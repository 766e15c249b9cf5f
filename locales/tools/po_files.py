"""The catalogues of one language as they stand on disk, faults and all, for the inspection and the workshop."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from types import MappingProxyType

from babel.messages.catalog import Catalog
from babel.messages.catalog import Message as Text
from babel.messages.pofile import PoFileError

from locales.catalogue import domains, forms_of, key_of, read_domain

__all__ = ["Entry", "File", "Shelf", "read_shelf"]


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a `.po` file. `forms` has one text, or one a plural form; empty strings where it has none."""

    key: str
    forms: tuple[str, ...]
    plural: bool = False
    fuzzy: bool = False
    comments: tuple[str, ...] = ()
    own_comments: tuple[str, ...] = ()

    @property
    def is_done(self) -> bool:
        """Whether it can be shown to people."""
        return bool(self.forms) and all(self.forms) and not self.fuzzy


@dataclass(frozen=True, slots=True)
class File:
    """One `.po` file. `error` says why it could not be read; it then has no entries."""

    domain: str
    entries: Mapping[str, Entry]
    header: Mapping[str, str]
    twice: tuple[str, ...] = ()
    error: str = ""


@dataclass(frozen=True, slots=True)
class Shelf:
    """All files of a language, in the order of their names."""

    language: str
    files: tuple[File, ...]

    @property
    def entries(self) -> Mapping[str, Entry]:
        """Every entry by key."""
        return {key: entry for file in self.files for key, entry in file.entries.items()}


def read_shelf(folder: Path, language: str) -> Shelf:
    """What `folder` has of a language."""
    return Shelf(language, tuple(_file(path, language) for path in domains(folder, language)))


def _file(path: Path, language: str) -> File:
    try:
        catalog = read_domain(path, language)
    except (PoFileError, ValueError, LookupError) as error:
        return File(path.stem, MappingProxyType({}), MappingProxyType({}), error=str(error))
    entries = {key_of(text): _entry(text) for text in catalog if text.id}
    header = {name.lower(): value for name, value in _header(path)}
    return File(path.stem, MappingProxyType(entries), MappingProxyType(header), _twice(path, catalog))


def _entry(text: Text) -> Entry:
    return Entry(
        key=key_of(text),
        forms=forms_of(text),
        plural=not isinstance(text.id, str),
        fuzzy=bool(text.fuzzy),
        comments=tuple(text.auto_comments),
        own_comments=tuple(text.user_comments),
    )


def _header(path: Path) -> list[tuple[str, str]]:
    """The header as written: Babel fills in what is missing."""
    head = path.read_text("utf-8").split("\n\n", 1)[0]
    lines = [line.strip().strip('"').removesuffix("\\n") for line in head.splitlines() if line.startswith('"')]
    return [(name, value.strip()) for name, colon, value in (line.partition(":") for line in lines) if colon]


def _twice(path: Path, catalog: Catalog) -> tuple[str, ...]:
    """Keys written more than once: Babel keeps only the last."""
    written = [line[7:-1] for line in path.read_text("utf-8").splitlines() if line.startswith('msgid "')]
    return tuple(sorted({key for key in written if key and written.count(key) > 1}))
