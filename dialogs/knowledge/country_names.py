"""What countries are called besides their shown names: other names, capitals, names that several share."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.knowledge.data_files import facts

__all__ = ["NOT_LISTED", "OTHER_NAMES", "PLACES", "SHARED"]


def _by_code(kind: str) -> Mapping[str, tuple[str, ...]]:
    rows = facts("country_names")["countries"]
    return MappingProxyType({code: tuple(row[kind]) for code, row in rows.items() if kind in row})


OTHER_NAMES = _by_code("names")
"""Names that mean one country and no other, by alpha-2 code."""

PLACES = _by_code("places")
"""Capitals and cities by which a country is often named, by alpha-2 code."""

SHARED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {name: tuple(row["may_be"]) for row in facts("country_names")["shared"] for name in row["names"]}
)
"""Names that are always asked about, with the codes that they may mean, the likeliest first."""

NOT_LISTED: tuple[str, ...] = tuple(facts("country_names")["not_listed"])
"""Places that people name where a country is asked for, and that are no Member State."""
