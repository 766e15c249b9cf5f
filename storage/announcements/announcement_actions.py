"""What organizers do with announcements, each act with its line in the log. `who` None: the command line.

Whether something can be done is decided here, under the notice's lock, whatever a screen showed a moment ago.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from html import escape
from typing import Any

from sqlmodel import Session

from dialogs.domain.announcements.announcement import AnnouncementAction, allowed
from dialogs.domain.announcements.button_rules import is_button
from dialogs.domain.announcements.fields import faults, longest
from dialogs.domain.channels import TELEGRAM
from dialogs.domain.notice import NoticeKind, NoticeState
from dialogs.domain.organizers.announcements import ActionResult
from dialogs.domain.roles import Right, may
from dialogs.text.html_subset import excerpt, units
from storage.announcements import announcements, audiences, progress_messages
from storage.announcements.audiences import Audience
from storage.announcements.messaging_settings import terms
from storage.calls import calls
from storage.messaging import deliveries, notices
from storage.messaging.notices import Notice, NoticeText
from storage.organizers import organizers
from storage.people import people

__all__ = [
    "aim",
    "approve",
    "ask_approval",
    "call_off",
    "change_sent",
    "compose",
    "drive",
    "hold",
    "launch",
    "needs_another",
    "put",
    "put_buttons",
    "send_back",
    "subject",
    "test",
    "use_again",
    "write_text",
]

A, H, S = AnnouncementAction, ActionResult, NoticeState

RECOUNTED = 0.01
"""How much an audience may have grown or shrunk since its size was confirmed; five people are never too many."""


def subject(session: Session, notice: int) -> str:
    """What an announcement is called in the log: its number and first words."""
    found = notices.get(session, notice)
    texts = notices.texts(session, notice)
    words = excerpt(texts.get(found.language) or next(iter(texts.values()), ""))
    return f"#{notice} {words}".strip()


def compose(session: Session, who: int | None, now: datetime, **fields: Any) -> int:
    """Begin an announcement with these fields of `announcements.compose`; its id."""
    wanted = {"texts": {}, "audience": Audience().as_json(), **fields}
    id = announcements.compose(session, author=who, now=now, **wanted)
    _log(session, who, "announce_composed", id, now)
    return id


def use_again(session: Session, who: int | None, id: int, now: datetime) -> int:
    """Begin an announcement with the texts, buttons, file, topic and audience of another one; its id.

    An audience that is about a call is about the one that counts now. Who got earlier announcements is left out no
    more: those were of their time. LookupError: there is none.
    """
    found = announcements.get(session, id)
    audience = Audience.of(found.audience)
    call = calls.current(session, now).code if audience.call else None
    fields: dict[str, Any] = {
        "audience": replace(audience, call=call, not_notices=()).as_json(),
        "buttons": found.buttons,
    }
    file = announcements.Attached(**found.file) if found.file else None
    fields |= {"texts": notices.texts(session, id), "language": found.language, "topic": found.topic, "file": file}
    return compose(session, who, now, **fields)


def write_text(session: Session, who: int | None, id: int, language: str, html: str, now: datetime) -> ActionResult:
    """Write a draft's text in a language; `html` "" takes it away."""
    if not _takes(session, id, A.WRITE_TEXT):
        return H.NOT_NOW
    texts = {**notices.texts(session, id), language: html}
    announcements.rewrite(session, id, {each: text for each, text in texts.items() if text})
    _log(session, who, "announce_text", id, now, language=language)
    return H.KEPT


def put(session: Session, who: int | None, id: int, now: datetime, **fields: Any) -> ActionResult:
    """Set a draft's `buttons`, `file` or `topic`."""
    return _draft_only(session, who, id, now, "announce_changed", lambda: announcements.put(session, id, **fields))


def put_buttons(
    session: Session, who: int | None, id: int, buttons: Sequence[Mapping[str, Any]], now: datetime
) -> ActionResult:
    """Put buttons below a draft, or mend those of one that is paused: then it can go on.

    Where announcements need a second organizer, the author's change of what is being sent is somebody else's to make.
    """
    if not _takes(session, id, A.CHANGE_BUTTONS):
        return put(session, who, id, now, buttons=[dict(button) for button in buttons])
    if needs_another(session, who, id):
        return H.OWN
    if not all(is_button(button) for button in buttons):
        return H.BLOCKED
    announcements.mend_buttons(session, id, buttons)
    _log(session, who, "announce_changed", id, now)
    return H.EDITED


def needs_another(session: Session, who: int | None, id: int) -> bool:
    """Whether a change of what was approved is not this organizer's to make: their own, or nobody knows whose (None).

    The command line knows nobody, so where two are needed it is never the second.
    """
    return terms(session).approval and (who is None or who == notices.get(session, id).author)


def aim(session: Session, who: int | None, id: int, audience: Mapping[str, Any], now: datetime) -> ActionResult:
    """Choose to whom a draft goes. ValueError, TypeError: there is no such audience."""
    wanted = Audience.of(audience).as_json()
    return _draft_only(session, who, id, now, "announce_aimed", lambda: announcements.aim(session, id, wanted))


def _draft_only(
    session: Session, who: int | None, id: int, now: datetime, action: str, act: Callable[[], None]
) -> ActionResult:
    if not _takes(session, id, A.COMPOSE):
        return H.NOT_NOW
    act()
    _log(session, who, action, id, now)
    return H.NOTHING


def ask_approval(session: Session, who: int | None, id: int, now: datetime) -> ActionResult:
    """Have the courier tell everybody else who may announce that a draft is to be approved. ALONE: there is nobody."""
    if not _takes(session, id, A.ASK_APPROVAL) or notices.get(session, id).approved_by is not None:
        return H.NOT_NOW
    others = _others(session, who)
    if not others:
        return H.ALONE
    notice = notices.service(session, NoticeKind.APPROVAL, f"{id}:{secrets.token_hex(8)}", now)
    audiences.add(session, notice, others, now)
    _log(session, who, "announce_asked", id, now)
    return H.ASKED


def approve(session: Session, who: int, id: int, now: datetime) -> ActionResult:
    """A second organizer agrees to a draft as it is: any change ends it. Whoever wrote it is told."""
    if not _takes(session, id, A.APPROVE):
        return H.NOT_NOW
    if not announcements.approve(session, id, who):
        return H.OWN
    _log(session, who, "announce_approved", id, now)
    author = notices.get(session, id).author
    if author is not None:
        notice = notices.service(session, NoticeKind.APPROVAL, f"{id}:{secrets.token_hex(8)}", now)
        audiences.add(session, notice, [author], now)
    return H.APPROVED


def send_back(session: Session, who: int, id: int, words: str, now: datetime) -> ActionResult:
    """A second organizer wants a draft changed before it is approved: whoever wrote it gets these words.

    Of one that nobody in the chat wrote, or somebody who may announce no more, everybody else who may does.
    """
    if not _takes(session, id, A.SEND_BACK):
        return H.NOT_NOW
    author = notices.get(session, id).author
    if author == who:
        return H.OWN
    told = [author] if author is not None and _may_announce(session, author) else _others(session, who)
    notice = notices.service(session, NoticeKind.SENT_BACK, f"{id}:{secrets.token_hex(8)}", now)
    notices.get(session, notice).author = who
    session.add(NoticeText(notice_id=notice, language="", html=escape(words)))
    audiences.add(session, notice, told, now)
    _log(session, who, "announce_sent_back", id, now)
    return H.SENT_BACK


def launch(session: Session, who: int | None, id: int, at: datetime | None, size: int, now: datetime) -> ActionResult:
    """Send a draft at a moment (None: now), if nothing keeps it and the audience is still of the confirmed size."""
    if not _takes(session, id, A.LAUNCH):
        return H.NOT_NOW
    found = notices.get(session, id)
    counted = audiences.count(session, Audience.of(found.audience), found.topic)
    if announcements.blockers(session, id, size=counted, approval=terms(session).approval):
        return H.BLOCKED
    if abs(counted - size) > max(5, RECOUNTED * size):
        return H.RECOUNT
    later = at is not None and at > now
    announcements.schedule(session, id, at if at is not None and later else now, now)
    for watcher in {who, found.author} - {None}:
        if _may_announce(session, watcher):
            progress_messages.watch(session, id, int(watcher or 0))
    due = at.isoformat() if at is not None and later else now.isoformat()
    _log(session, who, "announce_scheduled" if later else "announce_sent", id, now, due=due, count=counted)
    return H.SCHEDULED if later else H.LAUNCHED


def call_off(session: Session, who: int | None, id: int, now: datetime) -> ActionResult:
    """Make what is scheduled a draft again, if it has not begun."""
    if not _takes(session, id, A.UNSCHEDULE):
        return H.NOT_NOW
    announcements.unschedule(session, id, now)
    _log(session, who, "announce_called_off", id, now)
    return H.CALLED_OFF


def drive(session: Session, who: int | None, id: int, to: AnnouncementAction, now: datetime) -> ActionResult:
    """Pause, resume, stop, retry, recall, discard; NOT_NOW when its state does not allow it."""
    if to not in PERFORMED or not _takes(session, id, to):
        return H.NOT_NOW
    name = subject(session, id)
    happened = PERFORMED[to](session, id, now)
    if happened is not H.NOTHING_TO_RETRY:
        organizers.record(session, who, f"announce_{happened.value}", name, now)
    if who is not None and to is not AnnouncementAction.DISCARD:
        progress_messages.watch(session, id, who)
    return happened


def _pause(session: Session, id: int, now: datetime) -> ActionResult:
    notices.move(session, id, S.PAUSED, now)
    return H.PAUSED


def _resume(session: Session, id: int, now: datetime) -> ActionResult:
    if notices.was_held(session, id):  # what was refused for the reason that has been mended is sent now
        announcements.retry(session, id, now)
    notices.move(session, id, S.RUNNING, now)
    return H.RESUMED


def _stop(session: Session, id: int, now: datetime) -> ActionResult:
    notices.move(session, id, S.STOPPED, now)
    return H.STOPPED


def _retry(session: Session, id: int, now: datetime) -> ActionResult:
    if not announcements.retry(session, id, now):
        return H.NOTHING_TO_RETRY
    progress_messages.go_on(session, id)
    return H.RETRIED


def _resend(session: Session, id: int, now: datetime) -> ActionResult:
    if not deliveries.resend(session, id, now):
        return H.NOTHING_TO_RETRY
    progress_messages.go_on(session, id)
    return H.RESENT


def _recall(session: Session, id: int, now: datetime) -> ActionResult:
    announcements.recall(session, id, now)
    return H.RECALLED


def _discard(session: Session, id: int, now: datetime) -> ActionResult:
    announcements.discard(session, id)
    return H.DISCARDED


PERFORMED: Mapping[AnnouncementAction, Callable[[Session, int, datetime], ActionResult]] = {
    A.PAUSE: _pause,
    A.RESUME: _resume,
    A.STOP: _stop,
    A.RETRY: _retry,
    A.RESEND: _resend,
    A.RECALL: _recall,
    A.DISCARD: _discard,
}
"""How each action that needs nothing but a yes is carried out, once the table of the life cycle allows it."""


def change_sent(session: Session, who: int | None, id: int, language: str, html: str, now: datetime) -> ActionResult:
    """Replace a text of what has begun: messages that arrived are edited.

    Where announcements need a second organizer, so does this: the author's change is somebody else's to make. BLOCKED:
    Telegram takes no text as long as this, or one of its fields cannot be filled in.
    """
    found = notices.get(session, id, lock=True)
    if not _takes(session, id, A.CHANGE_TEXT) or not html:
        return H.NOT_NOW
    if needs_another(session, who, id):
        return H.OWN
    most = announcements.LONGEST_WITH_FILE if found.file else announcements.LONGEST
    if units(longest(html)) > most or any(faults(html, language)):
        return H.BLOCKED
    announcements.rewrite(session, id, {**notices.texts(session, id), language: html})
    _log(session, who, "announce_edited", id, now, language=language)
    if who is not None:
        progress_messages.watch(session, id, who)
    return H.EDITED


def hold(session: Session, id: int, reason: str, now: datetime) -> None:
    """Pause a run of which one message after the other is refused for the same lasting reason, and tell who may send.

    `reason`: Telegram's own words. Nothing happens to what is no announcement or does not run.
    """
    found = notices.get(session, id, lock=True)
    if found.kind != NoticeKind.ANNOUNCEMENT.value or found.state != S.RUNNING.value:
        return
    notices.move(session, id, S.PAUSED, now)
    notice = notices.service(session, NoticeKind.HELD, f"{id}:{secrets.token_hex(8)}", now)
    session.add(NoticeText(notice_id=notice, language="", html=escape(reason)))
    audiences.add(session, notice, organizers.who_may(session, Right.ANNOUNCE), now)
    _log(session, None, "announce_held", id, now)


def test(session: Session, who: int, id: int, language: str, now: datetime) -> ActionResult:
    """Have the courier send it to the organizer's own chat, as readers of this language get it."""
    if people.address(session, who, TELEGRAM) is None:
        return H.NO_TELEGRAM
    found, texts = notices.get(session, id), notices.texts(session, id)
    if not texts:
        return H.NOT_NOW
    copy = Notice(
        id=notices.unnumbered(),
        key=f"test:{id}:{secrets.token_hex(8)}",
        kind=NoticeKind.TEST.value,
        topic=found.topic,
        state=S.RUNNING.value,
        language=found.language,
        audience={"language": language},
        buttons=found.buttons,
        file=found.file,
        author=who,
        created=now,
        due=now,
        planned=True,
    )
    session.add(copy)
    session.flush()
    assert copy.id is not None  # given by the flush
    session.add_all(NoticeText(notice_id=copy.id, language=each, html=text) for each, text in texts.items())
    audiences.add(session, copy.id, [who], now, channel=TELEGRAM)
    _log(session, who, "announce_tested", id, now, language=language)
    return H.TESTED


def _takes(session: Session, id: int, action: AnnouncementAction) -> bool:
    """Whether its state allows this; it is locked until this transaction ends. LookupError: there is none."""
    announcements.get(session, id)
    found = notices.get(session, id, lock=True)
    return allowed(NoticeState(found.state), action, recalled=found.recalled is not None)


def _others(session: Session, who: int | None) -> list[int]:
    """Everybody else who may announce."""
    return [each for each in organizers.who_may(session, Right.ANNOUNCE) if each != who]


def _may_announce(session: Session, person: int | None) -> bool:
    """Whether somebody may announce now: who wrote it may have lost their role since."""
    return person is not None and may(organizers.role_of(session, person), Right.ANNOUNCE)


def _log(session: Session, who: int | None, action: str, id: int, now: datetime, **details: Any) -> None:
    organizers.record(session, who, action, subject(session, id), now, **details)
