"""The template of somebody's draft, made when they take it: as it stands at that moment, and for them alone."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

from sqlmodel import Session

from bot.app import App
from dialogs.domain.conversation import Call, Conversation, Draft
from storage.people import conversations

if TYPE_CHECKING:
    from dialogs.step_context import StepContext

__all__ = ["TemplateFile", "empty_template", "template_of_draft"]


@dataclass(frozen=True, slots=True)
class TemplateFile:
    name: str
    data: bytes


async def template_of_draft(app: App, person: int, draft: str, format: str, language: str) -> TemplateFile | None:
    """The template of a draft that this person may fill in; None: there is none such (any more)."""
    now = app.turns.now()

    def load(session: Session) -> Conversation:
        return conversations.load(session, person, now, app.turns.portions)

    conversation = await app.database.read(load)
    found = conversation.drafts.get(draft)
    if found is None or found.discarded is not None:
        return None
    call = next((each for each in conversation.calls if each.code == found.call), None)
    return await asyncio.to_thread(_made, app, conversation, found, call, format, language, now)


def empty_template(app: App, version: str, format: str, language: str, now: datetime) -> TemplateFile:
    """The template of an edition with nothing filled in, for whoever gets it."""
    from dialogs.domain.conversation import Person

    draft = Draft("", version, version, now, now, language=language)
    return _made(app, Conversation(Person(0, language)), draft, None, format, language, now, empty=True)


def _made(
    app: App,
    conversation: Conversation,
    draft: Draft,
    call: Call | None,
    format: str,
    language: str,
    now: datetime,
    *,
    empty: bool = False,
) -> TemplateFile:
    from bot.offline import document_writer, sheet, workbook_writer

    journey = _context(app, conversation, now).journey_of(draft)
    made = sheet.make(journey, call, app.words, language, empty=empty)
    write = document_writer.write if format == "docx" else workbook_writer.write
    return TemplateFile(f"stocktaking-{draft.version}-{language}.{format}", write(made))


def _context(app: App, conversation: Conversation, now: datetime) -> StepContext:
    from dialogs.step_context import StepContext, Tools

    return StepContext(conversation, app.turns.machine.world, Tools(now, ""))
