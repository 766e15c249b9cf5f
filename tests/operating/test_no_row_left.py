"""Forgotten on either engine: no row of any table has a word of theirs, nor has the log of what organizers did."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from sqlalchemy import inspect, text
from sqlmodel import Session

from dialogs.domain.roles import Role
from storage.engine.database import Database
from storage.organizers import organizers
from storage.people import privacy
from storage.tables import LogRow, OrganizerRow
from tests.driver import Clock, Stage
from tests.samples import REQUIRED, walk

NOW = datetime(2026, 11, 20, 9, tzinfo=UTC)
NAME = "Quillon Zephyrine"


def rows_with(session: Session, word: str) -> list[str]:
    """The tables that have this word in any column."""
    connection = session.connection()
    found = []
    for table in inspect(connection).get_table_names():
        rows = connection.execute(text(f'SELECT * FROM "{table}"')).all()
        found += [table for row in rows if any(word in str(value).lower() for value in row)]
    return found


@pytest.mark.feature("S13")
async def test_no_row_has_a_word_of_who_is_forgotten(database: Database) -> None:
    quillon = Stage(database, Clock()).person("quillon", called=NAME)
    answers = {**REQUIRED, "contact_name": NAME, "title": "Zephyrine mills", "publish": "no"}
    await quillon.does("new")
    await walk(quillon, answers)
    await quillon.taps(".send")
    await quillon.does("new")
    await walk(quillon, {**answers, "title": "Wells of Zephyrine"}, until="description")
    person = quillon.outcome.person if quillon.outcome else 0

    def appointed_and_dismissed(session: Session) -> None:
        session.add(OrganizerRow(person_id=person, role="reviewer", since=NOW))
        session.flush()
        assert organizers.appoint(session, None, person, Role.ORGANIZER, NOW)
        assert organizers.dismiss(session, None, person, NOW)
        # Lines as the log had them before it kept numbers in place of names.
        session.add(LogRow(at=NOW, action="removed", subject=NAME, details={}))

    await database.write(appointed_and_dismissed)
    said = await database.read(organizers.log)
    assert [line.subject for line in said] == [NAME] * 3
    assert len(set(await database.read(lambda session: rows_with(session, "zephyrine")))) >= 6
    await database.write(lambda session: privacy.forget(session, person))
    assert await database.read(lambda session: rows_with(session, "zephyrine")) == []
    assert [line.subject for line in await database.read(organizers.log)] == ["", str(person), str(person)]
