"""A report asked for in the chat: made beside the service, one at a time, and sent to who asked for it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from sqlmodel import Session, delete, select

from bot.app import App
from bot.report.orders import delete_old, make_next
from bot.settings import Settings
from storage.report import orders
from storage.tables import CallRow, ReportOrderRow
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.organizing.conftest import anna, olga, stage
from tests.report.made import fill

__all__ = ["anna", "olga", "stage"]


def serving(stage: Stage, url: str, folder: Path) -> App:
    settings = Settings(_env_file=None, database_url=url, files=folder)
    return App(settings, stage.database, stage.words, stage.turns)


@pytest.mark.feature("Y7")
async def test_an_organizer_asks_in_the_chat_and_gets_the_file(
    stage: Stage, database_url: str, olga: Person, anna: Person, tmp_path: Path
) -> None:
    app = serving(stage, database_url, tmp_path)
    await stage.database.write(lambda session: fill(session, 3))
    await olga.does("report")
    for code in ("language:fr", "form:html", ".make", ".make"):
        await olga.taps(code)
    assert "Report of the call 2027, in French, HTML. It waits for its turn." in olga.text
    assert "It waits" not in olga.text.replace("It waits", "", 1), "asked for twice, it is made once"
    assert await make_next(app) and not await make_next(app)
    [letter] = [each for each in await Post(stage).goes_out() if each.letter.attachment]
    assert letter.address == "100" and "It is ready: 3 entries." in letter.text
    assert letter.letter.attachment is not None
    path = Path(str(letter.letter.attachment.source))
    said = path.read_text("utf-8")  # noqa: ASYNC240  a small file, and nobody waits
    assert path.name == "report-2027-fr.html" and 'lang="fr"' in said and "HIDDEN" not in said
    await olga.taps(".again")
    assert "It is ready: 3 entries." in olga.text
    await anna.does("report")
    assert "report" not in anna.screen.name, "nobody else learns that there is such a thing"

    stage.clock.passes(hours=25)
    await delete_old(app)
    await olga.taps(".again")
    assert "It was kept for a day and is gone now." in olga.text


@pytest.mark.feature("Y7")
@ON_ONE_ENGINE
async def test_why_a_report_cannot_be_made_is_said(
    stage: Stage, database_url: str, olga: Person, tmp_path: Path
) -> None:
    await olga.does("report")
    await olga.taps("form:html")
    await olga.taps(".make")
    await stage.database.write(lambda session: session.execute(delete(CallRow)) and None)
    assert await make_next(serving(stage, database_url, tmp_path))
    [letter] = await Post(stage).goes_out()
    assert "It could not be made: there is no call 2027" in letter.text and letter.letter.attachment is None


async def test_one_is_made_at_a_time_and_what_a_dead_process_left_is_taken_up(stage: Stage, olga: Person) -> None:
    await olga.does("report")
    await olga.taps(".make")
    await olga.taps("language:es")
    await olga.taps(".make")
    now = stage.clock.now()

    def claims(session: Session) -> None:
        first = orders.claim(session, now)
        assert first is not None and first.language == "en"
        assert orders.claim(session, now + timedelta(minutes=9)) is None, "one at a time"
        again = orders.claim(session, now + timedelta(minutes=11))
        assert again is not None and again.id == first.id, "its process is dead"
        orders.release(session, first.id)
        states = session.exec(select(ReportOrderRow.state)).all()
        assert set(states) == {"waiting"}

    await stage.database.write(claims)
