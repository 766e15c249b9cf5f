"""Requests for figures."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.statistics import Figures, ReadFigures
from dialogs.domain.roles import Right, may
from storage.calls import statistics
from storage.organizers import organizers
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS"]


def _read(context: RequestContext, request: ReadFigures) -> Figures | None:
    full = may(organizers.role_of(context.session, context.person), Right.ORGANIZERS)  # an owner may read every entry
    return statistics.read(context.session, request.call, request.sections, context.now, full=full)


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {ReadFigures: _read}
