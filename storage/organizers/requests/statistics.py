"""Requests for figures."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizers.requests.base import OrganizersRequest
from dialogs.organizers.requests.statistics import Figures, ReadFigures
from storage.calls import statistics
from storage.organizers.requests.context import RequestContext, Way

__all__ = ["WAYS"]


def _read(office: RequestContext, request: ReadFigures) -> Figures | None:
    return statistics.read(office.session, request.call, request.sections, office.now)


WAYS: Mapping[type[OrganizersRequest], Way] = {ReadFigures: _read}
