"""An activity that is in the register already is noticed, however its title is typed; a new one is left in peace."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
import yaml
from sqlmodel import Session

from dialogs.domain.entries.entry import EntryState
from storage.calls import calls
from storage.engine.database import Database
from storage.entries import entries
from storage.tables import EntryRow
from tests.driver import IN_SEASON, Stage
from tests.review.entries import set_state
from tests.samples import ANSWERS, REQUIRED, walk

TITLES: list[str] = yaml.safe_load((Path(__file__).parent / "titles.yaml").read_text(encoding="utf-8"))
KNOWN, NEW = TITLES[::2], TITLES[1::2]

ALPHABETS = (
    "abcdefghijklmnopqrstuvwxyz",
    "абвгдежзиклмнопрстуфхцчшщыэюя",
    "ابتجحدرسشعفقكلمنهوي",
    "的一是在人有中国大学",
)


def slip(title: str, chance: random.Random) -> str:
    """One letter wrong, left out, doubled or exchanged with the next."""
    at = chance.randrange(1, len(title) - 1)
    letters = next((a for a in ALPHABETS if any(letter in a for letter in title.lower())), ALPHABETS[3])
    before, letter, after, rest = title[:at], title[at], title[at + 1], title[at + 2 :]
    changed = (chance.choice(letters) + after, after, letter + letter + after, after + letter)
    return before + chance.choice(changed) + rest


def two_slips(title: str, chance: random.Random) -> str:
    return slip(slip(title, chance), chance)


def reordered(title: str, chance: random.Random) -> str:
    """The words in another order; Chinese has none to exchange, and gets a slip."""
    words = title.split()
    if len(words) < 3:
        return slip(title, chance)
    cut = chance.randrange(1, len(words))
    return " ".join([*words[cut:], *words[:cut]])


def other_case(title: str, chance: random.Random) -> str:
    return chance.choice((title.upper(), title.lower(), title.title()))


def as_new_edition(title: str, chance: random.Random) -> str:
    return title + chance.choice((".", " 2027", "!", " II"))


WAYS: tuple[Callable[[str, random.Random], str], ...] = (slip, two_slips, reordered, other_case, as_new_edition)


def typed(seed: int) -> Iterator[tuple[str, str]]:
    """(title in the register, as somebody else types it): each in every way, four times."""
    chance = random.Random(seed)
    for title in KNOWN:
        for way in WAYS:
            yield from ((title, way(title, chance)) for _ in range(4))


def fill(session: Session) -> None:
    call = calls.ensure_current(session, IN_SEASON)
    for number, title in enumerate(KNOWN, 1):
        session.add(
            EntryRow(
                reference=f"WSIS-2027-{number:06}",
                call=call.code,
                number=number,
                title=title,
                organisation="Somebody",
                language="en",
                submitted=IN_SEASON,
                received=IN_SEASON,
                languages={},
                answers={"title": title, "publish": True},
                state=EntryState.PUBLISHED,
            )
        )


@pytest.mark.feature("N12")
@pytest.mark.parametrize("seed", [1, 2])
async def test_ninety_five_of_a_hundred_are_noticed_and_less_than_one_new_one_is(database: Database, seed: int) -> None:
    await database.write(fill)

    def look(session: Session) -> tuple[list[str], list[str]]:
        pairs = list(typed(seed))
        missed = [said for title, said in pairs if title not in _found(session, said)]
        assert len(missed) <= len(pairs) * 0.05, missed
        chance = random.Random(seed)
        fresh = [*NEW, *(way(title, chance) for title in NEW for way in WAYS)]
        return missed, [said for said in fresh if _found(session, said)]

    _, alarms = await database.read(look)
    assert len(alarms) < len(NEW) * (len(WAYS) + 1) * 0.01, alarms


def _found(session: Session, said: str) -> list[str]:
    return [entry.title for entry in entries.similar(session, 0, said, "", None)]


@pytest.mark.feature("N12", "N22")
async def test_what_is_not_to_be_published_is_shown_to_nobody_else(database: Database) -> None:
    stage = Stage(database)
    anna, ben = stage.person("anna"), stage.person("ben")
    await anna.does("new")
    await walk(anna, {**REQUIRED, "publish": "no"})
    await anna.taps(".send")
    await set_state(database, EntryState.PUBLISHED, "WSIS-2027-000001")
    await ben.does("new")
    await walk(ben, ANSWERS, until="activity_type")
    ben.misses("similar")


async def test_what_was_not_reviewed_yet_is_shown_to_nobody_else(database: Database) -> None:
    stage = Stage(database)
    anna, ben = stage.person("anna"), stage.person("ben")
    await anna.does("new")
    await walk(anna, REQUIRED)
    await anna.taps(".send")
    await ben.does("new")
    await walk(ben, ANSWERS, until="activity_type")
    ben.misses("similar")
