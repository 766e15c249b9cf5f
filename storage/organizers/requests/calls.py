"""Requests about calls and late codes."""

from __future__ import annotations

from collections.abc import Mapping

from sqlalchemy import func
from sqlmodel import col, select

from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.calls import (
    CallStanding,
    CreateCall,
    DeleteCall,
    DescribeCall,
    ListCalls,
    MintLateCode,
    MoveCall,
    RenameCall,
    SetCriteria,
    Trouble,
)
from storage.calls import calls, empty_calls, late_codes
from storage.organizers.requests.context import Handler, RequestContext
from storage.reminders import deadline_notices
from storage.tables import DraftRow, EntryRow

__all__ = ["HANDLERS"]


def _list(context: RequestContext, request: ListCalls) -> tuple[CallStanding, ...]:
    session = context.session
    sent = dict(session.exec(select(EntryRow.call, func.count()).group_by(EntryRow.call)).all())
    unfinished = select(DraftRow.call, func.count()).where(
        col(DraftRow.submitted).is_(None), col(DraftRow.corrects).is_(None), col(DraftRow.discarded).is_(None)
    )
    drafts = dict(session.exec(unfinished.group_by(DraftRow.call)).all())
    return tuple(
        CallStanding(
            call, sent.get(call.code, 0), drafts.get(call.code, 0), deadline_notices.concerned(session, call.code)
        )
        for call in calls.every(session, context.now)
    )


def _create(context: RequestContext, request: CreateCall) -> Trouble | None:
    return calls.create(context.session, context.person, request.wish, request.version, context.now)


def _move(context: RequestContext, request: MoveCall) -> Trouble | None:
    return calls.move(
        context.session,
        context.person,
        request.code,
        context.now,
        opens=request.opens,
        closes=request.closes,
        at_once=request.at_once,
        overlaps=request.overlapping,
    )


def _delete(context: RequestContext, request: DeleteCall) -> Trouble | None:
    return empty_calls.remove(context.session, context.person, request.code, context.now)


def _rename(context: RequestContext, request: RenameCall) -> Trouble | None:
    return empty_calls.rename(context.session, context.person, request.code, request.to, context.now)


def _describe(context: RequestContext, request: DescribeCall) -> Trouble | None:
    said = {"report": request.report, "event": request.event, "version": request.version}
    return calls.describe(context.session, context.person, request.code, context.now, **said)


def _criteria(context: RequestContext, request: SetCriteria) -> Trouble | None:
    return calls.set_rubric(context.session, context.person, request.code, request.rubric, context.now)


def _mint(context: RequestContext, request: MintLateCode) -> str | Trouble:
    return late_codes.mint(
        context.session, context.person, request.call, request.until, request.uses, context.now, context.token
    )


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {
    ListCalls: _list,
    CreateCall: _create,
    MoveCall: _move,
    DescribeCall: _describe,
    DeleteCall: _delete,
    RenameCall: _rename,
    SetCriteria: _criteria,
    MintLateCode: _mint,
}
