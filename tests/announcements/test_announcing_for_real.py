"""An announcement from its first word to its recall: the real service, its own process, a strict Bot API server."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from pathlib import Path
from struct import unpack
from typing import Any

import pytest
from sqlmodel import Session

from storage.announcements import announcements
from storage.engine.database import Database
from tests.announcements.announcers import (
    BOLD,
    arrives,
    begin,
    compose,
    drafted,
    got,
    launch,
    message_of,
    settle,
    summaries,
)
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.service import Service


@pytest.fixture
async def service(server: BotApi, tmp_path: Path) -> AsyncIterator[Service]:
    settings = {"telegram_token": server.token, "telegram_api_url": server.url, "organizers": "1001"}
    async with Service(tmp_path, **settings) as service:
        yield service
    assert "Traceback" not in service.log, service.log


async def mend(olga: Person, number: int, text: str) -> None:
    """Change the English text of an announcement where it has arrived."""
    await olga.gets(olga.says("/announcements"))
    await olga.gets(olga.taps(f"see:{number}"))
    await olga.gets(olga.taps("texts"))
    await olga.gets(olga.taps("in:en"))
    await olga.gets(olga.sends(text=text))
    await olga.gets(olga.taps("change!"))


def width_of(png: bytes) -> int:
    assert png.startswith(b"\x89PNG")
    return int(unpack(">I", png[16:20])[0])


@pytest.mark.feature("A1", "A3", "A5", "A10", "A11", "A12", "A14", "N17")
async def test_an_announcement_is_composed_sent_stopped_mended_and_recalled(server: BotApi, service: Service) -> None:
    olga = await arrives(server, "Olga")
    anna, fred = await arrives(server, "Anna"), await arrives(server, "Fred", "fr")
    boris, clara = await arrives(server, "Boris"), await arrives(server, "Clara")
    assert olga.id == 1001
    boris.blocked = True  # the bot has not heard of it yet

    await compose(olga, en="The call is open", fr="L’appel est ouvert")
    await olga.gets(olga.taps("preview"))
    assert "The call is open" in olga.last
    await olga.gets(olga.taps(".test"))
    await olga.waits(lambda person: any(str(m.get("text")).startswith("The call is open") for m in person.shown))
    await olga.gets(olga.taps(".back"))
    await launch(olga)

    await anna.waits(lambda person: got(person, "The call is open"))
    await fred.waits(lambda person: got(person, "L’appel est ouvert"))
    await clara.waits(lambda person: got(person, "The call is open"))
    assert message_of(anna, "The call is open")["entities"] == [BOLD]
    assert sum(got(anna, text) for text in ("The call is open", "L’appel est ouvert")) == 1

    # Olga's live message is changed in place until all is told.
    await olga.waits(lambda person: got(person, "no. 1: Sent"))
    live = str(message_of(olga, "no. 1: Sent")["text"])
    assert "Sent: 4" in live and "Not delivered (the bot is blocked): 1" in live
    assert "Left" not in live and sum("Not delivered" in str(m.get("text")) for m in olga.shown) == 1

    # A change makes no sound: the summary is a message of its own, a chart that says the same in words.
    await olga.waits(lambda person: bool(summaries(person, 1)))
    [summary] = summaries(olga, 1)
    told = summary["caption"].splitlines()
    for line in ("• Sent: 4", "• English: 3", "• French: 1", "• Not delivered (the bot is blocked): 1"):
        assert line in told
    assert width_of(server.files[summary["photo"][-1]["file_id"]]) == 1080

    # One tap ends the topic, for ever.
    await clara.gets(clara.taps("news:stop:news", message_of(clara, "The call is open")))
    assert "You will receive no more announcements" in clara.text
    await compose(olga, en="The call is nearly over")
    await launch(olga)
    await anna.waits(lambda person: got(person, "nearly over"))
    await fred.waits(lambda person: got(person, "nearly over"))
    assert not got(clara, "nearly over")
    await olga.waits(lambda person: bool(summaries(person, 2)))  # the test-send has used up no number
    code, out, errors = await service.command("announce", "status", "2", "--format", "json")
    assert code == 0, errors
    assert '"sent": 3' in out

    # What its readers did since is in the figures of later.
    await clara.gets(clara.says("/new"))
    await olga.gets(olga.says("/announcements"))
    await olga.gets(olga.taps("see:1"))
    await olga.gets(olga.taps("outcome"))
    assert "No longer wants this topic: 1" in olga.last
    drawn = summaries(olga, 1)
    assert len(drawn) == 2 and "no. 1: Sent" in drawn[-1]["caption"]

    # The text is mended where it arrived, and then recalled.
    await mend(olga, 2, "The call is over tomorrow")
    await anna.waits(lambda person: got(person, "over tomorrow"))
    assert not got(anna, "nearly over")
    await olga.gets(olga.taps("recall"))
    await olga.gets(olga.taps("recall!"))
    await anna.waits(lambda person: not got(person, "over tomorrow"))
    assert got(anna, "The call is open")
    assert len(summaries(olga, 2)) == 1, "an announcement that is mended or recalled is not summed up again"


@pytest.mark.feature("A1", "A11")
async def test_a_picture_reaches_everyone_without_being_uploaded_and_its_caption_is_mended(
    server: BotApi, service: Service
) -> None:
    olga, anna, fred = await arrives(server, "Olga"), await arrives(server, "Anna"), await arrives(server, "Fred", "fr")
    poster = b"\xff\xd8\xff a poster of the call"
    await begin(olga)
    await olga.gets(olga.taps("in:en"))
    await olga.gets(olga.sends_photo(poster, "The call is open"))
    await olga.gets(olga.taps(".done"))
    await launch(olga)
    await olga.waits(lambda person: bool(summaries(person, 1)))
    for reader in (anna, fred):
        [picture] = pictures(reader, "The call is open")
        assert server.files[picture["photo"][-1]["file_id"]] == poster
    by_id = [call for call in server.calls if call.method == "sendPhoto" and "photo" in call.params]
    assert len(by_id) == 3, "it is with Telegram already: nobody's copy is uploaded"

    await mend(olga, 1, "The call is open until March")
    await anna.waits(lambda person: bool(pictures(person, "until March")))
    assert not any(message["caption"] == "The call is open" for message in pictures(anna, "The call is open"))


def pictures(person: Person, caption: str) -> list[dict[str, Any]]:
    """The pictures with a caption that begins so."""
    return [message for message in person.shown if "photo" in message and caption in str(message.get("caption"))]


@pytest.mark.feature("S16")
async def test_a_run_that_is_refused_for_one_reason_pauses_itself_is_mended_and_reaches_everyone(
    server: BotApi, tmp_path: Path
) -> None:
    settings = {"telegram_token": server.token, "telegram_api_url": server.url, "organizers": "1001"}
    service = Service(tmp_path, **settings)
    olga, *readers = await settle(server, service, 8)
    number = await drafted(service, olga, "The call is open")
    bad = [{"label": {"en": "Take part"}, "url": "htp:/x"}]

    def sent_by_an_older_version(session: Session) -> None:
        announcements.put(session, number, buttons=bad)
        announcements.schedule(session, number, datetime.now(UTC), datetime.now(UTC))

    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    await database.write(sent_by_an_older_version)
    await database.close()
    async with service:
        await olga.waits(lambda person: got(person, "sending has paused itself"))
        assert "button_url_invalid" in str(message_of(olga, "sending has paused itself")["text"]).lower()
        await olga.gets(olga.says("/announcements"))
        await olga.gets(olga.taps(f"see:{number}"))
        await olga.gets(olga.taps("preview"))  # it is refused as well: why is said
        assert "Telegram refuses the buttons of this message" in olga.last
        await olga.gets(olga.taps(".back"))
        await olga.gets(olga.taps("buttons"))
        await olga.gets(olga.taps("drop:0"))
        await olga.gets(olga.taps(".done"))
        await olga.gets(olga.taps("resume"))
        for reader in (olga, *readers):
            await reader.waits(lambda person: got(person, "The call is open"))
    assert "Traceback" not in service.log, service.log
