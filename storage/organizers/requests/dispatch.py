"""Organizers' requests carried out: the right is checked here, in the same transaction, whatever was shown before."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

from sqlmodel import Session

from dialogs.domain.organizers.base import DENIED, OrganizersRequest
from dialogs.domain.roles import may
from storage.organizers import organizers
from storage.organizers.requests.context import RequestContext
from storage.organizers.requests.handlers import HANDLERS

__all__ = ["dispatch"]


def dispatch(session: Session, person: int, request: OrganizersRequest, now: datetime, token: Callable[[], str]) -> Any:
    """Do what an organizer asked for; DENIED when they may not (any more). The result is as the request says."""
    role = organizers.role_of(session, person, lock=not request.looks)
    if not may(role, request.right):
        return DENIED
    return HANDLERS[type(request)](RequestContext(session, person, now, token), request)
