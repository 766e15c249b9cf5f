"""What stands over the columns of a list, in the words of six languages and of the programs that export lists."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType

from dialogs.knowledge.data_files import facts
from dialogs.text.normalize import normalize

__all__ = ["Columns", "columns_of"]


def _words() -> dict[str, str]:
    found: dict[str, str] = {}
    for column, words in facts("list_columns").items():
        for word in words:
            found.setdefault(normalize(word), column)
    return found


COLUMNS: Mapping[str, str] = MappingProxyType(_words())
"""Normalized header to column."""

AROUND = re.compile(r"^\s*\d{1,2}\s*[.)]\s*|\([^()]*\)|（[^（）]*）|\*|\[[^\[\]]*\]")
"""What forms put around the names of their columns: `3. Country *`, `E-mail (required)`."""

LONGEST_HEADER = 120
"""Characters of a header that are looked at."""


@dataclass(frozen=True, slots=True)
class Columns:
    """Where each known column stands, in several places where several are called alike; what the others are called."""

    places: Mapping[str, tuple[int, ...]]
    unused: tuple[str, ...] = ()

    @property
    def name_somebody(self) -> bool:
        """Whether the rows say who somebody is."""
        return bool(self.places.keys() & {"email", "name", "given", "family", "organisation"})


def columns_of(header: Sequence[str]) -> Columns:
    """Where each known column stands, by its name alone or without what is around it.

    Spanish lists call the given name `nombre` where there is an `apellido`, and the whole name so where there is none;
    Russian ones likewise with `имя` and `фамилия`; French ones the family name `nom` where there is a `prénom`. A
    `state` is a country only where no column is called so: elsewhere it is a part of one.
    """
    found: dict[str, tuple[int, ...]] = {}
    unused: list[str] = []
    for place, text in enumerate(header):
        column = _column(text[:LONGEST_HEADER])
        if column is not None:
            found[column] = (*found.get(column, ()), place)
        elif text.strip():
            unused.append(" ".join(text.split())[:40])
    return Columns(MappingProxyType(_put_right(found)), tuple(unused))


def _column(text: str) -> str | None:
    return COLUMNS.get(normalize(text)) or COLUMNS.get(normalize(AROUND.sub(" ", text)))


def _put_right(found: dict[str, tuple[int, ...]]) -> dict[str, tuple[int, ...]]:
    """What columns are when they are seen together."""
    if "family" in found and "name" in found and "given" not in found:
        found["given"] = found.pop("name")
    elif "given" in found and "name" in found and "family" not in found:
        found["family"] = found.pop("name")
    elif "given" in found and "family" not in found:
        found.setdefault("name", found.pop("given"))
    if "country" in found:
        found.pop("state", None)
    return found
