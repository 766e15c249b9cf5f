"""What organizers and their readers do with announcements, over the real service and a strict Bot API server."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlmodel import Session

from storage.announcements import announcement_actions
from storage.announcements.audiences import Audience
from storage.engine.database import Database
from storage.people import people
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.service import Service

__all__ = [
    "BOLD",
    "arrives",
    "begin",
    "compose",
    "copies",
    "drafted",
    "got",
    "invited",
    "launch",
    "live",
    "message_of",
    "served",
    "settle",
    "some_got",
    "summaries",
]

BOLD = {"type": "bold", "offset": 4, "length": 4}
"""`call` in `The call is open`, as an app marks it."""


async def arrives(server: BotApi, name: str, language: str = "en") -> Person:
    """Somebody new who has said hello."""
    person = server.person(name, language)
    await person.gets(person.starts())
    return person


async def settle(server: BotApi, service: Service, count: int, languages: Sequence[str] = ("en",)) -> list[Person]:
    """People who said hello long ago, in these languages by turns; to be called before the service starts, which
    meets them in its store."""
    folk = [server.person(f"Reader {number}", languages[number % len(languages)]) for number in range(count)]
    for person in folk:
        person.started = True

    def work(session: Session) -> None:
        for person in folk:
            people.arrive(session, "telegram", str(person.id), language=person.language, now=datetime.now(UTC))

    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    await database.write(work)
    await database.close()
    return folk


async def invited(owner: Person, role: str) -> str:
    """The payload of a link that makes whoever follows it an organizer, once."""
    await owner.gets(owner.says("/organizers"))
    await owner.gets(owner.taps(".invite"))
    await owner.gets(owner.taps(role))
    found = re.search(r"start=(org-[\w-]+)", owner.last)
    assert found, owner.last
    return found[1]


async def drafted(service: Service, author: Person, text: str, channel: str = "") -> int:
    """A draft that somebody wrote earlier, to everyone and perhaps a channel; its number."""

    def work(session: Session) -> int:
        who, now = people.person_at(session, "telegram", str(author.id)), datetime.now(UTC)
        audience = Audience(channel=channel).as_json()
        return announcement_actions.compose(session, who, now, texts={"en": text}, audience=audience)

    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    number = await database.write(work)
    await database.close()
    return number


async def begin(olga: Person) -> None:
    """A new announcement, up to the choice of the language that its first text is in."""
    await olga.gets(olga.says("/announcements"))
    await olga.gets(olga.taps("New announcement"))
    await olga.gets(olga.taps("texts"))


async def compose(olga: Person, **texts: str) -> None:
    await begin(olga)
    for language, text in texts.items():
        await olga.gets(olga.taps(f"in:{language}"))
        entities = {"entities": [BOLD]} if language == "en" else {}
        await olga.gets(olga.sends(text=text, **entities))
    await olga.gets(olga.taps(".done"))


async def launch(olga: Person) -> None:
    await olga.gets(olga.taps("send"))
    await olga.gets(olga.taps("now"))
    await olga.taps("launch")
    await olga.waits(lambda person: any("is being sent" in str(m.get("text")) for m in person.shown))


def copies(person: Person, text: str) -> int:
    """How many messages with this text stand in a chat."""
    return sum(text in str(message.get("text", "")) for message in person.shown)


def got(person: Person, text: str) -> bool:
    return copies(person, text) > 0


def message_of(person: Person, text: str) -> dict[str, Any]:
    return next(message for message in person.shown if text in str(message.get("text", "")))


def live(person: Person, number: int) -> dict[str, Any]:
    """The one message that says how far an announcement is, as it looks now."""
    found = [message for message in person.shown if f"announce:open:{number}" in str(message.get("reply_markup"))]
    assert len(found) <= 1, "a second live message"
    return found[0] if found else {}


def summaries(person: Person, number: int) -> list[dict[str, Any]]:
    """The pictures that say what became of an announcement."""
    return [m for m in person.shown if "photo" in m and f"no. {number}: " in str(m.get("caption"))]


def served(server: BotApi, folder: Path, rate: int) -> Service:
    """A slow service, so that there is something left to be paused; the first person is its organizer."""
    token, url = server.token, server.url
    return Service(folder, telegram_token=token, telegram_api_url=url, organizers="1001", telegram_rate=str(rate))


async def some_got(server: BotApi, folk: list[Person], text: str, least: int) -> None:
    await server.until(lambda: sum(got(each, text) for each in folk) >= least, 60)
