"""What a restored database must not do by itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session

from storage.announcements import messaging_settings
from storage.backup import restore_cleanup
from storage.engine.database import Database
from storage.messaging.notices import Notice
from tests.driver import ON_ONE_ENGINE

NOW = datetime(2027, 2, 1, 9, tzinfo=UTC)


@ON_ONE_ENGINE
@pytest.mark.feature("A13")
async def test_no_announcement_goes_on_by_itself_and_its_picture_is_found_here(database: Database) -> None:
    def announce(session: Session, key: str, state: str, due: datetime, kind: str = "announcement") -> int:
        file = {"path": "/srv/there/files/abc", "picture": True}
        notice = Notice(key=key, kind=kind, state=state, created=NOW, due=due, file=file)
        session.add(notice)
        session.flush()
        return notice.id or 0

    def fill(session: Session) -> list[int]:
        messaging_settings.keep(session, messaging_settings.Terms(folder="/srv/there/files"))
        hour = timedelta(hours=1)
        running = announce(session, "running", "running", NOW - hour)
        due = announce(session, "due", "scheduled", NOW - hour)
        announce(session, "later", "scheduled", NOW + hour)
        announce(session, "reminder", "running", NOW - hour, kind="reminder")
        return [running, due]

    made = await database.write(fill)
    assert await database.write(lambda session: restore_cleanup.hold_back(session, NOW)) == made
    await database.write(lambda session: restore_cleanup.move_folder(session, Path("/data/files")))

    def states(session: Session) -> tuple[list[str], set[str]]:
        rows = [session.get_one(Notice, number) for number in range(made[0], made[0] + 4)]
        return [row.state for row in rows], {(row.file or {})["path"] for row in rows}

    assert await database.read(states) == (["paused", "draft", "scheduled", "running"], {"/data/files/abc"})
