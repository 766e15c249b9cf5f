"""How each kind of organizers' request is carried out."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizers.requests.base import OrganizersRequest
from storage.organizers.requests import announcements, calls, contacts, entry_search, inbox, statistics, team
from storage.organizers.requests.context import Way

__all__ = ["WAYS"]

WAYS: Mapping[type[OrganizersRequest], Way] = {
    **team.WAYS,
    **calls.WAYS,
    **announcements.WAYS,
    **contacts.WAYS,
    **inbox.WAYS,
    **statistics.WAYS,
    **entry_search.WAYS,
}
