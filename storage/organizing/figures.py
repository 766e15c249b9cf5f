"""Requests for figures."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizing.requests.base import OrganizersRequest
from dialogs.organizing.requests.figures import Figures, ReadFigures
from storage import figures
from storage.organizing.office import Office, Way

__all__ = ["WAYS"]


def _read(office: Office, request: ReadFigures) -> Figures | None:
    return figures.read(office.session, request.call, request.sections, office.now)


WAYS: Mapping[type[OrganizersRequest], Way] = {ReadFigures: _read}
