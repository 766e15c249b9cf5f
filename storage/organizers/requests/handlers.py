"""How each kind of organizers' request is carried out."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from storage.organizers.requests import (
    announcements,
    calls,
    console,
    contacts,
    entry_search,
    inbox,
    overview,
    push,
    reminders,
    reports,
    statistics,
    team,
)
from storage.organizers.requests.context import Handler
from storage.review import requests as review

__all__ = ["HANDLERS"]

HANDLERS: Mapping[type[OrganizersRequest], Handler] = {
    **team.HANDLERS,
    **calls.HANDLERS,
    **announcements.HANDLERS,
    **contacts.HANDLERS,
    **inbox.HANDLERS,
    **statistics.HANDLERS,
    **entry_search.HANDLERS,
    **push.HANDLERS,
    **reminders.HANDLERS,
    **review.HANDLERS,
    **console.HANDLERS,
    **overview.HANDLERS,
    **reports.HANDLERS,
}
