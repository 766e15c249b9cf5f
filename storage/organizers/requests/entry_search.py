"""Requests about the register."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizers.requests.base import OrganizersRequest
from dialogs.organizers.requests.entry_search import Found, FoundEntry, ReadEntry, SearchEntries
from storage.entries import entry_search
from storage.organizers.requests.context import RequestContext, Way

__all__ = ["WAYS"]


def _search(office: RequestContext, request: SearchEntries) -> Found:
    return Found(*entry_search.page(office.session, request.wanted, request.skip, request.limit))


def _read(office: RequestContext, request: ReadEntry) -> FoundEntry | None:
    return entry_search.read(office.session, request.reference)


WAYS: Mapping[type[OrganizersRequest], Way] = {SearchEntries: _search, ReadEntry: _read}
