"""Requests about contacts."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizers.requests.base import OrganizersRequest
from dialogs.organizers.requests.contacts import Reach, ReadReach, TakeList
from storage.contacts import reachability, uploads
from storage.organizers.requests.context import RequestContext, Way

__all__ = ["WAYS"]


def _read(office: RequestContext, request: OrganizersRequest) -> Reach:
    groups = reachability.by_country_and_language(office.session)
    return Reach(tuple(groups), uploads.newest(office.session, office.person))


def _take(office: RequestContext, request: TakeList) -> Reach:
    uploads.add(office.session, office.person, request.file, office.now)
    return _read(office, request)


WAYS: Mapping[type[OrganizersRequest], Way] = {ReadReach: _read, TakeList: _take}
