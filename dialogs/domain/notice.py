"""What reaches people unasked: kinds of notices, their states, and what became of one for each person."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["Cause", "DeliveryState", "NoticeKind", "NoticeState"]


class NoticeKind(StrEnum):
    ANNOUNCEMENT = "announcement"
    REMINDER = "reminder"
    CALL = "call"  # news of a call: its close has moved
    LETTER = "letter"  # what a person wrote to the organizers, on its way to them
    ANSWER = "answer"  # an organizer's answer, on its way to that person
    TEST = "test"  # an announcement to its author only, before it is sent
    APPROVAL = "approval"  # there is an announcement that a second organizer has to approve
    HELD = "held"  # a run paused itself: Telegram refused it again and again for one reason
    STALE = "stale"  # an unfinished entry will be deleted, as nobody has worked on it for long
    DIGEST = "digest"  # what waits for an organizer, once a day
    JOINED = "joined"  # an invitation was used: to who made it
    SENT_BACK = "sent_back"  # a second organizer wants something in it changed first
    REVIEW_ASKED = "review_asked"  # what a reviewer wants changed in an entry: to its author
    REVIEW_DUE = "review_due"  # until when; also that the day has moved, or is over
    REVIEW_DONE = "review_done"  # the author is done: to the reviewer
    REVIEW_DECIDED = "review_decided"  # what became of an entry: to its author
    REVIEW_SAID = "review_said"  # what a reviewer and an author write each other
    STILL_TRUE = "still_true"  # whether a published entry is still true: to its author
    FOLLOWED = "followed"  # entries that are new in searches which somebody follows
    REVIEW_ASSIGNED = "review_assigned"  # entries were given to a reviewer
    REVIEW_WITHDRAWN = "review_withdrawn"  # the author took the entry back: to the reviewer
    MAIL_CONFIRM = "mail_confirm"  # whether an address is read by who gave it
    REPORT = "report"  # a report is made: to the organizer who asked for it
    RECEIPT = "receipt"  # an entry has arrived: by mail, where no page can be kept open


class NoticeState(StrEnum):
    """Where a notice is in its life; `domain.announcement.LIFECYCLE` says which states follow which."""

    DRAFT = "draft"
    SCHEDULED = "scheduled"
    RUNNING = "running"
    PAUSED = "paused"
    STOPPED = "stopped"
    DONE = "done"

    @property
    def has_begun(self) -> bool:
        """Whether people may have it already."""
        return self not in (NoticeState.DRAFT, NoticeState.SCHEDULED)

    @property
    def is_over(self) -> bool:
        """Whether nothing more is sent."""
        return self in (NoticeState.DONE, NoticeState.STOPPED)


class DeliveryState(StrEnum):
    """What became of a notice for one person."""

    PLANNED = "planned"
    CLAIMED = "claimed"  # a courier has it in hand
    GOING = "going"  # the request is being made: after a crash only these are uncertain
    SENT = "sent"
    FAILED = "failed"
    UNCERTAIN = "uncertain"  # it may have arrived: never sent again unless an organizer says so
    SKIPPED = "skipped"
    RECALLED = "recalled"


class Cause(StrEnum):
    """Why a message did not arrive. All of these are final."""

    BLOCKED = "blocked"
    DEACTIVATED = "deactivated"
    NOT_FOUND = "not_found"
    NOT_STARTED = "not_started"
    MIGRATED = "migrated"
    REFUSED = "refused"  # the app did not like the message itself
    UNREACHABLE = "unreachable"  # the app could not be reached after all tries
    TOO_LATE = "too_late"  # too old to be edited or deleted

    @property
    def of_the_person(self) -> bool:
        """The person cannot be written to at all, until they come back."""
        return self in (Cause.BLOCKED, Cause.DEACTIVATED, Cause.NOT_FOUND, Cause.NOT_STARTED)

    @property
    def is_retried(self) -> bool:
        """Whether another try may succeed although the person did nothing."""
        return self in (Cause.UNREACHABLE, Cause.REFUSED, Cause.MIGRATED)
