"""What people do in a review, as they do it in a chat."""

from __future__ import annotations

from dialogs.domain.entries.entry import EntryState
from storage.tables import EntryRow
from tests.announcements.posting import Delivered
from tests.driver import Person, Stage
from tests.samples import ANSWERS, walk

__all__ = ["REFERENCE", "TITLE", "arrives", "asks", "marks", "sends", "state", "to"]

REFERENCE = "WSIS-2027-000001"
TITLE = "Solar networks for lake villages"


async def arrives(stage: Stage, address: str, language: str, called: str) -> Person:
    person = stage.person(address, channel="telegram", language=language, called=called)
    await person.does("start")
    await person.taps(language)
    return person


async def sends(person: Person, **answers: str) -> str:
    await person.does("new")
    await walk(person, {**ANSWERS, **answers})
    await person.taps(".send")
    return "WSIS-2027-000001"


async def state(stage: Stage, reference: str = "WSIS-2027-000001") -> EntryState:
    row = await stage.database.read(lambda session: session.get_one(EntryRow, reference))
    return EntryState(row.state)


def to(letters: list[Delivered], address: str) -> list[Delivered]:
    return [letter for letter in letters if letter.address == address]


async def marks(remi: Person, comments: dict[str, str]) -> None:
    """Comment these answers of the entry that the reviewer has before them."""
    for key, text in comments.items():
        await remi.taps(".mark")
        while not remi.offers(f"key:{key}"):
            pages = [c.code for row in remi.screen.rows for c in row if c.code.startswith(".page:")]
            await remi.taps(pages[-1])  # the later one
        await remi.taps(f"key:{key}")
        await remi.says(text)
        await remi.taps(".back")


async def asks(remi: Person, comments: dict[str, str]) -> None:
    """Take the oldest entry and ask its author for these changes."""
    await remi.does("queue")
    await remi.taps(".next")
    await marks(remi, comments)
    await remi.taps(".ask")
    await remi.taps("send")
