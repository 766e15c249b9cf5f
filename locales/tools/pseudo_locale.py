"""A made-up language: a forgotten text stands out, a tight button shows before translators meet it."""

from __future__ import annotations

from types import MappingProxyType

from locales.catalogue import Catalogue

__all__ = ["LANGUAGE", "pseudo", "pseudo_catalogue"]

LANGUAGE = "en-XA"
"""The name CLDR gives to English with accents."""

ACCENTED = str.maketrans("aceinouyACEINOUYdgst", "áçéíñöúýÁÇÉÍÑÖÚÝďğšť")
LONGER = 0.35
"""Translations from English grow by about a third."""


def pseudo_catalogue(english: Catalogue) -> Catalogue:
    """English, accented, longer, and in brackets."""
    texts = {key: tuple(map(pseudo, forms)) for key, forms in english.texts.items()}
    return Catalogue(LANGUAGE, MappingProxyType(texts), english.plural)


def pseudo(text: str) -> str:
    """`text` made foreign; its placeholders stay."""
    from locales.words import pieces

    said = "".join(literal.translate(ACCENTED) if name is None else f"{{{name}}}" for literal, name in pieces(text))
    return f"⟦{said}{'~' * round(len(text) * LONGER)}⟧"
