"""The courier over a real ledger and a Telegram that counts: everyone once, whatever happens on the way."""

from __future__ import annotations

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime, timedelta

import pytest
from sqlmodel import Session

from bot.delivery.courier import WORKERS, Courier, Lane
from bot.delivery.ledger import Ledger, Parcel, Postponed, Prepare, Skipped
from bot.delivery.outgoing import Failed, OutgoingMessage
from bot.delivery.telegram_post import Post
from bot.rate_limit import Budget
from dialogs.domain.notice import DeliveryState, NoticeState
from storage.announcements import announcements
from storage.engine.database import Database
from storage.messaging import deliveries, notices
from storage.messaging.deliveries import Claimed, Delivery
from tests.delivery.doubtful import doubtful
from tests.delivery.telegram import TOKEN, Telegram, most_in_a_second, refusal

FAST = 400.0
"""Messages a second where the pace is not what is tested."""


def url_of(database: Database) -> str:
    """The address of a test's database."""
    return f"sqlite:///{database.place}" if database.dialect == "sqlite" else database.place


def now() -> datetime:
    return datetime.now(UTC)


def hello(session: Session, claimed: Claimed, at: datetime) -> Parcel | Postponed | Skipped:
    """People's chats have their own numbers here."""
    return Parcel(claimed.person, OutgoingMessage(f"Hello {claimed.person}"))


def all_planned(session: Session, notice: int, at: datetime) -> bool:
    return True


def announce(people: range, state: NoticeState = NoticeState.SCHEDULED) -> Callable[[Session], int]:
    """An announcement to these people, planned and due."""

    def work(session: Session) -> int:
        id = announcements.compose(session, author=1, texts={"en": "Hello"}, audience={}, now=now())
        notice = notices.get(session, id)
        notice.planned, notice.state = True, state.value
        session.add(notice)
        session.add_all(Delivery(notice_id=id, person_id=person, due=now()) for person in people)
        session.flush()
        return id

    return work


@asynccontextmanager
async def courier_at_work(
    database: Database,
    telegram: Telegram,
    *,
    rate: float = FAST,
    prepare: Prepare = hello,
    returned: list[tuple[int, str]] | None = None,
) -> AsyncIterator[Courier]:
    """A courier that works until the block ends, and then stops in an orderly way."""

    def note(session: Session, claimed: Claimed, upshot: Failed, at: datetime) -> None:
        if returned is not None:
            returned.append((claimed.person, upshot.cause.value))

    budget = Budget(rate)
    async with Post(TOKEN, telegram.url, budget) as post:
        ledger = Ledger(database, prepare, returned=note)
        courier = Courier(ledger, [Lane("telegram", post, budget)], all_planned, url=url_of(database), now=now)
        working = asyncio.create_task(courier.run())
        try:
            yield courier
        finally:
            courier.stop()
            await working


async def state_of(database: Database, notice: int) -> NoticeState:
    return NoticeState(await database.read(lambda session: notices.get(session, notice).state))


async def counted(database: Database, notice: int) -> Counter[str]:
    tally = await database.read(lambda session: deliveries.counts(session, notice))
    return Counter({f"{state}:{cause}" if cause else str(state): number for (state, cause), number in tally.items()})


async def reach(database: Database, notice: int, state: NoticeState) -> None:
    """Wait until the notice is in a state (the test's own time limit ends a wait in vain)."""
    while await state_of(database, notice) is not state:  # noqa: ASYNC110 (the store is asked, it does not tell)
        await asyncio.sleep(0.05)


async def received(telegram: Telegram, number: int) -> None:
    """Wait until Telegram has this many messages."""
    while len(telegram.received) < number:  # noqa: ASYNC110
        await asyncio.sleep(0.01)


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as server:
        yield server


@pytest.mark.feature("A1")
async def test_everyone_gets_it_once_and_the_announcement_is_done(database: Database, telegram: Telegram) -> None:
    notice = await database.write(announce(range(1, 121)))
    async with courier_at_work(database, telegram):
        await reach(database, notice, NoticeState.DONE)
    assert Counter(each.chat for each in telegram.received) == Counter(range(1, 121))
    assert await counted(database, notice) == {"sent": 120}


@pytest.mark.feature("A10", "A12")
async def test_who_cannot_be_reached_is_noted_with_the_cause_and_others_are_not_held_up(
    database: Database, telegram: Telegram
) -> None:
    refusals = {
        7: refusal(403, "Forbidden: bot was blocked by the user"),
        8: refusal(403, "Forbidden: user is deactivated"),
        9: refusal(400, "Bad Request: chat not found"),
    }
    telegram.script = lambda method, chat, fields: refusals.get(chat)
    returned: list[tuple[int, str]] = []
    notice = await database.write(announce(range(1, 31)))
    async with courier_at_work(database, telegram, returned=returned):
        await reach(database, notice, NoticeState.DONE)
    assert await counted(database, notice) == {
        "sent": 27,
        "failed:blocked": 1,
        "failed:deactivated": 1,
        "failed:not_found": 1,
    }
    assert sorted(returned) == [(7, "blocked"), (8, "deactivated"), (9, "not_found")]


@pytest.mark.feature("A6")
async def test_pause_and_resume_leave_no_gap_and_double_nobody(database: Database, telegram: Telegram) -> None:
    notice = await database.write(announce(range(1, 201)))
    async with courier_at_work(database, telegram, rate=150) as courier:
        await received(telegram, 40)
        await database.write(lambda session: notices.move(session, notice, NoticeState.PAUSED, now()))
        await asyncio.sleep(0.5)
        at_pause = len(telegram.received)
        await asyncio.sleep(0.5)
        assert len(telegram.received) == at_pause < 200
        await database.write(lambda session: notices.move(session, notice, NoticeState.RUNNING, now()))
        courier.wake()
        await reach(database, notice, NoticeState.DONE)
    assert Counter(each.chat for each in telegram.received) == Counter(range(1, 201))


@pytest.mark.feature("A6")
async def test_a_stopped_announcement_sends_nothing_more(database: Database, telegram: Telegram) -> None:
    notice = await database.write(announce(range(1, 301)))
    async with courier_at_work(database, telegram, rate=150):
        await received(telegram, 20)
        await database.write(lambda session: notices.move(session, notice, NoticeState.STOPPED, now()))
    assert len(telegram.received) < 120
    tally = await counted(database, notice)
    assert tally["sent"] == len(telegram.received)
    assert tally["sent"] + tally["planned"] == 300


@pytest.mark.feature("A6")
@pytest.mark.parametrize("state", [NoticeState.PAUSED, NoticeState.STOPPED])
async def test_letters_that_wait_for_their_turn_go_back_into_the_ledger(
    database: Database, telegram: Telegram, state: NoticeState
) -> None:
    """At one a second, as many letters wait as there are workers, and hardly any of them goes out any more."""
    notice = await database.write(announce(range(1, 101)))
    async with courier_at_work(database, telegram, rate=1) as courier:
        await received(telegram, 1)
        await database.write(lambda session: notices.move(session, notice, state, now()))
        courier.wake()
        while (tally := await counted(database, notice))["claimed"] + tally["going"]:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
        assert tally["sent"] == len(telegram.received) < WORKERS // 2
    assert await counted(database, notice) == {"sent": tally["sent"], "planned": 100 - tally["sent"]}


@pytest.mark.feature("A13")
async def test_a_stop_during_a_long_halt_is_quick_and_leaves_nothing_uncertain(
    database: Database, telegram: Telegram
) -> None:
    notice = await database.write(announce(range(1, 101)))
    telegram.ban(3_600)
    async with courier_at_work(database, telegram):
        while not telegram.refused:  # noqa: ASYNC110
            await asyncio.sleep(0.01)
    assert await counted(database, notice) == {"planned": 100}


@pytest.mark.feature("A13")
async def test_an_orderly_stop_leaves_nothing_uncertain_and_the_next_courier_goes_on(
    database: Database, telegram: Telegram
) -> None:
    notice = await database.write(announce(range(1, 151)))
    async with courier_at_work(database, telegram, rate=150):
        await received(telegram, 30)
    tally = await counted(database, notice)
    assert set(tally) == {"sent", "planned"}
    async with courier_at_work(database, telegram):
        await reach(database, notice, NoticeState.DONE)
    assert Counter(each.chat for each in telegram.received) == Counter(range(1, 151))


@pytest.mark.feature("A13")
async def test_what_a_dead_courier_was_sending_is_uncertain_and_what_it_only_held_is_sent(
    database: Database, telegram: Telegram
) -> None:
    notice = await database.write(announce(range(1, 11)))
    await database.write(lambda session: notices.move(session, notice, NoticeState.RUNNING, now()))
    held = await database.write(lambda session: deliveries.claim(session, [notice], "the dead one", now(), 4))
    for each in held[:2]:
        assert await database.write(lambda session, id=each.id: deliveries.go(session, id, "the dead one"))
    async with courier_at_work(database, telegram):
        await reach(database, notice, NoticeState.DONE)
    assert await counted(database, notice) == {"sent": 8, "uncertain:courier_died": 2}
    assert not await database.write(lambda session: deliveries.go(session, held[3].id, "the dead one"))
    unsure = await database.read(lambda session: doubtful(session, notice))
    assert not unsure & {each.chat for each in telegram.received}


@pytest.mark.feature("A13")
async def test_an_organizer_may_send_the_uncertain_ones_again(database: Database, telegram: Telegram) -> None:
    telegram.script = lambda method, chat, fields: "drop" if chat == 3 and len(telegram.texts(3)) == 0 else None
    notice = await database.write(announce(range(1, 6)))
    async with courier_at_work(database, telegram) as courier:
        await reach(database, notice, NoticeState.DONE)
        assert await counted(database, notice) == {"sent": 4, "uncertain:connection_broke": 1}
        assert await database.write(lambda session: deliveries.resend(session, notice, now())) == 1
        courier.wake()
        await reach(database, notice, NoticeState.DONE)
    assert await counted(database, notice) == {"sent": 5}


@pytest.mark.feature("A12")
async def test_what_failed_for_a_passing_cause_can_be_tried_again(database: Database, telegram: Telegram) -> None:
    blocked = {2, 4}
    telegram.script = lambda method, chat, fields: (
        refusal(403, "Forbidden: bot was blocked by the user") if chat in blocked else None
    )
    notice = await database.write(announce(range(1, 6)))
    async with courier_at_work(database, telegram) as courier:
        await reach(database, notice, NoticeState.DONE)
        blocked.clear()
        assert await database.write(lambda s: deliveries.retry_failed(s, notice, ["blocked"], now())) == 2
        courier.wake()
        await reach(database, notice, NoticeState.DONE)
    assert await counted(database, notice) == {"sent": 5}


@pytest.mark.feature("A7")
async def test_a_storm_of_429_loses_nobody_and_the_pace_holds(database: Database, telegram: Telegram) -> None:
    notice = await database.write(announce(range(1, 91)))
    async with courier_at_work(database, telegram, rate=30):
        for _ in range(2):
            await received(telegram, len(telegram.received) + 15)
            telegram.ban(1)
            await asyncio.sleep(1.1)
        await reach(database, notice, NoticeState.DONE)
    assert Counter(each.chat for each in telegram.received) == Counter(range(1, 91))
    assert most_in_a_second(telegram.times) <= 30
    assert len(telegram.refused) <= 2 * 16  # at most the letters under way meet each ban


async def test_what_is_no_longer_wanted_is_skipped_and_what_must_wait_waits(
    database: Database, telegram: Telegram
) -> None:
    later = now() + timedelta(hours=1)
    verdicts: dict[int, Postponed | Skipped] = {2: Skipped("submitted"), 3: Postponed(later)}

    def prepare(session: Session, claimed: Claimed, at: datetime) -> Parcel | Postponed | Skipped:
        return verdicts.get(claimed.person) or hello(session, claimed, at)

    notice = await database.write(announce(range(1, 5)))
    async with courier_at_work(database, telegram, prepare=prepare):
        await received(telegram, 2)
    assert await counted(database, notice) == {"sent": 2, "skipped:submitted": 1, "planned": 1}
    assert await state_of(database, notice) is NoticeState.RUNNING


async def test_nothing_leaves_before_its_time(database: Database, telegram: Telegram) -> None:
    def in_an_hour(session: Session) -> int:
        id = announce(range(1, 3))(session)
        notices.get(session, id).due = now() + timedelta(hours=1)
        return id

    later = await database.write(in_an_hour)
    today = await database.write(announce(range(3, 5)))
    async with courier_at_work(database, telegram):
        await reach(database, today, NoticeState.DONE)
    assert await state_of(database, later) is NoticeState.SCHEDULED
    assert {each.chat for each in telegram.received} == {3, 4}


async def test_a_token_that_telegram_refuses_fails_nobody(database: Database) -> None:
    notice = await database.write(announce(range(1, 40)))
    async with Telegram() as other:
        other.script = lambda method, chat, fields: refusal(401, "Unauthorized")
        async with courier_at_work(database, other):
            while not other.refused:  # noqa: ASYNC110
                await asyncio.sleep(0.01)
    assert await counted(database, notice) == {str(DeliveryState.PLANNED): 39}


async def test_one_letter_that_cannot_be_written_does_not_hold_up_the_others(
    database: Database, telegram: Telegram
) -> None:
    def prepare(session: Session, claimed: Claimed, at: datetime) -> Parcel | Postponed | Skipped:
        if claimed.person == 2:
            raise LookupError("no text")
        return hello(session, claimed, at)

    notice = await database.write(announce(range(1, 5)))
    async with courier_at_work(database, telegram, prepare=prepare):
        await reach(database, notice, NoticeState.DONE)
    assert await counted(database, notice) == {"sent": 3, "skipped:not_prepared": 1}
