"""Requests about the organizers themselves."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.team import (
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
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS"]


def _list(context: RequestContext, request: ListOrganizers) -> tuple[Organizer, ...]:
    return organizers.everyone(context.session)


def _invite(context: RequestContext, request: Invite) -> Invitation:
    return invitations.invite(context.session, context.person, request.role, context.now, context.token)


def _pending(context: RequestContext, request: ListInvitations) -> tuple[OpenInvitation, ...]:
    return invitations.pending(context.session, context.now)


def _revoke(context: RequestContext, request: RevokeInvitation) -> tuple[OpenInvitation, ...]:
    invitations.revoke(context.session, context.person, request.handle, context.now)
    return invitations.pending(context.session, context.now)


def _change(context: RequestContext, request: ChangeRole) -> bool:
    return organizers.appoint(context.session, context.person, request.person, request.role, context.now)


def _remove(context: RequestContext, request: Remove) -> bool:
    return organizers.dismiss(context.session, context.person, request.person, context.now)


def _log(context: RequestContext, request: ReadLog) -> tuple[Logged, ...]:
    return organizers.log(context.session, request.before, request.limit)


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {
    ListOrganizers: _list,
    Invite: _invite,
    ListInvitations: _pending,
    RevokeInvitation: _revoke,
    ChangeRole: _change,
    Remove: _remove,
    ReadLog: _log,
}
