"""Requests about the organizers themselves."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizing.requests.base import OrganizersRequest
from dialogs.organizing.requests.people import (
    ChangeRole,
    Invitation,
    Invite,
    ListOrganizers,
    Logged,
    Organizer,
    ReadLog,
    Remove,
)
from storage import organizers
from storage.organizing.office import Office, Way

__all__ = ["WAYS"]


def _list(office: Office, request: ListOrganizers) -> tuple[Organizer, ...]:
    return organizers.everyone(office.session)


def _invite(office: Office, request: Invite) -> Invitation:
    return organizers.invite(office.session, office.person, request.role, office.now, office.token)


def _change(office: Office, request: ChangeRole) -> bool:
    return organizers.appoint(office.session, office.person, request.person, request.role, office.now)


def _remove(office: Office, request: Remove) -> bool:
    return organizers.dismiss(office.session, office.person, request.person, office.now)


def _log(office: Office, request: ReadLog) -> tuple[Logged, ...]:
    return organizers.log(office.session, request.before, request.limit)


WAYS: Mapping[type[OrganizersRequest], Way] = {
    ListOrganizers: _list,
    Invite: _invite,
    ChangeRole: _change,
    Remove: _remove,
    ReadLog: _log,
}
