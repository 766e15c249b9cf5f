"""Which offered language is nearest to those that an app or a browser reports, or that are spoken where it is."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator

from babel.core import get_global
from babel.languages import get_official_languages

__all__ = ["nearest", "of_header", "of_zone"]

NEAR = {
    **dict.fromkeys(("ca", "gl", "eu", "ast", "qu", "ay", "gn", "pt"), "es"),
    **dict.fromkeys(("br", "co", "oc", "ht", "mg", "wo", "ln", "ff", "sg", "kab"), "fr"),
    **dict.fromkeys(("be", "kk", "ky", "tg", "tk", "tt", "ba", "cv", "os", "ce", "sah", "hy"), "ru"),
    **dict.fromkeys(("yue", "wuu", "nan", "hak", "cmn", "bo", "ii", "ug", "za"), "zh"),
    **dict.fromkeys(("arb", "arz", "ary", "apc", "acm", "ajp", "aeb", "arq", "ars", "ckb"), "ar"),
}
"""What speakers of a language most likely read as well, after CLDR's languageMatching; Portuguese is ours:
its readers understand written Spanish. Languages not named here get English."""


LONGEST_TAG = 35
"""Characters of a tag that are looked at: RFC 5646 lets programs be content with so many."""


def nearest(tag: str | None, offered: Collection[str]) -> str | None:
    """The offered language nearest to a BCP 47 tag; None when none is near or the tag says nothing."""
    known = {language.lower(): language for language in offered}
    return next((known[wanted] for wanted in _wanted(tag) if wanted in known), None)


def _wanted(tag: str | None) -> Iterator[str]:
    """The tag, then ever shorter beginnings of it (RFC 4647, lookup), then the language near to it."""
    parts = (tag or "").strip()[:LONGEST_TAG].replace("_", "-").lower().split("-")
    for length in range(len(parts), 0, -1):
        yield "-".join(parts[:length])
    if parts[0] in NEAR:
        yield NEAR[parts[0]]


MOST_RANGES = 20
"""Languages of a header that are looked at; browsers send up to ten."""

RANGE = re.compile(r"([A-Za-z]{1,8}(?:-[A-Za-z0-9]{1,8})*|\*)(?:\s*;\s*q\s*=\s*([01](?:\.\d{0,3})?))?")
"""A language range with its weight (RFC 9110, 12.4.2 and 12.5.4)."""


def of_header(header: str, offered: Collection[str]) -> str | None:
    """The offered language that an Accept-Language header prefers; None when it prefers none of them.

    The weights decide, then the order. What has the weight 0 is not acceptable, whatever is near to it.
    """
    ranges: list[tuple[float, str]] = []
    for part in header.split(",")[:MOST_RANGES]:
        if (found := RANGE.fullmatch(part.strip()[:60])) is not None:
            ranges.append((float(found[2] or 1), found[1]))
    refused = {nearest(tag, offered) for weight, tag in ranges if not weight}
    for weight, tag in sorted(ranges, key=lambda each: -each[0]):
        near = nearest(tag, offered) if weight and tag != "*" else None
        if near is not None and near not in refused:
            return near
    return None


def of_zone(zone: str | None, offered: Collection[str]) -> str | None:
    """An offered language that is official where a clock is set to this IANA zone; None when it is not known."""
    territory = get_global("zone_territories").get(zone or "")
    official = get_official_languages(territory, de_facto=True) if territory else ()
    return next((near for tag in official if (near := nearest(tag.replace("_", "-"), offered)) is not None), None)
