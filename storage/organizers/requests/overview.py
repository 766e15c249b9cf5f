"""The request for what waits."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.overview import ReadOverview, Waiting
from storage.organizers import organizers, overview
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS"]


def _read(context: RequestContext, request: ReadOverview) -> Waiting:
    session, person = context.session, context.person
    return overview.waiting_for(session, person, organizers.role_of(session, person), request.call, context.now)


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {ReadOverview: _read}
