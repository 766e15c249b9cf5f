"""What the console does: the same requests as in the chat, carried out in one transaction, with the same rights."""

from __future__ import annotations

import secrets
from collections.abc import Mapping, Sequence
from typing import Any

from bot.app import App
from bot.pages.console.access import Organizer
from dialogs.domain.entries.entry import Action
from dialogs.domain.entries.review import LONGEST_COMMENT, Trouble
from dialogs.domain.organizers.base import Denied, OrganizersRequest
from dialogs.domain.organizers.review import (
    AskAuthor,
    Assign,
    ClaimEntry,
    Decide,
    DeclareInterest,
    MarkAnswer,
    MergeEntry,
    Reconsider,
    ReleaseEntry,
    ScoreEntry,
    SetAside,
    Undo,
    WriteToAuthor,
)
from dialogs.domain.scores import LONGEST_REMARK

__all__ = ["ask", "failed", "requests_for", "together"]

DIGITS = frozenset("0123456789")
ASIDE = {
    "test": Action.MARK_TEST,
    "spam": Action.MARK_SPAM,
    "withdraw": Action.WITHDRAW,
    "reinstate": Action.REINSTATE,
}


async def ask(app: App, who: Organizer, request: OrganizersRequest) -> Any:
    """Carry out one request; Denied when they may not (any more)."""
    (result,) = await together(app, who, [request])
    return result


async def together(app: App, who: Organizer, requests: Sequence[OrganizersRequest]) -> list[Any]:
    """Carry out requests in one transaction, in this order."""
    from storage.organizers.requests.dispatch import dispatch  # a start waits for none of what organizers do

    now = app.turns.now()

    def work(session: Any) -> list[Any]:
        return [dispatch(session, who.person, each, now, lambda: secrets.token_urlsafe(24)) for each in requests]

    looks = all(request.looks for request in requests)
    return await (app.database.read(work) if looks else app.database.write(work))


def failed(result: Any) -> bool:
    return isinstance(result, Trouble | Denied)


def scores_of(form: Mapping[str, str]) -> dict[str, int]:
    """What was given, by criterion: fields `score:Relevance`. What is no digit was not given."""
    given = ((name.partition(":")[2], value) for name, value in form.items() if name.startswith("score:"))
    return {name: int(value) for name, value in given if value in DIGITS}


def requests_for(form: Mapping[str, str], reference: str, version: int) -> list[OrganizersRequest]:
    """What a form asks for about an entry; nothing for what no form of ours says."""
    what, text = form.get("do", ""), form.get("text", "").strip()[:LONGEST_COMMENT]
    simple: Mapping[str, type[Any]] = {
        "take": ClaimEntry,
        "release": ReleaseEntry,
        "interest": DeclareInterest,
        "reconsider": Reconsider,
    }
    if what in simple:
        return [simple[what](reference)]
    if what == "undo":
        return [Undo((reference,))]
    if what in ASIDE:
        return [SetAside(reference, ASIDE[what])]
    if what in ("accept", "refuse"):
        return [Decide(reference, version, what == "accept", text[:1_500])]
    if what in ("score", "abstain"):
        return [ScoreEntry(reference, version, scores_of(form) if what == "score" else None, text[:LONGEST_REMARK])]
    if what == "mark" and form.get("key"):
        return [MarkAnswer(reference, form["key"], text)]
    if what == "ask":
        return [AskAuthor(reference, version)]
    if what == "write" and text:
        return [WriteToAuthor(reference, text)]
    if what in ("assign", "unassign") and form.get("person", "").isdigit() and len(form["person"]) < 19:
        return [Assign(reference, int(form["person"]), what == "assign")]
    if what == "merge" and text:
        return [MergeEntry(reference, text.upper())]
    return []
