"""The life of an entry: its states, what can be done to it in each, who may, and what its author hears of it.

    received ──claim──> in_review ──ask──> changes_asked ──answer──> in_review ...
                            │
                            ├──accept──> accepted ──announce──> published ──┐
                            └──refuse──> refused  ──announce──> declined    ├──withdraw──> withdrawn
                                                                            └──merge────> merged

`accepted` and `refused` are decisions that nobody was told yet: they are announced together, or taken back before.
From every state an entry can be withdrawn by its author, merged into another, marked as a test or as spam; what was
marked by mistake is reinstated. Sending an entry again brings it back to review: what was never reviewed is not shown.

`TRANSITIONS` and `DEEDS` are the whole of it. Whether an entry is shown to the public is one rule, `is_public`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from dialogs.domain.roles import Right, Role, may

__all__ = [
    "CLOSED",
    "DEEDS",
    "PENDING",
    "SCORABLE",
    "TRANSITIONS",
    "WAITING",
    "Action",
    "Deed",
    "EntryState",
    "after",
    "is_public",
]


class EntryState(StrEnum):
    RECEIVED = "received"
    IN_REVIEW = "in_review"
    CHANGES_ASKED = "changes_asked"  # its author was asked to change answers, until a due date
    ACCEPTED = "accepted"  # decided; to be told, and published then
    REFUSED = "refused"  # decided; to be told
    PUBLISHED = "published"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"  # at its author's wish: its reference stays, its words are shown nowhere
    MERGED = "merged"  # it is the same activity as another entry, which its reference leads to
    TEST = "test"
    SPAM = "spam"


class Action(StrEnum):
    SEND = "send"  # the author sends a new version, outside of a round
    CLAIM = "claim"
    RELEASE = "release"  # a claim is given up, or lapses
    ASK = "ask"  # answers are marked for the author to change
    ANSWER = "answer"  # the author is done with what was asked
    ACCEPT = "accept"
    REFUSE = "refuse"
    RECONSIDER = "reconsider"  # a decision that was not announced is taken back
    ANNOUNCE = "announce"  # the decision is told to the author
    WITHDRAW = "withdraw"
    MERGE = "merge"
    MARK_TEST = "mark_test"
    MARK_SPAM = "mark_spam"
    REINSTATE = "reinstate"  # back to review
    FORGET = "forget"  # the author asked to be forgotten: nobody can be asked any more


@dataclass(frozen=True, slots=True)
class Deed:
    """Who may do an action, and whether the author gets a message about it.

    `right`: what an organizer needs, None where no organizer may. `author`: whether the author may do it themselves.
    """

    right: Right | None
    author: bool = False
    told: bool = False

    def is_for(self, role: Role | None, *, own: bool) -> bool:
        """Whether someone in this role may do it, to their own entry or to another's.

        Nobody reviews their own entry: what organizers may do, they may do to others' entries.
        """
        if own:
            return self.author
        return self.right is not None and may(role, self.right)


DEEDS: Mapping[Action, Deed] = {
    Action.SEND: Deed(None, author=True),
    Action.CLAIM: Deed(Right.REVIEW),
    Action.RELEASE: Deed(Right.REVIEW),
    Action.ASK: Deed(Right.REVIEW, told=True),
    Action.ANSWER: Deed(None, author=True, told=True),
    Action.ACCEPT: Deed(Right.REVIEW),
    Action.REFUSE: Deed(Right.REVIEW),
    Action.RECONSIDER: Deed(Right.REVIEW),
    Action.ANNOUNCE: Deed(Right.DECIDE, told=True),
    Action.WITHDRAW: Deed(Right.DECIDE, author=True, told=True),
    Action.MERGE: Deed(Right.DECIDE, told=True),
    Action.MARK_TEST: Deed(Right.DECIDE),
    Action.MARK_SPAM: Deed(Right.DECIDE),
    Action.REINSTATE: Deed(Right.DECIDE),
    Action.FORGET: Deed(None, author=True),
}

S, A = EntryState, Action

_OPEN = (S.RECEIVED, S.IN_REVIEW, S.CHANGES_ASKED, S.ACCEPTED, S.REFUSED)
_TOLD = (S.PUBLISHED, S.DECLINED)
_ASIDE = (S.WITHDRAWN, S.MERGED, S.TEST, S.SPAM)

TRANSITIONS: Mapping[tuple[EntryState, Action], EntryState] = {
    (S.RECEIVED, A.CLAIM): S.IN_REVIEW,
    (S.IN_REVIEW, A.RELEASE): S.RECEIVED,
    (S.IN_REVIEW, A.ASK): S.CHANGES_ASKED,
    (S.CHANGES_ASKED, A.ANSWER): S.IN_REVIEW,
    # The due date passes, or the reviewer no longer needs an answer: the entry can be decided as it is.
    **{(state, A.ACCEPT): S.ACCEPTED for state in (S.IN_REVIEW, S.CHANGES_ASKED)},
    **{(state, A.REFUSE): S.REFUSED for state in (S.IN_REVIEW, S.CHANGES_ASKED)},
    **{(state, A.RECONSIDER): S.IN_REVIEW for state in (S.ACCEPTED, S.REFUSED)},
    (S.ACCEPTED, A.ANNOUNCE): S.PUBLISHED,
    (S.REFUSED, A.ANNOUNCE): S.DECLINED,
    # A new version is another thing than what was decided about. What was set aside stays so, until organizers say.
    (S.RECEIVED, A.SEND): S.RECEIVED,
    **{(state, A.SEND): S.IN_REVIEW for state in (S.IN_REVIEW, S.CHANGES_ASKED, S.ACCEPTED, S.REFUSED)},
    **{(state, A.SEND): S.RECEIVED for state in (*_TOLD, S.WITHDRAWN, S.MERGED)},
    (S.TEST, A.SEND): S.TEST,
    (S.SPAM, A.SEND): S.SPAM,
    **{(state, A.WITHDRAW): S.WITHDRAWN for state in (*_OPEN, *_TOLD)},
    **{(state, A.MERGE): S.MERGED for state in (*_OPEN, *_TOLD)},
    **{(state, A.MARK_TEST): S.TEST for state in (*_OPEN, *_TOLD)},
    **{(state, A.MARK_SPAM): S.SPAM for state in (*_OPEN, *_TOLD)},
    **{(state, A.REINSTATE): S.RECEIVED for state in (*_TOLD, *_ASIDE)},
    **{(state, A.FORGET): S.IN_REVIEW if state is S.CHANGES_ASKED else state for state in S},
}
"""What an action makes of a state. A pair that is not here cannot happen: the entry stays as it is, which is said."""

WAITING = (S.RECEIVED, S.IN_REVIEW)
"""A reviewer's turn."""
SCORABLE = (*WAITING, S.CHANGES_ASKED)
"""Not decided yet: reviewers may still score it."""
PENDING = (S.ACCEPTED, S.REFUSED)
"""Decided, and not told yet."""
CLOSED = (*_TOLD, *_ASIDE)


def after(state: EntryState, action: Action) -> EntryState | None:
    """The state that the action leads to; None when it cannot be done in this state."""
    return TRANSITIONS.get((state, action))


def is_public(state: EntryState | str, publish: object) -> bool:
    """Whether the public is shown an entry: it is published, and its author said yes to that (the answer `publish`)."""
    return state == EntryState.PUBLISHED and publish is True
