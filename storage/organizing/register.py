"""Requests about the register."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizing.requests.base import OrganizersRequest
from dialogs.organizing.requests.register import Found, FoundEntry, ReadEntry, SearchEntries
from storage import register
from storage.organizing.office import Office, Way

__all__ = ["WAYS"]


def _search(office: Office, request: SearchEntries) -> Found:
    return Found(*register.page(office.session, request.wanted, request.skip, request.limit))


def _read(office: Office, request: ReadEntry) -> FoundEntry | None:
    return register.read(office.session, request.reference)


WAYS: Mapping[type[OrganizersRequest], Way] = {SearchEntries: _search, ReadEntry: _read}
