"""A letter's link is good for its draft, for a time, and for nothing that leads further; and it ends when it should."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, select

from storage.engine.database import Database
from storage.mail import letter_tokens
from storage.people import people
from storage.tables import DraftRow, LetterTokenRow
from tests.driver import ON_ONE_ENGINE, Stage
from tests.mail.mailbox import Mailbox, settings
from tests.samples import REQUIRED, answer_until
from tests.service import Service, free_port
from tests.web.plain import plain

TOKEN = "a-token-as-letters-carry-it"
ADDRESS = "amina@lakenet.org"


def _mint(session: Session) -> None:
    (draft,) = session.exec(select(DraftRow))
    now = datetime.now(UTC)
    letter_tokens.mint(session, TOKEN, draft.person_id, ADDRESS, "drafts", now, draft=draft.id)


@asynccontextmanager
async def _store(service: Service) -> AsyncIterator[Database]:
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    try:
        yield database
    finally:
        await database.close()


@pytest.mark.feature("L3")
async def test_a_browser_that_a_letter_opened_gets_no_further_and_leaving_ends_the_link(tmp_path: Path) -> None:
    async with Mailbox() as mailbox:
        service = Service(tmp_path, **settings(mailbox, free_port()))
        async with service, plain(service.url) as amina, plain(service.url) as stranger, plain(service.url) as ben:
            await amina.posts(command="new")
            while amina.screen != "contact_role":
                await amina.posts(text=REQUIRED[amina.screen])
            async with _store(service) as database:
                await database.write(_mint)
            found = (await service.command("doctor"))[1]
            assert "takes letters" in found and f":{mailbox.port}" in found and "not signed by us" in found

            # Somebody else at work in a browser keeps what they have.
            await ben.posts(command="new")
            cookie = ben.cookie
            await ben.asks("POST", f"/letter/{TOKEN}", data={"act": "open"})
            assert ben.cookie == cookie and "/chat" not in ben.headers.get("Location", "") and not ben.screen

            await stranger.asks("POST", f"/letter/{TOKEN}", data={"act": "open"})
            assert stranger.screen == "contact_role" and stranger.cookie
            await stranger.posts(command="elsewhere")
            assert "back=" not in stranger.page and stranger.screen == "contact_role"  # no code for everything else
            for command in ("mydata", "forget", "drafts", "settings"):
                await stranger.posts(text=f"/{command}")
                assert REQUIRED["contact_name"] not in stranger.page and ADDRESS not in stranger.page
            await stranger.posts(command="continue")
            await stranger.posts(text=REQUIRED["contact_role"])
            assert stranger.screen == "contact_email"
            await stranger.posts(text=ADDRESS)
            assert stranger.screen == "org_name"  # nobody is asked there where letters are to go

            # Leaving ends the session and every link that is out; the draft stays where it began.
            await stranger.posts(command="leave")
            assert not stranger.cookie
            await stranger.asks("POST", f"/letter/{TOKEN}", data={"act": "open"})
            assert not stranger.cookie and not stranger.screen
            await amina.asks("GET", "/chat")
            await amina.posts(command="continue")
            assert amina.screen == "org_name"
        assert "Traceback" not in service.log, service.log


@ON_ONE_ENGINE
@pytest.mark.feature("L3")
@pytest.mark.parametrize("how", ["time", "forget", "discard", "another"])
async def test_a_link_ends_with_its_time_its_draft_and_its_person(stage: Stage, how: str) -> None:
    anna, now = stage.person("anna"), stage.clock.now()
    await answer_until(anna, "contact_role")

    def mint(session: Session) -> None:
        (draft,) = session.exec(select(DraftRow))
        letter_tokens.mint(session, TOKEN, draft.person_id, ADDRESS, "drafts", now, draft=draft.id)

    await stage.database.write(mint)

    def opens(at: datetime) -> Callable[[Session], bool]:
        return lambda session: (found := letter_tokens.find(session, TOKEN, at)) is not None and bool(found.draft)

    assert await stage.database.read(opens(now + timedelta(days=29)))
    if how == "time":
        assert not await stage.database.read(opens(now + letter_tokens.OPENS))
        stops = await stage.database.read(lambda session: letter_tokens.find(session, TOKEN, now + timedelta(days=399)))
        assert stops is not None and stops.topic == "drafts"  # its way out is good for longer
        await stage.database.write(lambda session: letter_tokens.forget_old(session, now + timedelta(days=401), 10))
        assert await _tokens(stage) == 0
    elif how == "forget":
        await anna.does("forget")
        await anna.taps("forget")
        assert await _tokens(stage) == 0
    elif how == "discard":
        await stage.database.write(_discarded)
        assert not await stage.database.read(opens(now))
    else:
        await stage.database.write(_somebody_elses)
        assert not await stage.database.read(opens(now))


def _discarded(session: Session) -> None:
    (draft,) = session.exec(select(DraftRow))
    draft.discarded = draft.touched


def _somebody_elses(session: Session) -> None:
    (draft,) = session.exec(select(DraftRow))
    draft.person_id = people.arrive(session, "test", "ben", now=draft.touched)


async def _tokens(stage: Stage) -> int:
    return len(await stage.database.read(lambda session: session.exec(select(LetterTokenRow.token)).all()))
