"""Requests about the register."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.entry_search import Found, FoundEntry, ReadEntry, SearchEntries
from storage.entries import entry_search
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS"]


def _search(context: RequestContext, request: SearchEntries) -> Found:
    return Found(*entry_search.page(context.session, request.wanted, request.skip, request.limit))


def _read(context: RequestContext, request: ReadEntry) -> FoundEntry | None:
    return entry_search.read(context.session, request.reference)


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {SearchEntries: _search, ReadEntry: _read}
