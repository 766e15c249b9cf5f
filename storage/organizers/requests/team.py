"""Requests about the organizers themselves."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.organizers.requests.base import OrganizersRequest
from dialogs.organizers.requests.team import (
    ChangeRole,
    Invitation,
    Invite,
    ListInvitations,
    ListOrganizers,
    Logged,
    OpenInvitation,
    Organizer,
    ReadLog,
    Remove,
    RevokeInvitation,
)
from storage.organizers import invitations, organizers
from storage.organizers.requests.context import RequestContext, Way

__all__ = ["WAYS"]


def _list(office: RequestContext, request: ListOrganizers) -> tuple[Organizer, ...]:
    return organizers.everyone(office.session)


def _invite(office: RequestContext, request: Invite) -> Invitation:
    return invitations.invite(office.session, office.person, request.role, office.now, office.token)


def _pending(office: RequestContext, request: ListInvitations) -> tuple[OpenInvitation, ...]:
    return invitations.pending(office.session, office.now)


def _revoke(office: RequestContext, request: RevokeInvitation) -> tuple[OpenInvitation, ...]:
    invitations.revoke(office.session, office.person, request.handle, office.now)
    return invitations.pending(office.session, office.now)


def _change(office: RequestContext, request: ChangeRole) -> bool:
    return organizers.appoint(office.session, office.person, request.person, request.role, office.now)


def _remove(office: RequestContext, request: Remove) -> bool:
    return organizers.dismiss(office.session, office.person, request.person, office.now)


def _log(office: RequestContext, request: ReadLog) -> tuple[Logged, ...]:
    return organizers.log(office.session, request.before, request.limit)


WAYS: Mapping[type[OrganizersRequest], Way] = {
    ListOrganizers: _list,
    Invite: _invite,
    ListInvitations: _pending,
    RevokeInvitation: _revoke,
    ChangeRole: _change,
    Remove: _remove,
    ReadLog: _log,
}
