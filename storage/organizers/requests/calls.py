"""Requests about calls and late codes."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func
from sqlmodel import col, select

from dialogs.organizers.requests.base import OrganizersRequest
from dialogs.organizers.requests.calls import (
    CallStanding,
    CreateCall,
    DeleteCall,
    DescribeCall,
    ListCalls,
    MintLateCode,
    MoveCall,
    RenameCall,
    Trouble,
)
from storage.calls import calls, empty_calls, late_codes
from storage.messaging import deadline_notices
from storage.organizers.requests.context import RequestContext, Way
from storage.tables import DraftRow, EntryRow

__all__ = ["WAYS"]


def _list(office: RequestContext, request: ListCalls) -> tuple[CallStanding, ...]:
    session = office.session
    sent = dict(session.exec(select(EntryRow.call, func.count()).group_by(EntryRow.call)).all())
    unfinished = select(DraftRow.call, func.count()).where(
        col(DraftRow.submitted).is_(None), col(DraftRow.discarded).is_(None)
    )
    drafts = dict(session.exec(unfinished.group_by(DraftRow.call)).all())
    return tuple(
        CallStanding(
            call, sent.get(call.code, 0), drafts.get(call.code, 0), deadline_notices.concerned(session, call.code)
        )
        for call in calls.every(session, office.now)
    )


def _create(office: RequestContext, request: CreateCall) -> Trouble | None:
    return calls.create(office.session, office.person, request.wish, request.version, office.now)


def _move(office: RequestContext, request: MoveCall) -> Trouble | None:
    return calls.move(
        office.session,
        office.person,
        request.code,
        office.now,
        opens=request.opens,
        closes=request.closes,
        at_once=request.at_once,
        overlaps=request.overlapping,
    )


def _delete(office: RequestContext, request: DeleteCall) -> Trouble | None:
    return empty_calls.remove(office.session, office.person, request.code, office.now)


def _rename(office: RequestContext, request: RenameCall) -> Trouble | None:
    return empty_calls.rename(office.session, office.person, request.code, request.to, office.now)


def _describe(office: RequestContext, request: DescribeCall) -> Trouble | None:
    said = {"report": request.report, "event": request.event, "version": request.version}
    return calls.describe(office.session, office.person, request.code, office.now, **said)


def _mint(office: RequestContext, request: MintLateCode) -> str | Trouble:
    return late_codes.mint(
        office.session, office.person, request.call, request.until, request.uses, office.now, office.token
    )


WAYS: Mapping[type[OrganizersRequest], Way] = {
    ListCalls: _list,
    CreateCall: _create,
    MoveCall: _move,
    DescribeCall: _describe,
    DeleteCall: _delete,
    RenameCall: _rename,
    MintLateCode: _mint,
}
