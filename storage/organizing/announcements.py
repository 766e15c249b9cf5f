"""Requests about announcements."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session

from dialogs.events import FileRef
from dialogs.formatting import excerpt
from dialogs.organizing.requests.announcements import (
    Aim,
    Approval,
    ApproveAnnouncement,
    AskApproval,
    AttachFile,
    CallOff,
    ChangeSent,
    Compose,
    Drive,
    DriveTo,
    Happened,
    Launch,
    ListAnnouncements,
    Listed,
    LookAt,
    PutButtons,
    SendBack,
    SetTopic,
    Sheet,
    TestSend,
    WriteText,
)
from dialogs.organizing.requests.base import OrganizersRequest
from storage import announcements, announcing, audiences, notices
from storage.announcements import Attached
from storage.audiences import Audience
from storage.notices import Notice, NoticeKind, NoticeState
from storage.organizing.office import Office, Way
from storage.terms import Terms, terms

__all__ = ["WAYS", "seen"]

LISTED = 8
"""Announcements in the list."""

OVER = (NoticeState.DONE.value, NoticeState.STOPPED.value)
NOT_BEGUN = (NoticeState.DRAFT.value, NoticeState.SCHEDULED.value)


def _list(office: Office, request: ListAnnouncements) -> tuple[Listed, ...]:
    found = []
    for notice in announcements.listed(office.session, LISTED):
        texts = notices.texts(office.session, notice.id or 0)
        words = excerpt(texts.get(notice.language) or next(iter(texts.values()), ""), 30)
        found.append(Listed(notice.id or 0, notice.state, words, notice.due))
    return tuple(found)


def _sheet(office: Office, id: int, happened: Happened = Happened.NOTHING) -> Sheet | None:
    """The announcement as it stands now; None when there is none."""
    if _found(office, id) is None:
        return None
    return seen(office.session, office.person, id, office.now, happened)


def seen(session: Session, who: int | None, id: int, now: datetime, happened: Happened = Happened.NOTHING) -> Sheet:
    """An announcement as an organizer sees it now. LookupError: there is none."""
    held, found = terms(session), notices.get(session, id)
    audience = Audience.of(found.audience)
    readers = audiences.by_language(session, audience, found.topic) if found.state in NOT_BEGUN else {}
    file = found.file or {}
    so_far = announcements.progress(session, id, rate=held.rate, now=now)
    if found.state in OVER:
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
        earlier=[each.id or 0 for each in announcements.listed(session, LISTED) if each.state in OVER][:3],
        happened=happened.value,
    )


def _found(office: Office, id: int) -> Notice | None:
    try:
        found = notices.get(office.session, id)
    except LookupError:
        return None
    return found if found.kind == NoticeKind.ANNOUNCEMENT.value else None


def _approval(notice: Notice, held: Terms) -> Approval:
    if not held.approval:
        return Approval.NOT_NEEDED
    return Approval.GIVEN if notice.approved_by is not None else Approval.MISSING


def _look(office: Office, request: LookAt) -> Sheet | None:
    return _sheet(office, request.id)


def _compose(office: Office, request: Compose) -> Sheet | None:
    return _sheet(office, announcing.compose(office.session, office.person, office.now, language=request.language))


def _about(act: Callable[[Office, Any], Happened]) -> Way:
    """A request about an announcement: done if there is one, and answered with how it stands then."""

    def way(office: Office, request: Any) -> Sheet | None:
        if _found(office, request.id) is None:
            return None
        return _sheet(office, request.id, act(office, request))

    return way


def _write(office: Office, request: WriteText) -> Happened:
    if request.file is not None:
        file = attached(request.file, terms(office.session).folder).as_json()
        happened = announcing.put(office.session, office.person, request.id, office.now, file=file)
        if happened is Happened.NOT_NOW:
            return happened
    return announcing.write_text(office.session, office.person, request.id, request.language, request.html, office.now)


def attached(file: FileRef, folder: str) -> Attached:
    """A file that an organizer sent, where it can be had again: Telegram knows its own by their ids."""
    picture = file.sent_as == "photo" or (not file.sent_as and file.kind in ("image/jpeg", "image/png"))
    channel, _, where = file.source.partition(":")
    if channel == "telegram":
        return Attached(picture=picture, name=file.name, remote=where)
    return Attached(f"{folder}/{file.id}", picture, file.name)


def _attach(office: Office, request: AttachFile) -> Happened:
    file = attached(request.file, terms(office.session).folder).as_json() if request.file is not None else None
    return announcing.put(office.session, office.person, request.id, office.now, file=file)


def _buttons(office: Office, request: PutButtons) -> Happened:
    return announcing.put_buttons(office.session, office.person, request.id, request.buttons, office.now)


def _topic(office: Office, request: SetTopic) -> Happened:
    return announcing.put(office.session, office.person, request.id, office.now, topic=request.topic)


def _aim(office: Office, request: Aim) -> Happened:
    return announcing.aim(office.session, office.person, request.id, request.audience, office.now)


def _test(office: Office, request: TestSend) -> Happened:
    return announcing.test(office.session, office.person, request.id, request.language, office.now)


def _ask(office: Office, request: AskApproval) -> Happened:
    return announcing.ask_approval(office.session, office.person, request.id, office.now)


def _approve(office: Office, request: ApproveAnnouncement) -> Happened:
    return announcing.approve(office.session, office.person, request.id, office.now)


def _send_back(office: Office, request: SendBack) -> Happened:
    return announcing.send_back(office.session, office.person, request.id, request.words, office.now)


def _launch(office: Office, request: Launch) -> Happened:
    return announcing.launch(office.session, office.person, request.id, request.at, request.size, office.now)


def _call_off(office: Office, request: CallOff) -> Happened:
    return announcing.call_off(office.session, office.person, request.id, office.now)


def _change(office: Office, request: ChangeSent) -> Happened:
    return announcing.change_sent(office.session, office.person, request.id, request.language, request.html, office.now)


def _drive(office: Office, request: Drive) -> Happened:
    return announcing.drive(office.session, office.person, request.id, DriveTo(request.to), office.now)


WAYS: Mapping[type[OrganizersRequest], Way] = {
    ListAnnouncements: _list,
    LookAt: _look,
    Compose: _compose,
    WriteText: _about(_write),
    AttachFile: _about(_attach),
    PutButtons: _about(_buttons),
    SetTopic: _about(_topic),
    Aim: _about(_aim),
    TestSend: _about(_test),
    AskApproval: _about(_ask),
    ApproveAnnouncement: _about(_approve),
    SendBack: _about(_send_back),
    Launch: _about(_launch),
    CallOff: _about(_call_off),
    ChangeSent: _about(_change),
    Drive: _about(_drive),
}
