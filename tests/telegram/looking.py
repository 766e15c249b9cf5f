"""Looking into the store of a service, beside it."""

from __future__ import annotations

from datetime import UTC, datetime

from sqlmodel import Session

from dialogs.domain.conversation import Conversation
from storage.engine.database import Database
from storage.people import conversations, people
from tests.botapi.people import Person
from tests.driver import MACHINE

__all__ = ["conversation_of"]


async def conversation_of(url: str, person: Person) -> Conversation:
    """What the store knows of a person."""

    def load(session: Session) -> Conversation:
        id = people.person_at(session, "telegram", str(person.id))
        assert id is not None
        return conversations.load(session, id, datetime.now(UTC), MACHINE.portion)

    database = await Database.open(url)
    try:
        return await database.read(load)
    finally:
        await database.close()
