"""The life of an announcement: what can be done to it in each state, what it becomes, and who may.

    draft ──launch──> scheduled ──(its time comes)──> running ──(all are served)──> done
      ^                   │                            │  ^                          │
      └────unschedule─────┘                   pause ───┘  └── resume, retry ─────────┘
                                                 stop, recall ──> stopped

`LIFECYCLE` is the whole of it: screens offer what it allows, and the store asks it again, under the notice's lock,
before anything is done. What happens by itself (`BEGIN`, `FINISH`) stands in it too.
"""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

from dialogs.domain.notice import NoticeState
from dialogs.domain.roles import Right

__all__ = ["CONFIRMED", "LIFECYCLE", "AnnouncementAction", "allowed", "following", "right_of"]


class AnnouncementAction(StrEnum):
    WRITE_TEXT = "write_text"  # a draft's text in one language
    COMPOSE = "compose"  # a draft's file, buttons, topic, audience
    ASK_APPROVAL = "ask_approval"
    APPROVE = "approve"
    SEND_BACK = "send_back"  # a second organizer wants something changed first
    LAUNCH = "launch"
    DISCARD = "discard"
    UNSCHEDULE = "unschedule"
    BEGIN = "begin"  # by itself, when its time comes
    FINISH = "finish"  # by itself, when everybody is served
    PAUSE = "pause"
    RESUME = "resume"
    STOP = "stop"
    RETRY = "retry"  # what failed for a passing reason is sent again
    RESEND = "resend"  # to those of whom it is not known whether they got it: some may get it twice
    RECALL = "recall"  # nothing more is sent, and what was sent is deleted where the app still allows it
    CHANGE_TEXT = "change_text"  # what was sent is edited
    CHANGE_BUTTONS = "change_buttons"


A, S = AnnouncementAction, NoticeState

LIFECYCLE: Mapping[NoticeState, Mapping[AnnouncementAction, NoticeState]] = {
    S.DRAFT: {
        A.WRITE_TEXT: S.DRAFT,
        A.COMPOSE: S.DRAFT,
        A.ASK_APPROVAL: S.DRAFT,
        A.APPROVE: S.DRAFT,
        A.SEND_BACK: S.DRAFT,
        A.LAUNCH: S.SCHEDULED,
        A.DISCARD: S.STOPPED,
    },
    S.SCHEDULED: {A.UNSCHEDULE: S.DRAFT, A.BEGIN: S.RUNNING, A.STOP: S.STOPPED},
    S.RUNNING: {
        A.PAUSE: S.PAUSED,
        A.STOP: S.STOPPED,
        A.FINISH: S.DONE,
        A.RETRY: S.RUNNING,
        A.RESEND: S.RUNNING,
        A.RECALL: S.STOPPED,
        A.CHANGE_TEXT: S.RUNNING,
    },
    S.PAUSED: {
        A.RESUME: S.RUNNING,
        A.STOP: S.STOPPED,
        A.RETRY: S.PAUSED,
        A.RESEND: S.PAUSED,
        A.RECALL: S.STOPPED,
        A.CHANGE_TEXT: S.PAUSED,
        A.CHANGE_BUTTONS: S.PAUSED,
    },
    S.DONE: {A.RETRY: S.RUNNING, A.RESEND: S.RUNNING, A.RECALL: S.DONE, A.CHANGE_TEXT: S.DONE},
    S.STOPPED: {A.RECALL: S.STOPPED, A.CHANGE_TEXT: S.STOPPED},
}
"""From a state, by an action, to the state after it."""

ENDED_BY_RECALL = frozenset({A.RETRY, A.RESEND, A.RECALL, A.CHANGE_TEXT, A.CHANGE_BUTTONS})
"""What can no longer be done to something that was recalled."""

CONFIRMED = frozenset({A.STOP, A.RESEND, A.RECALL, A.DISCARD})
"""What cannot be undone: asked about twice."""


def allowed(state: NoticeState, action: AnnouncementAction, *, recalled: bool = False) -> bool:
    """Whether something can be done to an announcement in this state."""
    return action in LIFECYCLE[state] and not (recalled and action in ENDED_BY_RECALL)


def following(state: NoticeState) -> frozenset[NoticeState]:
    """The other states that a notice in this one may become."""
    return frozenset(LIFECYCLE[state].values()) - {state}


def right_of(action: AnnouncementAction) -> Right:
    """What an organizer needs for it."""
    return Right.TRANSLATE if action is A.WRITE_TEXT else Right.ANNOUNCE
