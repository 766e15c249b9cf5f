"""A season under a clock of our own: people live, replicas send, time leaps from one hour that matters to the next."""

from __future__ import annotations

import asyncio
import random
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlmodel import Session, col, select

from bot.delivery.ledger import Job
from bot.delivery.outgoing import Delivered, Failed, Unknown, Upshot
from dialogs.domain.notice import Cause, DeliveryState, NoticeState
from storage.calls import calls
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice
from storage.people import people
from storage.tables import EntryRow, PersonRow
from tests.driver import Clock, Stage
from tests.scheduling.replicas import Killed, Replica
from tests.scheduling.season_actions import CHANNEL, DEEDS, TITLE, Deed, Somebody
from tests.scheduling.season_table import ASLEEP, EXTENDED, Life, moment

__all__ = ["BEGINS", "ENDS", "Letter", "Season"]

HOUR, DAY = timedelta(hours=1), timedelta(days=1)
BEGINS = datetime(2026, 10, 1, tzinfo=UTC)
ENDS = datetime(2027, 3, 12, tzinfo=UTC)
BUSY = (
    (datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 26, 12, tzinfo=UTC)),
    (datetime(2026, 10, 31, 12, tzinfo=UTC), datetime(2026, 11, 2, 12, tzinfo=UTC)),
    (datetime(2026, 12, 30, 18, tzinfo=UTC), datetime(2027, 1, 2, 6, tzinfo=UTC)),
    (datetime(2027, 1, 29, 18, tzinfo=UTC), datetime(2027, 2, 1, 6, tzinfo=UTC)),
    (datetime(2027, 2, 14, 12, tzinfo=UTC), datetime(2027, 2, 19, 6, tzinfo=UTC)),
    (datetime(2027, 2, 21, 12, tzinfo=UTC), datetime(2027, 3, 9, 18, tzinfo=UTC)),
)
"""When it may be the day of a reminder somewhere on Earth: then time goes by the hour, else by the day."""
ALSO = (*(ASLEEP[1] + timedelta(minutes=minutes) for minutes in range(3)), EXTENDED - HOUR)
"""The first minutes after the long sleep; and a last look before the extension."""
ORIGINAL_CLOSE = datetime(2027, 3, 1, 22, 59, 59, 999_999, tzinfo=UTC)
BREAKS = 0.002
"""How often a connection breaks after a letter was sent, before or after it arrived."""
AT_ONCE = 15
"""People who do something at the same moment and are served at the same time."""
LANGUAGES = ("ar", "en", "es", "fr", "ru", "zh")
COUNTRIES = {
    "Africa/Nairobi": "KE",
    "Africa/Casablanca": "MA",
    "America/Caracas": "VE",
    "America/New_York": "US",
    "America/Santiago": "CL",
    "America/Sao_Paulo": "BR",
    "Asia/Beirut": "LB",
    "Asia/Kabul": "AF",
    "Asia/Kathmandu": "NP",
    "Asia/Kolkata": "IN",
    "Asia/Shanghai": "CN",
    "Asia/Tehran": "IR",
    "Asia/Tokyo": "JP",
    "Asia/Yangon": "MM",
    "Atlantic/Reykjavik": "IS",
    "Pacific/Apia": "WS",
    "Pacific/Auckland": "NZ",
    "Pacific/Fiji": "FJ",
    "Pacific/Pago_Pago": "AS",
}
"""Every other person there tells a country in the entry, and no zone."""


@dataclass(frozen=True)
class Letter:
    """One that reached a phone, or of which the ledger says that it may have: of which notice, and when."""

    notice: int
    at: datetime


class Season:
    """`replicas` processes on one database; each answers `lifetime` calls to it on average until it is killed."""

    def __init__(self, stage: Stage, *, replicas: int = 1, workers: int = 1, lifetime: int = 10**9) -> None:
        self.stage = stage
        self.clock: Clock = stage.clock
        self.people: dict[int, Somebody] = {}
        self.letters: dict[int, list[Letter]] = defaultdict(list)
        self.killed = 0
        self.looks = 0
        self._chance = random.Random(2027)
        self._lifetime, self._workers = lifetime, workers
        self._diary: dict[datetime, list[tuple[Deed, Somebody]]] = defaultdict(list)
        self._uncertain: dict[int, tuple[int, Letter]] = {}
        self._broken = False
        self._names: dict[int, str] = {}
        self._replicas = [self._born() for _ in range(replicas)]

    # People

    async def settle(self, lives: Sequence[tuple[Life, str]]) -> list[Somebody]:
        """People come to live in their zones; what they will do is noted in the diary."""
        settled = await self._arrive([(zone, life.entry_of_2026) for life, zone in lives])
        for who, (life, zone) in zip(settled, lives, strict=True):
            for when, deed in life.does.items():
                self.note(moment(when, zone), DEEDS[deed], who)
        return settled

    def note(self, at: datetime, deed: Deed, who: Somebody) -> None:
        """Somebody will do this then."""
        self._diary[at].append((deed, who))

    async def _arrive(self, wanted: list[tuple[str, bool]]) -> list[Somebody]:
        def work(session: Session) -> list[Somebody]:
            calls.ensure_current(session, BEGINS - 365 * DAY)
            calls.ensure_current(session, BEGINS)
            return [self._met(session, number, *each) for number, each in enumerate(wanted, len(self.people) + 1)]

        settled = await self.stage.database.write(work)
        self.people.update({who.id: who for who in settled})
        return settled

    def _met(self, session: Session, number: int, zone: str, entry: bool) -> Somebody:
        """Somebody says hello. Every other one names a country only, where there is one for the zone."""
        language = LANGUAGES[number % len(LANGUAGES)]
        id = people.arrive(session, CHANNEL, str(number), language=language, now=BEGINS)
        country = COUNTRIES.get(zone) if number % 2 else None
        unknown = country is not None or zone == "Europe/Zurich"  # who tells nothing is taken to be in Geneva
        session.get_one(PersonRow, id).zone = None if unknown else zone
        if entry:
            session.add(_entry_of_2026(id, country))
        return Somebody(id, str(number), language, [(BEGINS, zone)], country)

    # Time

    async def goes_by(self, until: datetime = ENDS, *, step: timedelta = HOUR) -> None:
        """Let time go by; `step` is how far it leaps on the days of reminders."""
        deeds = sorted(self._diary)
        for now in _moments(self.clock.at, until, step):
            while deeds and deeds[0] <= now:
                await self._do(deeds.pop(0))
            self.clock.at = now
            if not ASLEEP[0] <= now < ASLEEP[1]:
                await self._look(now)

    async def _do(self, at: datetime) -> None:
        self.clock.at = at
        deeds = iter(self._diary.pop(at))
        while some := list(islice(deeds, AT_ONCE)):
            await asyncio.gather(*(deed(self.stage, who, at) for deed, who in some))

    async def _look(self, now: datetime) -> None:
        """All replicas at once; who is killed is started anew, until nothing that is due is left."""
        await self._all("look", now)
        while await self.stage.database.read(lambda session: _left(session, now)):
            await self._all("drain", now)

    async def _all(self, what: str, now: datetime) -> None:
        self.looks += 1
        outcomes = await asyncio.gather(*(getattr(each, what)(now) for each in self._replicas), return_exceptions=True)
        for number, outcome in enumerate(outcomes):
            if isinstance(outcome, Killed):
                self.killed += 1
                self._replicas[number] = self._born()
            elif isinstance(outcome, BaseException):
                raise outcome
        if any(outcomes):
            await self._all("look", now)
        if any(outcomes) or self._broken:
            self._broken = False
            await self.stage.database.read(self._note_uncertain)

    def _born(self) -> Replica:
        calls = 1 + int(self._chance.expovariate(1 / self._lifetime))
        return Replica(self.stage.database, self._deliver, calls=calls, workers=self._workers)

    # The post

    def _deliver(self, job: Job, now: datetime) -> Upshot:
        """A letter on its way: to a phone, back from one that blocks us, or into a connection that breaks."""
        who = self.people[job.claimed.person]
        if not who.heard(now):
            return Failed(Cause.BLOCKED)
        fate = self._chance.random()
        if fate >= BREAKS / 2:
            self._note(job, now)
        if fate >= BREAKS:
            return Delivered(job.claimed.id)
        self._broken = True
        return Unknown("no answer came")

    def _note(self, job: Job, now: datetime) -> None:
        self.letters[job.claimed.person].append(Letter(job.claimed.notice, now))

    def _note_uncertain(self, session: Session) -> None:
        """Rows whose letter nobody knows of: they must stay so for good."""
        query = select(Delivery).where(Delivery.state == DeliveryState.UNCERTAIN.value)
        for row in session.exec(query):
            assert row.id is not None and row.settled is not None
            self._uncertain.setdefault(row.id, (row.person_id, Letter(row.notice_id, row.settled)))

    # What came of it

    async def account(self) -> dict[int, str]:
        """What each person got or may have got, in the words of the table; nothing of it twice."""
        await self.stage.database.read(self._note_uncertain)
        self._names = await self.stage.database.read(
            lambda session: {id or 0: _named(key) for id, key in session.exec(select(Notice.id, Notice.key))}
        )
        uncertain: dict[int, list[Letter]] = defaultdict(list)
        for person, letter in self._uncertain.values():
            uncertain[person].append(letter)
        return {id: self._told(who, uncertain[id]) for id, who in self.people.items()}

    def lost(self, person: int) -> int:
        """Letters that did not arrive at somebody who had blocked us: the store cannot know, and counts them."""
        sent = [letter for whose, letter in self._uncertain.values() if whose == person]
        return sum(not self.people[person].heard(letter.at) for letter in sent)

    def name_of(self, letter: Letter) -> str:
        """What the table calls it."""
        return self._names[letter.notice]

    def _told(self, who: Somebody, uncertain: Sequence[Letter]) -> str:
        known = {letter.notice: letter for letter in self.letters[who.id]}
        assert len(known) == len(self.letters[who.id]), f"{who} got something twice: {self.letters[who.id]}"
        for letter in uncertain:
            if who.heard(letter.at):
                known.setdefault(letter.notice, letter)
        got = sorted(known.values(), key=lambda letter: letter.at)
        return ", ".join(f"{self.name_of(letter)} {self.clock_of(who, letter.at):%m-%d}" for letter in got)

    def clock_of(self, who: Somebody, at: datetime) -> datetime:
        """A moment on somebody's wall clock."""
        zone = [zone for since, zone in who.zones if since <= at][-1]
        return at.astimezone(ZoneInfo(zone))

    @property
    def uncertain(self) -> int:
        """How many letters may have arrived, or not."""
        return len(self._uncertain)


def _moments(begins: datetime, ends: datetime, step: timedelta) -> Iterator[datetime]:
    """Every `step` while it may be a day of reminders somewhere, else every day; and the moments of `ALSO`."""
    now = begins
    while now < ends:
        yield now
        busy = any(start <= now + step and now < end for start, end in BUSY)
        following = now + (step if busy else DAY)
        yield from (at for at in ALSO if now < at < following)
        now = following


def _left(session: Session, now: datetime) -> bool:
    """Whether something is due that was not looked at."""
    query = select(Delivery.id).join(Notice, col(Notice.id) == col(Delivery.notice_id))
    query = query.where(Delivery.state == DeliveryState.PLANNED.value, col(Delivery.due) <= now)
    running = (NoticeState.RUNNING.value, NoticeState.SCHEDULED.value)
    return session.exec(query.where(col(Notice.state).in_(running)).limit(1)).first() is not None


def _named(key: str) -> str:
    """What the table calls a notice: `7d`, `7d+` after the extension, `tomorrow`, `news`."""
    head, _, rung = key.partition("|")
    if not head.startswith("remind:"):
        return "news"
    if rung.startswith("snoozed"):
        return "tomorrow"
    return rung if head.endswith(ORIGINAL_CLOSE.isoformat()) else f"{rung}+"


def _entry_of_2026(person: int, country: str | None) -> EntryRow:
    sent = BEGINS - 250 * DAY
    return EntryRow(
        reference=f"WSIS-2026-{person:06d}",
        call="2026",
        number=person,
        person_id=person,
        title=TITLE,
        organisation="Ministry of Health",
        country=country,
        language="en",
        submitted=sent,
        received=sent,
        answers={"title": TITLE},
    )
