"""Requests about pushing entries to receivers outside."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.push import (
    DropDead,
    PushState,
    ReadPush,
    ReceiverState,
    ReplayAll,
    ReplayDead,
    ResumeReceiver,
)
from storage.organizers.requests.context import Handler, RequestContext
from storage.push import dead_letters, receivers

__all__ = ["HANDLERS"]


def _read(context: RequestContext, request: OrganizersRequest) -> PushState:
    found = tuple(
        ReceiverState(each.name, each.waiting, each.sent, each.dead, each.stopped is not None)
        for each in receivers.standing(context.session)
        if each.set or each.waiting or each.dead
    )
    return PushState(found, dead_letters.newest(context.session))


def _replay(context: RequestContext, request: ReplayDead) -> PushState:
    dead_letters.replay(context.session, context.person, request.id, context.now)
    return _read(context, request)


def _replay_all(context: RequestContext, request: ReplayAll) -> PushState:
    dead_letters.replay_all(context.session, context.person, context.now)
    return _read(context, request)


def _drop(context: RequestContext, request: DropDead) -> PushState:
    dead_letters.drop(context.session, context.person, request.id, context.now)
    return _read(context, request)


def _resume(context: RequestContext, request: ResumeReceiver) -> PushState:
    dead_letters.resume(context.session, context.person, request.name, context.now)
    return _read(context, request)


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {
    ReadPush: _read,
    ReplayDead: _replay,
    ReplayAll: _replay_all,
    DropDead: _drop,
    ResumeReceiver: _resume,
}
