"""Addresses of the register: permanent, readable, with the language in them. The same search has one address."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import urlencode

from aiohttp import web

from dialogs.questionnaire.register import FACETS, EntryQuery

__all__ = ["FORMATS", "REFERENCE", "Addresses", "query_of"]

REFERENCE = re.compile(r"WSIS-\d{4}-\d{6,}", re.ASCII)
FORMATS = ("csv", "xlsx", "json")
"""In which a result can be taken away."""
SAFE = ",:-"
EVERYTHING = EntryQuery()


@dataclass(frozen=True, slots=True)
class Addresses:
    """The register's addresses in one language. `base` is the site's own address where it is known, else empty."""

    language: str
    base: str = ""

    def within(self, language: str) -> Addresses:
        return Addresses(language, self.base)

    def search(self, query: EntryQuery = EVERYTHING, page: int = 0) -> str:
        return self._with("", query, page)

    def entry(self, reference: str, form: str = "") -> str:
        return f"{self._root}/{reference}{'.' + form if form else ''}"

    def topic(self, facet: str, value: str) -> str:
        return f"{self._root}/{facet}/{value}"

    def values(self, facet: str, query: EntryQuery = EVERYTHING) -> str:
        return self._with(f"/by/{facet}", query)

    def matrix(self, query: EntryQuery = EVERYTHING) -> str:
        return self._with("/matrix", query)

    def feed(self, query: EntryQuery = EVERYTHING) -> str:
        return self._with("/feed.atom", query)

    def download(self, form: str, query: EntryQuery = EVERYTHING) -> str:
        return self._with(f"/entries.{form}", query)

    def embedded(self, query: EntryQuery = EVERYTHING) -> str:
        return self._with("/embed", query)

    def data(self) -> str:
        return f"{self._root}/data"

    @property
    def _root(self) -> str:
        return f"{self.base}/register/{self.language}"

    def _with(self, path: str, query: EntryQuery, page: int = 0) -> str:
        pairs = query.pairs() + ([("page", str(page + 1))] if page else [])
        return self._root + path + (f"?{urlencode(pairs, safe=SAFE)}" if pairs else "")


def query_of(request: web.Request, also: Mapping[str, str] = {}) -> tuple[EntryQuery, int]:
    """The search of an address, and which page of it, the first being 0.

    Not found (404) when the address asks for what the register does not know: a page that showed something else
    instead would be taken for the answer.
    """
    given = [(name, value) for name, value in request.query.items() if name != "page"]
    page = request.query.get("page", "1")
    try:
        if any(name not in (*FACETS, "q") for name, _ in given) or not (page.isascii() and page.isdigit()):
            raise ValueError(page)
        query = EntryQuery.of_pairs([*given, *also.items()])
    except ValueError:
        raise web.HTTPNotFound from None
    if not 1 <= int(page[:9]) <= 1_000_000:
        raise web.HTTPNotFound
    return query, int(page) - 1
