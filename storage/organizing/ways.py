"""How each kind of organizers' request is carried out."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizing.requests.base import OrganizersRequest
from storage.organizing import announcements, calls, contacts, desk, figures, people, register
from storage.organizing.office import Way

__all__ = ["WAYS"]

WAYS: Mapping[type[OrganizersRequest], Way] = {
    **people.WAYS,
    **calls.WAYS,
    **announcements.WAYS,
    **contacts.WAYS,
    **desk.WAYS,
    **figures.WAYS,
    **register.WAYS,
}
