"""Requests about announcements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from dialogs.domain.announcements.announcement import AnnouncementAction
from dialogs.domain.announcements.fields import has_fields
from dialogs.domain.events import FileRef
from dialogs.domain.notice import NoticeKind, NoticeState
from dialogs.domain.organizers.announcements import (
    ActionResult,
    Approval,
    ApproveAnnouncement,
    AskApproval,
    AttachFile,
    ChangeSent,
    Compose,
    Launch,
    ListAnnouncements,
    Listed,
    LookAt,
    PerformAction,
    PutButtons,
    SendBack,
    SetAudience,
    SetTopic,
    Sheet,
    TestSend,
    Unschedule,
    UseAgain,
    WriteText,
)
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.text.html_subset import excerpt
from storage.announcements import announcement_actions, announcements, audiences, reader_values
from storage.announcements.announcements import Attached
from storage.announcements.audiences import Audience
from storage.announcements.messaging_settings import Terms, terms
from storage.messaging import notices
from storage.messaging.notices import Notice
from storage.organizers.requests.context import Handler, RequestContext

__all__ = ["HANDLERS", "seen"]

LISTED = 8
"""Announcements of which those that are over can be left out of an audience."""


def _list(context: RequestContext, request: ListAnnouncements) -> tuple[Listed, ...]:
    found = []
    for notice in announcements.listed(context.session, request.limit + 1, request.before):
        texts = notices.texts(context.session, notice.id or 0)
        words = excerpt(texts.get(notice.language) or next(iter(texts.values()), ""), 30)
        found.append(Listed(notice.id or 0, notice.state, words, notice.due))
    return tuple(found)


def _sheet(context: RequestContext, id: int, happened: ActionResult = ActionResult.NOTHING) -> Sheet | None:
    """The announcement as it stands now; None when there is none."""
    if _found(context, id) is None:
        return None
    return seen(context.session, context.person, id, context.now, happened)


def seen(
    session: Session, who: int | None, id: int, now: datetime, happened: ActionResult = ActionResult.NOTHING
) -> Sheet:
    """An announcement as an organizer sees it now. LookupError: there is none."""
    held, found = terms(session), notices.get(session, id)
    audience, state = Audience.of(found.audience), NoticeState(found.state)
    readers = {} if state.has_begun else audiences.by_language(session, audience, found.topic)
    file, texts = found.file or {}, notices.texts(session, id)
    so_far = announcements.progress(session, id, rate=held.rate, now=now)
    if state.is_over:
        so_far = announcements.with_effects(session, id, so_far)
    return Sheet(
        id=id,
        state=found.state,
        language=found.language,
        topic=found.topic,
        texts=texts,
        buttons=found.buttons,
        file=file.get("name") or "",
        picture=bool(file.get("picture")),
        file_gone=announcements.file_gone(found),
        audience=audience.as_json(),
        readers=readers,
        left_out={} if state.has_begun else audiences.left_out(session, audience, found.topic),
        rate=held.rate,
        approval=_approval(found, held).value,
        mine=found.author == who,
        due=found.due.isoformat(),
        progress=so_far.as_json(),
        recalled=found.recalled is not None,
        channel=held.channel,
        earlier=[each.id or 0 for each in announcements.listed(session, LISTED) if NoticeState(each.state).is_over][:3],
        happened=happened.value,
        values=reader_values.values_of(session, who, now) if who and any(map(has_fields, texts.values())) else {},
    )


def _found(context: RequestContext, id: int) -> Notice | None:
    try:
        found = notices.get(context.session, id)
    except LookupError:
        return None
    return found if found.kind == NoticeKind.ANNOUNCEMENT.value else None


def _approval(notice: Notice, held: Terms) -> Approval:
    if not held.approval:
        return Approval.NOT_NEEDED
    return Approval.GIVEN if notice.approved_by is not None else Approval.MISSING


def _look(context: RequestContext, request: LookAt) -> Sheet | None:
    return _sheet(context, request.id)


def _compose(context: RequestContext, request: Compose) -> Sheet | None:
    return _sheet(
        context, announcement_actions.compose(context.session, context.person, context.now, language=request.language)
    )


def _again(context: RequestContext, request: UseAgain) -> Sheet | None:
    if _found(context, request.id) is None:
        return None
    return _sheet(
        context,
        announcement_actions.use_again(context.session, context.person, request.id, context.now),
        ActionResult.COPIED,
    )


def _about(act: Callable[[RequestContext, Any], ActionResult]) -> Handler:
    """A request about an announcement: done if there is one, and answered with how it stands then."""

    def way(context: RequestContext, request: Any) -> Sheet | None:
        if _found(context, request.id) is None:
            return None
        return _sheet(context, request.id, act(context, request))

    return way


def _write(context: RequestContext, request: WriteText) -> ActionResult:
    if request.file is not None:
        file = attached(request.file, terms(context.session).folder).as_json()
        happened = announcement_actions.put(context.session, context.person, request.id, context.now, file=file)
        if happened is ActionResult.NOT_NOW:
            return happened
    return announcement_actions.write_text(
        context.session, context.person, request.id, request.language, request.html, context.now
    )


def attached(file: FileRef, folder: str) -> Attached:
    """A file that an organizer sent, where it can be had again: Telegram knows its own by their ids."""
    picture = file.sent_as == "photo" or (not file.sent_as and file.kind in ("image/jpeg", "image/png"))
    channel, _, where = file.source.partition(":")
    if channel == "telegram":
        return Attached(picture=picture, name=file.name, remote=where)
    return Attached(f"{folder}/{file.id}", picture, file.name)


def _attach(context: RequestContext, request: AttachFile) -> ActionResult:
    file = attached(request.file, terms(context.session).folder).as_json() if request.file is not None else None
    return announcement_actions.put(context.session, context.person, request.id, context.now, file=file)


def _buttons(context: RequestContext, request: PutButtons) -> ActionResult:
    return announcement_actions.put_buttons(context.session, context.person, request.id, request.buttons, context.now)


def _topic(context: RequestContext, request: SetTopic) -> ActionResult:
    return announcement_actions.put(context.session, context.person, request.id, context.now, topic=request.topic)


def _aim(context: RequestContext, request: SetAudience) -> ActionResult:
    return announcement_actions.aim(context.session, context.person, request.id, request.audience, context.now)


def _test(context: RequestContext, request: TestSend) -> ActionResult:
    return announcement_actions.test(context.session, context.person, request.id, request.language, context.now)


def _ask(context: RequestContext, request: AskApproval) -> ActionResult:
    return announcement_actions.ask_approval(context.session, context.person, request.id, context.now)


def _approve(context: RequestContext, request: ApproveAnnouncement) -> ActionResult:
    return announcement_actions.approve(context.session, context.person, request.id, context.now)


def _send_back(context: RequestContext, request: SendBack) -> ActionResult:
    return announcement_actions.send_back(context.session, context.person, request.id, request.words, context.now)


def _launch(context: RequestContext, request: Launch) -> ActionResult:
    return announcement_actions.launch(
        context.session, context.person, request.id, request.at, request.size, context.now
    )


def _call_off(context: RequestContext, request: Unschedule) -> ActionResult:
    return announcement_actions.call_off(context.session, context.person, request.id, context.now)


def _change(context: RequestContext, request: ChangeSent) -> ActionResult:
    return announcement_actions.change_sent(
        context.session, context.person, request.id, request.language, request.html, context.now
    )


def _drive(context: RequestContext, request: PerformAction) -> ActionResult:
    return announcement_actions.drive(
        context.session, context.person, request.id, AnnouncementAction(request.to), context.now
    )


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {
    ListAnnouncements: _list,
    LookAt: _look,
    Compose: _compose,
    UseAgain: _again,
    WriteText: _about(_write),
    AttachFile: _about(_attach),
    PutButtons: _about(_buttons),
    SetTopic: _about(_topic),
    SetAudience: _about(_aim),
    TestSend: _about(_test),
    AskApproval: _about(_ask),
    ApproveAnnouncement: _about(_approve),
    SendBack: _about(_send_back),
    Launch: _about(_launch),
    Unschedule: _about(_call_off),
    ChangeSent: _about(_change),
    PerformAction: _about(_drive),
}
