"""Which offered language is nearest to the one an app reports."""

from __future__ import annotations

from collections.abc import Collection, Iterator

__all__ = ["nearest"]

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
