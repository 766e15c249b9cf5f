"""Whoever comes by a letter's link has one draft before them, and by no command, text or button anything else."""

from __future__ import annotations

import pytest
from sqlmodel import Session, func, select

from dialogs.commands import COMMANDS
from dialogs.domain.roles import Role
from storage.organizers import organizers
from storage.people import people
from storage.tables import AnswerRow, DraftRow, OrganizerMessageRow, PersonRow
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.samples import answer_until

SECRET = "A plan that nobody knows of"
TITLE = "Solar networks for lake villages"


async def _draft_of(stage: Stage, title: str) -> str:
    def look(session: Session) -> str:
        rows = session.exec(select(AnswerRow).where(AnswerRow.key == "title"))
        return next(row.draft_id for row in rows if row.value == title)

    return await stage.database.read(look)


@ON_ONE_ENGINE
@pytest.mark.feature("L3")
async def test_by_a_letters_link_nothing_but_its_draft_is_seen_or_changed(stage: Stage) -> None:
    anna = stage.person("anna")
    for title in (SECRET, TITLE):
        await answer_until(anna, "title")
        await anna.says(title)
    await stage.database.write(
        lambda session: organizers.appoint(
            session, None, people.person_at(session, "test", "anna") or 0, Role.OWNER, stage.clock.now()
        )
    )
    open_, other = await _draft_of(stage, TITLE), await _draft_of(stage, SECRET)
    device = Stage(stage.database, stage.clock)
    device.turns = stage.turns.bound(open_)
    stranger = Person(device, "anna")

    def kept(session: Session) -> tuple[int, int, bool, str]:
        person = session.exec(select(PersonRow)).one()
        drafts = session.exec(select(func.count()).select_from(DraftRow)).one()
        letters = session.exec(select(func.count()).select_from(OrganizerMessageRow)).one()
        return drafts, letters, session.get_one(DraftRow, other).discarded is None, person.name

    before = await stage.database.read(kept)
    for command in (*COMMANDS, "organize", "start hand-abc", f"continue {other}", "withdraw WSIS-2027-000001"):
        name, _, argument = command.partition(" ")
        await stranger.does(name, argument)
        assert SECRET not in stranger.text, (command, stranger.text)
        assert stranger.screen.name not in ("my_data", "forgetting", "forgotten", "drafts", "entries", "joining")
        assert not stranger.screen.name.startswith("organize"), command
        for choice in [each for row in stranger.screen.rows for each in row]:
            if choice.code.startswith((".new", "new", "update", "drafts", "entries", "joining", "my_data", "contact")):
                await stranger.taps(choice.code)
                assert SECRET not in stranger.text, (command, choice.code, stranger.text)
                await stranger.does("continue")
                break
    await stranger.taps_unasked(f"remind:continue:{other}")
    assert SECRET not in stranger.text
    await stranger.taps_unasked(f"remind:keep:{other}")
    assert await stage.database.read(kept) == before

    # What it is for works: the open question, and an answer to it.
    await stranger.taps_unasked(f"remind:continue:{open_}")
    assert stranger.question == "activity_type"
    await stranger.says("project")
    assert stranger.question == "description"

    # Where its person is at something else meanwhile, that is not what is shown there.
    await anna.does("drafts")
    shown = await device.turns.open_screen(anna.outcome.person if anna.outcome else 0)
    assert shown.screens[-1].name.startswith("filling/")
