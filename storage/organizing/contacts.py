"""Requests about contacts."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizing.requests.base import OrganizersRequest
from dialogs.organizing.requests.contacts import Reach, ReadReach, TakeList
from storage import lists, reach
from storage.organizing.office import Office, Way

__all__ = ["WAYS"]


def _read(office: Office, request: OrganizersRequest) -> Reach:
    groups = reach.by_country_and_language(office.session)
    return Reach(tuple(groups), lists.newest(office.session, office.person))


def _take(office: Office, request: TakeList) -> Reach:
    lists.add(office.session, office.person, request.file, office.now)
    return _read(office, request)


WAYS: Mapping[type[OrganizersRequest], Way] = {ReadReach: _read, TakeList: _take}
