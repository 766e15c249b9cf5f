"""Requests about contacts."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.contacts import Reach, ReadReach, TakeList
from storage.contacts import reachability, uploads
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS"]


def _read(context: RequestContext, request: OrganizersRequest) -> Reach:
    groups = reachability.by_country_and_language(context.session)
    return Reach(tuple(groups), uploads.newest(context.session, context.person))


def _take(context: RequestContext, request: TakeList) -> Reach:
    uploads.add(context.session, context.person, request.file, context.now)
    return _read(context, request)


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {ReadReach: _read, TakeList: _take}
