"""The countries an activity can be in: ITU's Member States and participants, by ITU-D region."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from dialogs.knowledge.data_files import facts

__all__ = ["INTERNATIONAL", "MEMBERS", "REGIONS", "WORLD", "expanded", "members_of", "region_of"]

INTERNATIONAL = "INT"
"""Stands for "no country" where an international organization is asked for one."""

BY_REGION: Mapping[str, tuple[str, ...]] = {
    region: tuple(sorted([*lists["members"], *lists.get("participants", ())]))
    for region, lists in facts("countries")["regions"].items()
}

REGIONS: tuple[str, ...] = tuple(BY_REGION)
"""`AFR AMS ARB ASP CIS EUR`."""

MEMBERS: tuple[str, ...] = tuple(sorted(code for codes in BY_REGION.values() for code in codes))
"""ISO 3166-1 alpha-2 codes: the 194 Member States and the State of Palestine, which takes part."""

WORLD = "WLD"
"""Stands for all countries together."""

REGION_OF: Mapping[str, str] = {code: region for region, codes in BY_REGION.items() for code in codes}


def region_of(country: str) -> str | None:
    """The region of a country; None for `INT` and for what is no member."""
    return REGION_OF.get(country)


def members_of(region: str) -> tuple[str, ...]:
    """The countries of a region, by code; KeyError when there is no such region."""
    return BY_REGION[region]


def expanded(places: Iterable[str]) -> tuple[str, ...]:
    """The countries of an answer that may name regions or the whole world, each once; what is unknown is left out."""
    found: dict[str, None] = {}
    for code in places:
        members = MEMBERS if code == WORLD else BY_REGION.get(code, (code,) if code in REGION_OF else ())
        found.update(dict.fromkeys(members))
    return tuple(found)
