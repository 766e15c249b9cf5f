"""Messages in words: the catalogues of every language, and the way from a message to a text.

A language is a folder here with `.po` files; nothing else names one. English is the source: what another
language lacks is said in English, what English lacks is shown as its key in brackets. Nothing is ever blank,
and nothing raises because of a text.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import cache, lru_cache
from pathlib import Path
from string import Formatter
from types import MappingProxyType

from dialogs.domain.messages import Message, Value
from locales.catalogue import Catalogue, languages_in, read_catalogue
from locales.direction import isolated, strays
from locales.markup import HTML, PLAIN, TELEGRAM, Markup
from locales.negotiation import nearest
from locales.rendering import Rendering, direction_of
from locales.sorting import in_order

__all__ = ["HTML", "PLAIN", "SOURCE", "TELEGRAM", "Markup", "Words"]

log = logging.getLogger(__name__)

HERE = Path(__file__).parent
SOURCE = "en"


class Words:
    """The texts of all languages. Each is read when it is first wanted."""

    def __init__(self, languages: tuple[str, ...], read: Callable[[str], Catalogue], folder: Path = HERE) -> None:
        self.languages = languages
        self.folder = folder
        self._read = read
        self._catalogues: dict[str, Catalogue] = {}
        self._own: dict[str, dict[str, tuple[str, ...]]] = {}

    @classmethod
    @cache
    def ours(cls) -> Words:
        """The words that come with the project, read once in a process."""
        return cls.load(HERE)

    @classmethod
    def load(cls, folder: Path) -> Words:
        """The words under `folder`: one folder a language, named by its code."""
        return cls(languages_in(folder), lambda language: read_catalogue(folder, language), folder)

    def catalogue(self, language: str) -> Catalogue:
        """The texts of an offered language; English's for any other."""
        language = language if language in self.languages else SOURCE
        if language not in self._catalogues:
            self._catalogues[language] = self._read(language)
        return self._catalogues[language]

    def add(self, texts: Mapping[str, Mapping[str, str]]) -> None:
        """Have more texts, by key and language: those of questionnaires that did not come with the project."""
        for language in self.languages if texts else ():
            own = self._own.setdefault(language, {})
            own |= {key: (said[language],) for key, said in texts.items() if said.get(language)}
            there = self.catalogue(language)
            self._catalogues[language] = replace(there, texts=MappingProxyType({**there.texts, **own}))

    def forget_added(self) -> None:
        """Have only the catalogues' texts again; they are read when they are next wanted."""
        if self._own:
            self._own.clear()
            self._catalogues.clear()

    def keys(self, language: str) -> frozenset[str]:
        """The keys that can be said in this language without falling back."""
        return frozenset(self.catalogue(language).texts)

    def forms(self, language: str, key: str) -> tuple[str, ...]:
        """The text of a key in this language as translated, one a plural form; empty when there is none."""
        return self.catalogue(language).texts.get(key, ())

    def direction(self, language: str) -> str:
        """ "ltr" or "rtl"."""
        return direction_of(language)

    def offered(self, tag: str | None) -> str:
        """The offered language nearest to a BCP 47 tag such as `pt-BR`; English when none is near."""
        return nearest(tag, self.languages) or SOURCE

    def say(self, value: Value, language: str, *, zone: str | None = None, markup: Markup = PLAIN) -> str:
        """`value` as text in `language`, moments also in `zone` (an IANA name), escaped for `markup`."""
        return Rendering(language, markup, zone, self).whole(value)

    def in_order(self, values: Iterable[Value], language: str) -> list[Value]:
        """`values` sorted by their names as people of `language` sort them."""
        return in_order([(self.say(value, language), value) for value in values], language)

    def pseudo(self) -> Words:
        """These words and a made-up language, `en-XA`: what does not look foreign in it is no message."""
        from locales.tools.pseudo_locale import LANGUAGE, pseudo_catalogue

        def read(language: str) -> Catalogue:
            return pseudo_catalogue(self.catalogue(SOURCE)) if language == LANGUAGE else self.catalogue(language)

        return Words((*self.languages, LANGUAGE), read, self.folder)

    def write(self, message: Message, rendering: Rendering) -> str:
        """A message within a rendering; `say` is the way in."""
        text = self.catalogue(rendering.language).form(message.key, message.count)
        if text is not None:
            return _filled(text, message, rendering)
        text = self.catalogue(SOURCE).form(message.key, message.count)
        if text is None:
            log.error("no text for %s", message.key)
            return rendering.markup.escape(f"[{message.key}]")
        written = _filled(text, message, rendering)
        return isolated(written) if strays(text, rendering.direction) else written


def _filled(text: str, message: Message, rendering: Rendering) -> str:
    """The text with its values. One that is missing is an ellipsis: a gap is better than no answer at all."""
    values: Mapping[str, Value] = message.values
    if message.count is not None:
        values = {"count": message.count, **values}
    return "".join(
        (rendering.inside(values[name]) if name in values else _gap(name, message.key))
        if name is not None
        else rendering.literal(literal)
        for literal, name in pieces(text)
    )


def _gap(name: str, key: str) -> str:
    log.error("no value for {%s} in %s", name, key)
    return "…"


@lru_cache(maxsize=16_384)
def pieces(text: str) -> tuple[tuple[str, str | None], ...]:
    """A text cut at its placeholders: (literal, None) or ("", name). One that is malformed is all literal."""
    found: list[tuple[str, str | None]] = []
    try:
        for literal, name, _, _ in Formatter().parse(text):
            if literal:
                found.append((literal, None))
            if name is not None:
                found.append(("", name))
    except ValueError:
        return ((text, None),)
    return tuple(found)
