"""A whole season under a clock of our own: everyone gets exactly what a table written by hand says.

The clock ticks by the hour. At each tick every replica sweeps and drains the real ledger through the real
rules; what it hands out counts as sent. Dates in the tables are those of the reader's own calendar.
"""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from sqlmodel import Session, select

from bot.calls.reminders import Reminders, read_key
from bot.courier.ledger import Job, Ledger
from bot.courier.letter import Arrived
from bot.courier.preparing import Preparing, returned
from dialogs.questionnaire import loader
from locales.words import Words
from storage import calls, notices, people
from storage.database import Database
from storage.deliveries import Delivery, DeliveryState
from storage.tables import CallRow, DraftRow, EntryRow, PersonRow

HOUR = timedelta(hours=1)
BEGINS = datetime(2026, 12, 29, tzinfo=UTC)
ENDS = datetime(2027, 3, 3, tzinfo=UTC)
TITLE = "Health posts on the air"

Change = Callable[[Session, int, datetime], None]
"""Something a person does: told the session, the person and the moment."""


@dataclass(frozen=True)
class Life:
    """What a person does in the season, and what reaches them: rung and date of their own calendar.

    `begins`: the day of the draft (None: no draft). `does`: changes by the local day and hour.
    """

    gets: str
    begins: str | None = "2026-12-01"
    does: Mapping[str, Change] = field(default_factory=dict)
    setting: str = "all"
    entry_of_2026: bool = False


def submit(session: Session, person: int, now: datetime) -> None:
    draft = session.exec(select(DraftRow).where(DraftRow.person_id == person)).one()
    draft.submitted = f"WSIS-2027-{person:06d}"


def discard(session: Session, person: int, now: datetime) -> None:
    session.exec(select(DraftRow).where(DraftRow.person_id == person)).one().discarded = now


def press_tomorrow(session: Session, person: int, now: datetime) -> None:
    session.get_one(PersonRow, person).snoozed = now + timedelta(hours=20)


def press_never(session: Session, person: int, now: datetime) -> None:
    session.get_one(PersonRow, person).declined_call = "2027"


def block(session: Session, person: int, now: datetime) -> None:
    people.reachable(session, "telegram", str(person), False)


def type_on(session: Session, person: int, now: datetime) -> None:
    session.get_one(PersonRow, person).state = {"last": now.isoformat()}


def begin(session: Session, person: int, now: datetime) -> None:
    call = "2027"
    session.add(DraftRow(id=f"draft{person}", person_id=person, call=call, version=call, started=now, touched=now))


NAIROBI: Mapping[str, Life] = {
    # The close is on 2 March, 01:59 in Nairobi; the last reminder comes on the evening before.
    "a draft all season long": Life("60d 01-01, 30d 01-31, 14d 02-16, 7d 02-23, 3d 02-27, 1d 03-01, 6h 03-01"),
    "begun in February": Life("14d 02-16, 7d 02-23, 3d 02-27, 1d 03-01, 6h 03-01", begins="2027-02-10"),
    "submitted on 20 February": Life("60d 01-01, 30d 01-31, 14d 02-16", does={"2027-02-20 15": submit}),
    "submitted an hour before a reminder": Life("60d 01-01", does={"2027-01-31 09": submit}),
    "only the last": Life("6h 03-01", setting="last"),
    "none": Life("", setting="none"),
    "not this year": Life("60d 01-01, 30d 01-31", does={"2027-01-31 12": press_never}),
    "tomorrow, once": Life(
        "60d 01-01, 30d 01-31, 14d 02-16, 7d 02-23, snoozed 02-24, 3d 02-27, 1d 03-01, 6h 03-01",
        does={"2027-02-23 12": press_tomorrow},
    ),
    "tomorrow, on the last day but one": Life(
        "60d 01-01, 30d 01-31, 14d 02-16, 7d 02-23, 3d 02-27, 1d 03-01, 6h 03-01",
        does={"2027-03-01 12": press_tomorrow},
    ),
    "an earlier entry, not updated": Life(
        "60d 01-01, 30d 01-31, 14d 02-16, 7d 02-23, 3d 02-27, 1d 03-01, 6h 03-01", begins=None, entry_of_2026=True
    ),
    "an earlier entry, updated on 5 January": Life(
        "60d 01-01",
        begins=None,
        entry_of_2026=True,
        does={"2027-01-05 11": begin, "2027-01-05 12": submit},
    ),
    "nothing begun, nothing sent before": Life("", begins=None),
    "discarded in February": Life("60d 01-01, 30d 01-31", does={"2027-02-01 12": discard}),
    "blocked in February": Life("60d 01-01, 30d 01-31", does={"2027-02-01 12": block}),
    "typing when a reminder is due": Life(
        "60d 01-01, 30d 01-31, 14d 02-16, 7d 02-23, 3d 02-27, 1d 03-01, 6h 03-01",
        does={"2027-02-23 10": type_on},
    ),
}
ELSEWHERE: Mapping[str, str] = {
    # the close there: 12:59 on 2 March; 11:59 on 2 March; 06:59; 04:44; 23:59 on 1 March; 17:59; 11:59 on 1 March
    "Pacific/Kiritimati": "60d 01-01, 30d 01-31, 14d 02-16, 7d 02-23, 3d 02-27, 1d 03-01, 6h 03-02",
    "Pacific/Auckland": "60d 01-01, 30d 01-31, 14d 02-16, 7d 02-23, 3d 02-27, 1d 03-01, 6h 03-02",
    "Asia/Shanghai": "60d 01-01, 30d 01-31, 14d 02-16, 7d 02-23, 3d 02-27, 1d 03-01, 6h 03-01",
    "Asia/Kathmandu": "60d 01-01, 30d 01-31, 14d 02-16, 7d 02-23, 3d 02-27, 1d 03-01, 6h 03-01",
    "Europe/Zurich": "60d 12-31, 30d 01-30, 14d 02-15, 7d 02-22, 3d 02-26, 1d 02-28, 6h 03-01",
    "America/New_York": "60d 12-31, 30d 01-30, 14d 02-15, 7d 02-22, 3d 02-26, 1d 02-28, 6h 03-01",
    "Pacific/Pago_Pago": "60d 12-31, 30d 01-30, 14d 02-15, 7d 02-22, 3d 02-26, 1d 02-28, 6h 03-01",
}

ON_BOTH = pytest.mark.parametrize(
    "database_url", ["sqlite", pytest.param("postgresql", marks=pytest.mark.faults)], indirect=True
)
"""A whole season takes minutes on PostgreSQL: that is for `make faults`."""

Sent = dict[int, list[tuple[str, datetime]]]


class Season:
    """`replicas` processes on one database, sweeping and sending at each tick."""

    def __init__(self, database: Database, replicas: int = 1) -> None:
        self.database = database
        self.words = Words.load()
        self.posts = [self._post() for _ in range(replicas)]
        self.sent: Sent = defaultdict(list)
        self.zones: dict[int, str] = {}
        self.does: dict[datetime, list[tuple[Change, int]]] = defaultdict(list)
        self.asleep: Sequence[tuple[datetime, datetime]] = ()

    def _post(self) -> tuple[Reminders, Ledger]:
        reminders = Reminders(self.database, loader.versions())
        return reminders, Ledger(self.database, Preparing(self.words, reminders), returned=returned)

    async def live(self, life: Life, zone: str) -> int:
        """Somebody enters; what they do is noted for the moments at which they do it."""

        def work(session: Session) -> int:
            calls.ensure_current(session, BEGINS - timedelta(days=365))
            calls.ensure_current(session, BEGINS)
            number = len(self.zones) + 1
            person = people.arrive(session, "telegram", str(number), now=BEGINS)
            row = session.get_one(PersonRow, person)
            row.zone, row.reminders = zone, life.setting
            if life.entry_of_2026:
                session.add(entry_of_2026(person))
            return person

        person = await self.database.write(work)
        self.zones[person] = zone
        if life.begins:
            day = datetime.fromisoformat(life.begins).replace(tzinfo=UTC)
            await self.database.write(lambda session: begin(session, person, day))
        for when, change in life.does.items():
            at = datetime.strptime(when, "%Y-%m-%d %H").replace(tzinfo=ZoneInfo(zone)).astimezone(UTC)
            self.does[at].append((change, person))
        return person

    async def pass_by(self, begins: datetime = BEGINS, ends: datetime = ENDS) -> None:
        """Let the time go by, from tick to tick."""
        now = begins
        while now < ends:
            for change, person in self.does.get(now, ()):
                await self.database.write(lambda s, c=change, p=person, at=now: c(s, p, at))
            if not any(start <= now < end for start, end in self.asleep):
                await asyncio.gather(*(self._tick(*post, now) for post in self.posts))
            now += HOUR

    async def _tick(self, reminders: Reminders, ledger: Ledger, now: datetime) -> None:
        await reminders.sweep(now)
        running = await ledger.running(now)
        job = await ledger.exchange(running, None, now)
        while job is not None:
            await self._note(job, now)
            job = await ledger.exchange(running, (job, Arrived(1)), now)

    async def _note(self, job: Job, now: datetime) -> None:
        key = await self.database.read(lambda session: notices.get(session, job.claimed.notice).key)
        rung = read_key(key).rung.partition("-")[0]
        self.sent[job.claimed.person].append((rung, now.astimezone(ZoneInfo(self.zones[job.claimed.person]))))

    def told(self, person: int) -> str:
        """What reached a person: `60d 01-01, ...`."""
        return ", ".join(f"{rung} {at:%m-%d}" for rung, at in self.sent[person])


def entry_of_2026(person: int) -> EntryRow:
    return EntryRow(
        reference=f"WSIS-2026-{person:06d}",
        call="2026",
        number=person,
        person_id=person,
        title=TITLE,
        organisation="Ministry of Health",
        language="en",
        submitted=BEGINS - timedelta(days=300),
        received=BEGINS - timedelta(days=300),
        answers={"title": TITLE},
    )


@ON_BOTH
@pytest.mark.timeout(600)
@pytest.mark.feature("R1", "R2", "R3", "R5")
async def test_everyone_is_reminded_as_the_table_says(database: Database) -> None:
    season = Season(database)
    lives = {await season.live(life, "Africa/Nairobi"): (name, life.gets) for name, life in NAIROBI.items()}
    abroad = {await season.live(Life(gets), zone): (zone, gets) for zone, gets in ELSEWHERE.items()}
    await season.pass_by()
    told = {name: season.told(person) for person, (name, _) in {**lives, **abroad}.items()}
    assert told == dict([*lives.values(), *abroad.values()])
    assert all(8 <= at.hour < 21 for sent in season.sent.values() for _, at in sent)


@ON_BOTH
@pytest.mark.timeout(600)
@pytest.mark.feature("R5")
async def test_three_replicas_and_a_pause_send_nothing_twice_and_forget_nothing(database: Database) -> None:
    season = Season(database, replicas=3)
    person = await season.live(Life("", "2027-02-01"), "Africa/Nairobi")
    season.asleep = [(datetime(2027, 2, 22, tzinfo=UTC), datetime(2027, 2, 25, 7, tzinfo=UTC))]
    await season.pass_by(datetime(2027, 2, 12, tzinfo=UTC))
    assert season.told(person) == "14d 02-16, 7d 02-25, 3d 02-27, 1d 03-01, 6h 03-01"


@pytest.mark.feature("R1", "E2")
async def test_an_extension_begins_a_new_count_and_repeats_nothing(database: Database) -> None:
    season = Season(database)
    person = await season.live(Life(""), "Africa/Nairobi")
    sent = await season.live(Life("", does={"2027-02-26 09": submit}), "Africa/Nairobi")

    def extend(session: Session, someone: int, now: datetime) -> None:
        call = session.get_one(CallRow, "2027")
        call.closes += timedelta(days=7)

    season.does[datetime(2027, 2, 28, 9, tzinfo=UTC)].append((extend, person))
    await season.pass_by(datetime(2027, 2, 20, tzinfo=UTC), datetime(2027, 3, 10, tzinfo=UTC))
    assert season.told(person) == "14d 02-20, 7d 02-23, 3d 02-27, 7d 03-02, 3d 03-06, 1d 03-08, 6h 03-08"
    assert season.told(sent) == "14d 02-20, 7d 02-23"


@pytest.mark.feature("R4")
async def test_a_reminder_names_the_entry_and_what_is_left(database: Database) -> None:
    season = Season(database)
    person = await season.live(Life(""), "Africa/Nairobi")
    now = datetime(2027, 2, 23, 8, tzinfo=UTC)
    reminders, ledger = season.posts[0]
    await reminders.sweep(now)
    job = await ledger.exchange(await ledger.running(now), None, now)
    assert job is not None
    letter = job.parcel.letter
    assert job.parcel.address == 1
    assert "not finished" in letter.html
    assert "questions are left" in letter.html
    assert "minutes" in letter.html
    assert [button.code for row in letter.rows for button in row] == [
        f"|remind:continue:draft{person}",
        "|remind:tomorrow",
        "|remind:never",
    ]


@pytest.mark.feature("R1")
async def test_a_rehearsal_says_who_would_be_reminded_and_writes_nothing(database: Database) -> None:
    season = Season(database)
    person = await season.live(Life(""), "Africa/Nairobi")
    await season.live(Life("", begins=None), "Africa/Nairobi")
    lines = await season.posts[0][0].rehearse(datetime(2027, 2, 23, 8, tzinfo=UTC))
    assert [(line.person, line.zone, line.rung) for line in lines] == [(person, "Africa/Nairobi", "7d")]
    assert await database.read(lambda session: session.exec(select(Delivery)).all()) == []


@pytest.mark.feature("R1")
async def test_after_the_close_what_was_not_sent_is_closed(database: Database) -> None:
    season = Season(database)
    await season.live(Life("", does={"2027-03-01 12": press_tomorrow}), "Africa/Nairobi")
    await season.pass_by(datetime(2027, 2, 27, tzinfo=UTC), datetime(2027, 3, 4, tzinfo=UTC))
    states = await database.read(lambda session: {row.state for row in session.exec(select(Delivery))})
    assert states <= {DeliveryState.SENT.value, DeliveryState.SKIPPED.value}
