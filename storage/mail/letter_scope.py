"""A conversation as somebody has it who came by a letter's link: the one draft, and nothing else of its person's."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from sqlmodel import Session

from dialogs.domain.conversation import Conversation, Position
from dialogs.domain.effects import (
    DraftStarted,
    EntryConfirmed,
    FindEntries,
    FindSimilar,
    Query,
    ReadPublished,
    ReadReceipt,
    SearchRegister,
    Submit,
    UnwantedTopics,
    VerifyReceipt,
)
from dialogs.domain.entries.followed_search import FollowSearch, StopFollowing
from dialogs.domain.mailbox import LookAtMail
from storage.entries.rights import Refused
from storage.tables import DraftRow

__all__ = ["NOBODY", "bound", "check", "whom"]

NOBODY = 0
"""In whose name the register is searched there: entries that are not public are nobody's business."""

PUBLIC = (FindEntries, FindSimilar, SearchRegister, ReadPublished, VerifyReceipt)
OWN = (UnwantedTopics, LookAtMail)


def bound(session: Session, conversation: Conversation, only: str) -> Conversation:
    """What is left of a conversation. The place is kept when it is about this draft; else its open question is next."""
    row = session.get(DraftRow, only)
    sent = row.submitted if row is not None and row.person_id == conversation.person.id else None
    mine = {id: draft for id, draft in conversation.drafts.items() if id == only and not draft.is_handed}
    state, place = conversation.state, conversation.state.position
    about = place.name == "sent" and sent is not None and place.args.get("reference") == sent
    if state.draft != only and not about:
        place = Position("filling") if mine else Position("home")
    revises = row.revises if row is not None else None
    return replace(
        conversation,
        state=replace(state, draft=only if mine else None, position=place, trail=()),
        drafts=mine,
        entries=tuple(entry for entry in conversation.entries if entry.reference == sent),
        role=None,
        known={},
        corrections={key: each for key, each in conversation.corrections.items() if key == revises},
        dossier=None,
        only=only,
    )


def check(session: Session, only: str, wanted: Any) -> None:
    """Refused: an effect or a request goes beyond the draft."""
    if (
        isinstance(wanted, DraftStarted | EntryConfirmed | FollowSearch | StopFollowing)
        or getattr(wanted, "draft", only) != only
    ):
        raise Refused(wanted, "a letter's link is good for its draft alone")
    if isinstance(wanted, ReadReceipt):
        row = session.get(DraftRow, only)
        if row is None or row.submitted != wanted.reference:
            raise Refused(wanted, "a letter's link is good for its draft alone")


def whom(session: Session, only: str, person: int, request: Query) -> int:
    """In whose name a request is carried out. Refused: it is none that the link is good for."""
    check(session, only, request)
    if isinstance(request, PUBLIC):
        return NOBODY
    if isinstance(request, (*OWN, Submit, ReadReceipt)):
        return person
    raise Refused(request, "a letter's link is good for its draft alone")
