"""Requests about announcements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from dialogs.domain.announcement import AnnouncementAction
from dialogs.domain.notice import NoticeKind, NoticeState
from dialogs.events import FileRef
from dialogs.organizers.requests.announcements import (
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
    WriteText,
)
from dialogs.organizers.requests.base import OrganizersRequest
from dialogs.text.html_subset import excerpt
from storage.messaging import announcement_actions, announcements, audiences, notices
from storage.messaging.announcements import Attached
from storage.messaging.audiences import Audience
from storage.messaging.messaging_settings import Terms, terms
from storage.messaging.notices import Notice
from storage.organizers.requests.context import RequestContext, Way

__all__ = ["WAYS", "seen"]

LISTED = 8
"""Announcements in the list."""


def _list(office: RequestContext, request: ListAnnouncements) -> tuple[Listed, ...]:
    found = []
    for notice in announcements.listed(office.session, LISTED):
        texts = notices.texts(office.session, notice.id or 0)
        words = excerpt(texts.get(notice.language) or next(iter(texts.values()), ""), 30)
        found.append(Listed(notice.id or 0, notice.state, words, notice.due))
    return tuple(found)


def _sheet(office: RequestContext, id: int, happened: ActionResult = ActionResult.NOTHING) -> Sheet | None:
    """The announcement as it stands now; None when there is none."""
    if _found(office, id) is None:
        return None
    return seen(office.session, office.person, id, office.now, happened)


def seen(
    session: Session, who: int | None, id: int, now: datetime, happened: ActionResult = ActionResult.NOTHING
) -> Sheet:
    """An announcement as an organizer sees it now. LookupError: there is none."""
    held, found = terms(session), notices.get(session, id)
    audience, state = Audience.of(found.audience), NoticeState(found.state)
    readers = {} if state.has_begun else audiences.by_language(session, audience, found.topic)
    file = found.file or {}
    so_far = announcements.progress(session, id, rate=held.rate, now=now)
    if state.is_over:
        so_far = announcements.with_effects(session, id, so_far)
    return Sheet(
        id=id,
        state=found.state,
        language=found.language,
        topic=found.topic,
        texts=notices.texts(session, id),
        buttons=found.buttons,
        file=file.get("name") or "",
        picture=bool(file.get("picture")),
        file_gone=announcements.file_gone(found),
        audience=audience.as_json(),
        readers=readers,
        rate=held.rate,
        approval=_approval(found, held).value,
        mine=found.author == who,
        due=found.due.isoformat(),
        progress=so_far.as_json(),
        recalled=found.recalled is not None,
        channel=held.channel,
        earlier=[each.id or 0 for each in announcements.listed(session, LISTED) if NoticeState(each.state).is_over][:3],
        happened=happened.value,
    )


def _found(office: RequestContext, id: int) -> Notice | None:
    try:
        found = notices.get(office.session, id)
    except LookupError:
        return None
    return found if found.kind == NoticeKind.ANNOUNCEMENT.value else None


def _approval(notice: Notice, held: Terms) -> Approval:
    if not held.approval:
        return Approval.NOT_NEEDED
    return Approval.GIVEN if notice.approved_by is not None else Approval.MISSING


def _look(office: RequestContext, request: LookAt) -> Sheet | None:
    return _sheet(office, request.id)


def _compose(office: RequestContext, request: Compose) -> Sheet | None:
    return _sheet(
        office, announcement_actions.compose(office.session, office.person, office.now, language=request.language)
    )


def _about(act: Callable[[RequestContext, Any], ActionResult]) -> Way:
    """A request about an announcement: done if there is one, and answered with how it stands then."""

    def way(office: RequestContext, request: Any) -> Sheet | None:
        if _found(office, request.id) is None:
            return None
        return _sheet(office, request.id, act(office, request))

    return way


def _write(office: RequestContext, request: WriteText) -> ActionResult:
    if request.file is not None:
        file = attached(request.file, terms(office.session).folder).as_json()
        happened = announcement_actions.put(office.session, office.person, request.id, office.now, file=file)
        if happened is ActionResult.NOT_NOW:
            return happened
    return announcement_actions.write_text(
        office.session, office.person, request.id, request.language, request.html, office.now
    )


def attached(file: FileRef, folder: str) -> Attached:
    """A file that an organizer sent, where it can be had again: Telegram knows its own by their ids."""
    picture = file.sent_as == "photo" or (not file.sent_as and file.kind in ("image/jpeg", "image/png"))
    channel, _, where = file.source.partition(":")
    if channel == "telegram":
        return Attached(picture=picture, name=file.name, remote=where)
    return Attached(f"{folder}/{file.id}", picture, file.name)


def _attach(office: RequestContext, request: AttachFile) -> ActionResult:
    file = attached(request.file, terms(office.session).folder).as_json() if request.file is not None else None
    return announcement_actions.put(office.session, office.person, request.id, office.now, file=file)


def _buttons(office: RequestContext, request: PutButtons) -> ActionResult:
    return announcement_actions.put_buttons(office.session, office.person, request.id, request.buttons, office.now)


def _topic(office: RequestContext, request: SetTopic) -> ActionResult:
    return announcement_actions.put(office.session, office.person, request.id, office.now, topic=request.topic)


def _aim(office: RequestContext, request: SetAudience) -> ActionResult:
    return announcement_actions.aim(office.session, office.person, request.id, request.audience, office.now)


def _test(office: RequestContext, request: TestSend) -> ActionResult:
    return announcement_actions.test(office.session, office.person, request.id, request.language, office.now)


def _ask(office: RequestContext, request: AskApproval) -> ActionResult:
    return announcement_actions.ask_approval(office.session, office.person, request.id, office.now)


def _approve(office: RequestContext, request: ApproveAnnouncement) -> ActionResult:
    return announcement_actions.approve(office.session, office.person, request.id, office.now)


def _send_back(office: RequestContext, request: SendBack) -> ActionResult:
    return announcement_actions.send_back(office.session, office.person, request.id, request.words, office.now)


def _launch(office: RequestContext, request: Launch) -> ActionResult:
    return announcement_actions.launch(office.session, office.person, request.id, request.at, request.size, office.now)


def _call_off(office: RequestContext, request: Unschedule) -> ActionResult:
    return announcement_actions.call_off(office.session, office.person, request.id, office.now)


def _change(office: RequestContext, request: ChangeSent) -> ActionResult:
    return announcement_actions.change_sent(
        office.session, office.person, request.id, request.language, request.html, office.now
    )


def _drive(office: RequestContext, request: PerformAction) -> ActionResult:
    return announcement_actions.drive(
        office.session, office.person, request.id, AnnouncementAction(request.to), office.now
    )


WAYS: Mapping[type[OrganizersRequest], Way] = {
    ListAnnouncements: _list,
    LookAt: _look,
    Compose: _compose,
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
