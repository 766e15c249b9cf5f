"""An announcement in six languages by two ways, while the service is killed again and again: nobody gets it twice, and
who did not get it is named.
"""

from __future__ import annotations

import asyncio
import random
from collections import Counter
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from typing import TypeVar

import pytest
from sqlmodel import Session

from bot.delivery.courier import WORKERS
from dialogs.domain.channels import MAIL, TELEGRAM
from dialogs.domain.notice import NoticeState
from storage.announcements import announcements
from storage.announcements.audiences import EVERYONE
from storage.engine.database import Database
from storage.messaging import notices
from storage.people import people
from storage.tables import AccountRow, MailboxRow
from tests.announcements.announcers import copies, settle
from tests.announcements.crowd import TEXTS
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.delivery.doubtful import doubtful
from tests.mail.mailbox import Mailbox, plain_of, settings
from tests.service import Service, free_port
from tests.telegram.opening import telegram

T = TypeVar("T")
LANGUAGES = sorted(TEXTS)


async def asked(service: Service, work: Callable[[Session], T], *, write: bool = False) -> T:
    database = await Database.open(service.environment["STOCKTAKING_DATABASE_URL"])
    try:
        return await (database.write(work) if write else database.read(work))
    finally:
        await database.close()


def with_letters(number: int) -> Callable[[Session], dict[str, int]]:
    """People who have letters alone, in each language by turns; persons by their address."""

    def work(session: Session) -> dict[str, int]:
        now, found = datetime.now(UTC), dict[str, int]()
        for each in range(number):
            address, language = f"reader{each}@lakenet.org", LANGUAGES[each % len(LANGUAGES)]
            person = people.arrive(session, "web", f"w{each}", language=language, now=now)
            box = MailboxRow(person_id=person, address=address, asked=now, agreed=True, confirmed=now, news=True)
            session.add_all([box, AccountRow(channel=MAIL, address=address, person_id=person)])
            found[address] = person
        return found

    return work


def announced(session: Session) -> int:
    now = datetime.now(UTC)
    id = announcements.compose(session, author=1, texts=TEXTS, audience=EVERYONE.as_json(), now=now)
    notices.get(session, id).state = NoticeState.SCHEDULED.value
    return id


async def killed_while_it_sends(folder: Path, number: int, kills: int, *, rate: int) -> None:
    """Half of the people have Telegram, half have letters; the service is killed so many times on the way."""
    chance = random.Random(number)
    async with BotApi() as server, Mailbox() as mailbox:
        mail = {**settings(mailbox, free_port()), "mail_rate": str(rate), "telegram_rate": str(rate)}
        service = Service(folder, **{**telegram(server, "polling"), **mail})
        folk = await settle(server, service, number // 2, LANGUAGES)
        await service.in_season()
        readers = await asked(service, with_letters(number - len(folk)), write=True)
        notice = await asked(service, announced, write=True)
        await service.start()

        def came() -> int:
            return len(mailbox.letters) + sum(call.method == "sendMessage" for call in server.calls)

        for _ in range(kills):
            wanted = min(came() + chance.randint(0, number // kills - 1), number - 1)
            async with asyncio.timeout(60):
                while came() < wanted:  # noqa: ASYNC110 (servers do not tell)
                    await asyncio.sleep(0.01)
            await asyncio.sleep(chance.uniform(0, 0.1))
            await service.kill()
            await service.start()
        async with asyncio.timeout(number / rate + 120):
            while await asked(service, state_of(notice)) != NoticeState.DONE.value:  # noqa: ASYNC110
                await asyncio.sleep(0.2)
        unknown = await asked(service, lambda session: doubtful(session, notice))
        chats = await asked(service, lambda session: {p.id: _person(session, p.id) for p in folk})
        progress = await asked(service, lambda s: announcements.progress(s, notice, rate=rate, now=datetime.now(UTC)))
        await service.stop()
        assert "Traceback" not in service.log, service.log
    without = _account_of_chats(folk, chats) | _account_of_letters(mailbox, readers)
    print(f"{kills} kills, {number} people: {len(without)} have nothing, {len(unknown)} uncertain, 0 doubled")
    assert without <= unknown, "who has nothing is named as uncertain"
    assert progress.sent + progress.uncertain == number and progress.left == 0
    assert len(unknown) <= kills * 2 * WORKERS


def state_of(notice: int) -> Callable[[Session], str]:
    return lambda session: notices.get(session, notice).state


def _person(session: Session, chat: int) -> int:
    return people.person_at(session, TELEGRAM, str(chat)) or 0


def _account_of_chats(folk: list[Person], chats: dict[int, int]) -> set[int]:
    """Each has it at most once, in their language; those who have nothing."""
    got = {person.id: copies(person, TEXTS[person.language]) for person in folk}
    assert max(got.values()) == 1
    return {chats[id] for id, times in got.items() if not times}


def _account_of_letters(mailbox: Mailbox, readers: dict[str, int]) -> set[int]:
    got = Counter(mailbox.readers)
    assert max(got.values()) == 1 and set(got) <= set(readers)
    for address, letter in zip(mailbox.readers, mailbox.letters, strict=True):
        language = LANGUAGES[int(address.partition("@")[0].removeprefix("reader")) % len(LANGUAGES)]
        assert letter["Content-Language"] == language and TEXTS[language] in plain_of(letter)
    return {person for address, person in readers.items() if address not in got}


@pytest.mark.feature("L2", "L8")
async def test_by_two_ways_each_gets_it_once_though_the_service_is_killed_twice(tmp_path: Path) -> None:
    await killed_while_it_sends(tmp_path, 72, kills=2, rate=30)


@pytest.mark.faults
@pytest.mark.timeout(1_800)
async def test_two_thousand_people_by_two_ways_and_fifty_kills(tmp_path: Path) -> None:
    await killed_while_it_sends(tmp_path, 2_000, kills=50, rate=20)
