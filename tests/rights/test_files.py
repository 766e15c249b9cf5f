"""The bytes of a file go only when no row names it any more."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import Session, select

from bot import filing
from storage import privacy
from storage.tables import DraftRow, FileRow, PersonRow
from tests.conversing import Stage


def an_app(stage: Stage, folder: Path) -> Any:
    return SimpleNamespace(database=stage.database, settings=SimpleNamespace(files=folder))


def shared(session: Session, now: Any) -> list[int]:
    """Two people with a draft each, and one file that both drafts name."""
    found = []
    for name in ("ana", "bob"):
        person = PersonRow(created=now, seen=now)
        session.add(person)
        session.flush()
        draft = DraftRow(id=name, person_id=person.id or 0, call="2027", version="2027", started=now, touched=now)
        session.add(draft)
        session.flush()
        session.add(FileRow(id="picture", draft_id=name, source="folder:picture", name="p", kind="image/png", size=3))
        found.append(person.id or 0)
    return found


@pytest.mark.feature("S5")
async def test_bytes_that_another_draft_names_outlive_the_one_who_is_forgotten(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "picture").write_bytes(b"png")
    app, now = an_app(stage, tmp_path), stage.clock.now()
    ana, bob = await stage.database.write(lambda session: shared(session, now))
    await stage.database.write(lambda session: privacy.forget(session, bob))
    await filing.delete_unwanted(app)
    assert (tmp_path / "picture").exists(), "Ana's draft still lists it"
    assert await stage.database.read(lambda s: s.exec(select(FileRow.draft_id)).all()) == ["ana"]
    await stage.database.write(lambda session: privacy.forget(session, ana))
    await filing.delete_unwanted(app)
    assert not (tmp_path / "picture").exists()
