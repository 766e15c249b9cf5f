"""How announcements stand, for people and for programs."""

from __future__ import annotations

import json
from typing import Any

from sqlmodel import Session

from bot.app import App
from bot.cli.announce.errors import AnnouncementError
from bot.cli.input import clock
from dialogs.domain.organizers.announcements import Progress
from dialogs.organizers.announcements.progress_lines import figures
from dialogs.organizers.announcements.view import STATES
from dialogs.text.html_subset import excerpt
from storage.announcements import announcements
from storage.announcements.messaging_settings import terms
from storage.messaging import notices

__all__ = ["listed", "progress_of", "status"]


async def listed(app: App, form: str) -> str:
    """The newest announcements, one a line, or as JSON."""

    def work(session: Session) -> list[dict[str, Any]]:
        return [_about(session, notice.id or 0) for notice in announcements.listed(session)]

    found = await app.database.read(work)
    if form == "json":
        return json.dumps(found, ensure_ascii=False, indent=2)
    if not found:
        return "There is none yet."
    lines = [
        f"{each['id']:>5}  {clock(each['due'])}  {_state(app, each['state']):12}  {each['words']}" for each in found
    ]
    return "\n".join([f"{'no.':>5}  {'when (Geneva)':16}  {'state':12}  text", *lines])


def _about(session: Session, id: int) -> dict[str, Any]:
    found, texts = announcements.get(session, id), notices.texts(session, id)
    words = excerpt(texts.get(found.language) or next(iter(texts.values()), ""), 50)
    return {"id": id, "state": found.state, "due": found.due.isoformat(), "words": words}


def _state(app: App, state: str) -> str:
    return app.words.say(STATES[state], "en")


async def status(app: App, id: int, form: str) -> str:
    """How far one is: the counts that its live message shows, or as JSON."""
    try:
        about, progress = await app.database.read(lambda session: (_about(session, id), progress_of(session, id, app)))
    except LookupError:
        raise AnnouncementError(f"there is no announcement {id}: see `stocktaking announce list`") from None
    if form == "json":
        return json.dumps({**about, **progress.as_json()}, ensure_ascii=False, indent=2)
    head = f"Announcement {id}: {_state(app, about['state'])}. {about['words']}"
    lines = (app.words.say(line.text, "en") for line in figures(progress, about["state"]))
    return "\n".join([head, *(f"  {line}" for line in lines)])


def progress_of(session: Session, id: int, app: App) -> Progress:
    """Its counts, with what readers did since. LookupError: there is no such announcement."""
    so_far = announcements.progress(session, id, rate=terms(session).rate, now=app.turns.now())
    return announcements.with_effects(session, id, so_far)
