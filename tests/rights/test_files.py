"""The bytes of a file go only when no row names it any more, and then they do go."""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlmodel import Session, select

from bot import file_store
from bot.scheduling import housekeeping
from dialogs.domain.notice import NoticeKind, NoticeState
from storage.announcements import announcements
from storage.announcements.announcements import Attached
from storage.messaging.notices import Notice
from storage.people import privacy
from storage.tables import ContactListRow, DraftRow, FileRow, PersonRow
from tests.driver import IN_SEASON, Stage


def an_app(stage: Stage, folder: Path) -> Any:
    return SimpleNamespace(database=stage.database, turns=stage.turns, settings=SimpleNamespace(files=folder))


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "files"
    made.mkdir()
    return made


def shared(session: Session, now: datetime) -> list[int]:
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
async def test_bytes_that_another_draft_names_outlive_the_one_who_is_forgotten(stage: Stage, folder: Path) -> None:
    (folder / "picture").write_bytes(b"png")
    app, now = an_app(stage, folder), stage.clock.now()
    ana, bob = await stage.database.write(lambda session: shared(session, now))
    await stage.database.write(lambda session: privacy.forget(session, bob))
    await file_store.delete_unwanted(app)
    assert (folder / "picture").exists(), "Ana's draft still lists it"
    assert await stage.database.read(lambda s: s.exec(select(FileRow.draft_id)).all()) == ["ana"]
    await stage.database.write(lambda session: privacy.forget(session, ana))
    await file_store.delete_unwanted(app)
    assert not (folder / "picture").exists()


STAY = ("draft", "sent", "waiting_list", "test", *(state for state in NoticeState if state is not NoticeState.STOPPED))
GO = ("unnamed", "read_list", "tested", "stopped")
"""What names a file, by what it is: an entry and an update of it have theirs from the draft that was sent."""


def named(what: str) -> str:
    """A file's random name."""
    return what.encode().hex().ljust(32, "0")


def of_every_kind(session: Session, folder: Path) -> None:
    person = PersonRow(created=IN_SEASON, seen=IN_SEASON, consent="2027")
    session.add(person)
    session.flush()
    who: dict[str, Any] = {
        "person_id": person.id or 0,
        "call": "2027",
        "version": "2027",
        "started": IN_SEASON,
        "touched": IN_SEASON,
    }
    session.add(DraftRow(id="draft", **who))
    session.add(DraftRow(id="sent", submitted="WSIS-2027-000001", **who))
    previous = {"documents": [named("sent")]}
    session.add(DraftRow(id="update", revises="WSIS-2027-000001", previous=previous, **who))
    session.flush()
    for id in ("draft", "sent"):
        session.add(FileRow(id=named(id), draft_id=id, source="folder:", name="a.png", kind="image/png", size=3))
    for id, result in (("waiting_list", None), ("read_list", {"new": 1})):
        list_: dict[str, Any] = {
            "source": "folder:",
            "name": "a.csv",
            "kind": "text/csv",
            "size": 3,
            "at": IN_SEASON,
            "kept": True,
        }
        session.add(ContactListRow(id=named(id), person_id=person.id or 0, result=result, **list_))
    for notice, what, kind, state in outgoing(session, folder):
        notice.kind, notice.state = kind.value, state.value
        assert what in (*STAY, *GO)
    session.flush()


def outgoing(session: Session, folder: Path) -> Iterator[tuple[Notice, str, NoticeKind, NoticeState]]:
    """An announcement in every state, and tests of one, each with a picture in the folder."""
    kinds = [(state.value, NoticeKind.ANNOUNCEMENT, state) for state in NoticeState]
    kinds += [("test", NoticeKind.TEST, NoticeState.RUNNING), ("tested", NoticeKind.TEST, NoticeState.DONE)]
    for what, kind, state in kinds:
        file = Attached(str(folder / named(what)), picture=True, name="poster.png")
        id = announcements.compose(session, author=None, texts={}, audience={}, now=IN_SEASON, file=file)
        yield session.get_one(Notice, id), what, kind, state


def put(folder: Path, name: str, at: datetime) -> None:
    path = folder / name
    path.write_bytes(b"png")
    os.utime(path, (at.timestamp(), at.timestamp()))


@pytest.mark.feature("S5")
async def test_what_nothing_names_is_swept_and_what_may_still_be_needed_stays(stage: Stage, folder: Path) -> None:
    app, day = an_app(stage, folder), timedelta(days=1)
    for what in (*STAY, *GO):
        put(folder, named(what), IN_SEASON + day)
    await stage.database.write(lambda session: of_every_kind(session, folder))
    stage.clock.passes(days=30)
    put(folder, named("coming in"), stage.clock.now() - day / 2)
    others = ("readme.txt", f"{named('coming')}.part", named("older"))
    for other in others:
        put(folder, other, IN_SEASON + (-day if other == named("older") else day))
    await housekeeping.tidy(app)
    assert set(os.listdir(folder)) == {*map(named, STAY), named("coming in"), *others}
    stage.clock.passes(days=1)
    await housekeeping.tidy(app)
    assert named("coming in") not in os.listdir(folder)


@pytest.mark.feature("S5")
async def test_a_new_database_beside_an_old_folder_deletes_nothing(stage: Stage, folder: Path) -> None:
    put(folder, named("somebody's"), IN_SEASON - timedelta(days=99))
    for come in (False, True):
        if come:
            await stage.person("ana").does("start")
            stage.clock.passes(days=9)
        await housekeeping.tidy(an_app(stage, folder))
        assert os.listdir(folder) == [named("somebody's")]
