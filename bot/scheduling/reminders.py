"""Reminders: planned for each time zone when a rung's moment comes there, worded for each person when sent.

The truth is in the ledger. A rung of a call is one notice, whose key names the call, the close it counts
down to and the rung; whoever is in its ledger had their turn. So a sweep that comes late, twice or in
several processes finds exactly what is still to be done, and an extension of the call begins a new count.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.scheduling.reminder_screens import UNMEASURED, own_key, unfinished, update
from bot.scheduling.timezones import zone_for
from bot.services.followed import tell_followers
from bot.services.freshness import ask_authors
from bot.services.review.due import remind_authors
from dialogs.domain.conversation import Call
from dialogs.domain.questionnaire import Questionnaire
from dialogs.domain.reminders.plan import ReminderPlan, outlook
from dialogs.domain.reminders.rules import (
    RULES,
    Due,
    ReminderFacts,
    ReminderStep,
    Send,
    Skip,
    Verdict,
    Wait,
    Why,
    decide,
    due,
    due_step,
    owed_after_snooze,
    possible,
)
from dialogs.questionnaire.journey import Journey
from dialogs.screens import Screen
from locales.words import Words
from storage.announcements import audiences
from storage.calls import calls
from storage.engine.database import Database
from storage.entries import drafts
from storage.people import people
from storage.reminders import deadline_notices, reminder_queries, reminder_settings
from storage.reminders.reminder_queries import Remindable, ReminderProgress

__all__ = ["Asked", "Expected", "Reminder", "Reminders", "read_key"]

SLICE = 2_000
"""People planned in one transaction."""
SEARCHING = timedelta(minutes=15)
"""How long nobody is looked for anew whom a rung has passed by: who has moved into a zone, brought a draft back."""
SNOOZES_LOOKED_BACK = timedelta(days=3)
"""How long a "tomorrow" that was slept through is still answered."""
SNOOZED = "snoozed"
CROSSING = timedelta(seconds=30)
"""How long a reminder waits for another one that is on its way to the same person."""


@dataclass(frozen=True, slots=True)
class Asked:
    """Which reminder a notice is: read from its key `remind:2027:2027-03-01T22:59:59.999999+00:00|7d`."""

    call: str
    closes: datetime
    rung: str

    @property
    def key(self) -> str:
        return f"remind:{self.call}:{self.closes.isoformat()}|{self.rung}"


@dataclass(frozen=True, slots=True)
class Reminder:
    """A reminder that is wanted now, in the reader's language and zone."""

    screen: Screen
    language: str
    zone: str


@dataclass(frozen=True, slots=True)
class Expected:
    """A reminder that will come up for a person. `why`: why it will not be sent; empty when it will."""

    person: int
    zone: str
    rung: str
    at: datetime
    why: str = ""


@dataclass(frozen=True, slots=True)
class Owing:
    """What a look into the store finds: by the key of a reminder the people it is owed to, each with its moment; the
    notices whose time is over; the seconds that a question takes, when that was measured; for the rungs that everyone
    was looked through for, when that is to be done again.
    """

    people: Mapping[str, Mapping[int, datetime]]
    past: Sequence[int]
    seconds_each: float | None = None
    searched: Mapping[str, datetime] = field(default_factory=dict)


def read_key(key: str) -> Asked:
    """The reminder that a notice's key names. ValueError: it is another kind of notice."""
    head, _, rest = key.partition(":")
    call, _, rest = rest.partition(":")
    closes, bar, rung = rest.partition("|")
    if head != "remind" or not bar:
        raise ValueError(f"{key!r} is no reminder")
    return Asked(call, datetime.fromisoformat(closes), rung)


class Reminders:
    """Plans reminders and decides about each at the moment of sending."""

    def __init__(
        self, database: Database, questionnaires: Mapping[str, Questionnaire], words: Words | None = None
    ) -> None:
        self.database = database
        self.rules = RULES
        self._questionnaires = questionnaires
        self._words = words if words is not None else Words.ours()
        self._plan_in_force: ReminderPlan | None = None
        self._rungs: Mapping[str, ReminderStep] = {}
        self._seconds_each = UNMEASURED
        self._searched: Mapping[str, datetime] = {}

    async def sweep(self, now: datetime) -> int:
        """Write into the ledger whatever is owed by now. Returns how many reminders that were."""
        owing = await self.database.look(lambda session: self._survey(session, now))
        self._seconds_each = owing.seconds_each or self._seconds_each
        if owing.past:
            await self.database.write(lambda session: reminder_queries.retire(session, owing.past))
        planned = sum([await self._plan(key, people, now) for key, people in owing.people.items()])
        self._searched = owing.searched  # only now: what could not be written is looked for again
        return (
            planned
            + await remind_authors(self.database, now)
            + await tell_followers(self.database, now)
            + await ask_authors(self.database, now)
        )

    def decide(self, session: Session, key: str, person: int, now: datetime) -> Reminder | Wait | Skip:
        """Whether a planned reminder goes out now; asked in the transaction that claims it."""
        if self._plan_in_force is None:
            self._follow(reminder_settings.read(session))
        asked, call = read_key(key), calls.current(session, now)
        if (asked.call, asked.closes) != (call.code, call.closes):
            return Skip(Why.CLOSED if asked.call != call.code else Why.SUPERSEDED)
        stand = reminder_queries.stand(session, person, call.code, _since(session, call), key)
        if stand is None:
            return Skip(Why.SUBMITTED)
        zone = zone_for(stand.zone, stand.country)
        verdict = self._verdict(stand, asked, zone, now)
        if not isinstance(verdict, Send):
            return verdict
        if (later := _crossing(session, person, stand, asked, now)) is not None:
            return later
        last = asked.rung in self._rungs and self._rungs[asked.rung].last
        return Reminder(self._screen(session, stand, call, last), stand.language, zone.key)

    async def outlook(self, begin: datetime, end: datetime, now: datetime) -> list[Expected]:
        """Whom we will write to in a span of time, and whom not and why, if nothing else happens. Writes nothing."""

        def work(session: Session) -> list[Expected]:
            self._follow(reminder_settings.read(session))
            call = calls.current(session, begin)
            if end <= call.opens:
                return []
            reachable = {each.person for each in reminder_queries.remindable(session, call.code)}
            everybody = list(reminder_queries.unplanned(session, call.code, ""))
            return [
                line
                for each in everybody
                for line in self._expected(session, each, call, max(now, call.opens), end, each.person in reachable)
                if begin <= line.at < end
            ]

        return await self.database.look(work)

    def _expected(
        self, session: Session, each: Remindable, call: Call, now: datetime, end: datetime, reachable: bool
    ) -> Iterator[Expected]:
        stand = reminder_queries.stand(session, each.person, call.code, _since(session, call))
        if stand is None:
            return
        zone = zone_for(each.zone, each.country)
        for coming in outlook(_standing(stand), call.closes, zone, now, end, self.rules):
            why = coming.verdict.why.value if isinstance(coming.verdict, Skip) else "" if reachable else "unreachable"
            yield Expected(each.person, zone.key, coming.step.name, coming.at, why)

    async def preview(self, person: int, at: datetime, *, last: bool = False) -> Reminder | None:
        """What this person would read on that day, as they stand now; None when there is nothing to remind them of."""

        def work(session: Session) -> Reminder | None:
            self._follow(reminder_settings.read(session))
            call = calls.current(session, at)
            stand = reminder_queries.stand(session, person, call.code, _since(session, call))
            if stand is None or (stand.draft is None and stand.entry is None):
                return None
            zone = zone_for(stand.zone, stand.country)
            return Reminder(self._screen(session, stand, call, last), stand.language, zone.key)

        return await self.database.look(work)

    def _follow(self, plan: ReminderPlan) -> None:
        """Remind as organizers set it, and in their words."""
        if plan == self._plan_in_force:
            return
        self._plan_in_force, self.rules, self._searched = plan, plan.rules, {}
        self._rungs = {rung.name: rung for rung in self.rules.ladder}
        self._words.add({own_key(key): said for key, said in plan.texts.items()})

    def _said(self, language: str) -> Callable[[str], str]:
        """Which text is in use: the organizers' own where they have one in this language."""
        texts = self._plan_in_force.texts if self._plan_in_force is not None else {}
        return lambda key: own_key(key) if texts.get(key, {}).get(language) else key

    def _survey(self, session: Session, now: datetime) -> Owing:
        """What is owed by now and not in the ledger yet, and what is over."""
        self._follow(reminder_settings.read(session))
        call = calls.current(session, now)
        if not call.opens <= now < call.closes:
            return Owing({}, reminder_queries.past(session, ()))
        since = _since(session, call)
        owed_now: dict[str, dict[int, datetime]] = {}
        searched: dict[str, datetime] = {}
        for rung in possible(call.closes, now, self.rules):
            key = Asked(call.code, call.closes, rung.name).key
            again = self._searched.get(key, now)
            owed_now[key], searched[key] = self._rung(session, call, since, rung, now) if again <= now else ({}, again)
        for each in reminder_queries.snoozed(session, call.code, now - SNOOZES_LOOKED_BACK, now):
            assert each.snoozed is not None  # by the query
            tomorrow = owed_after_snooze(each.snoozed, zone_for(each.zone, each.country), self.rules)
            key = Asked(call.code, call.closes, f"{SNOOZED}-{each.snoozed.date()}").key
            owed_now.setdefault(key, {})[each.person] = tomorrow.at
        wanted = {
            key: left for key, people in owed_now.items() if (left := reminder_queries.left(session, key, people))
        }
        measuring = wanted or self._seconds_each == UNMEASURED
        seconds_each = reminder_queries.seconds_a_question(session) if measuring else None
        return Owing(wanted, reminder_queries.past(session, owed_now), seconds_each, searched)

    def _rung(
        self, session: Session, call: Call, since: datetime, rung: ReminderStep, now: datetime
    ) -> tuple[dict[int, datetime], datetime]:
        """Who is not in the ledger of a rung though its moment has come where they are, and that moment; and when to
        look again. For this everyone is looked through: not each minute, but when the moment comes somewhere.
        """
        key = Asked(call.code, call.closes, rung.name).key

        def come(zone: str | None, country: str | None) -> datetime | None:
            current = due_step(call.closes, zone_for(zone, country), now, self.rules)
            return current.at if current and current.rung == rung and current.at > since else None

        places = reminder_queries.unplanned_places(session, call.code, key)
        moments = (due(rung, call.closes, zone_for(*place), self.rules) for place in places)
        again = min((at for at in moments if at > now), default=now + SEARCHING)
        again = min(again, now + SEARCHING)
        turns = {place: at for place in places if (at := come(*place)) is not None}
        if not turns:
            return {}, again
        unplanned = reminder_queries.unplanned(session, call.code, key)
        found = {
            each.person: turns[each.zone, each.country] for each in unplanned if (each.zone, each.country) in turns
        }
        return found, again

    async def _plan(self, key: str, due_by_person: Mapping[int, datetime], now: datetime) -> int:
        first = min(due_by_person.values())
        notice = await self.database.write(lambda session: reminder_queries.open_wave(session, key, first, now))
        return await self._add(notice, due_by_person)

    async def _add(self, notice: int, due_by_person: Mapping[int, datetime]) -> int:
        """Into the ledger, slice by slice. Whoever is in it already stays as they are."""
        added = 0
        for moment in sorted(set(due_by_person.values())):
            people = iter([person for person, at in due_by_person.items() if at == moment])
            while some := list(islice(people, SLICE)):
                added += await self.database.write(
                    lambda session, some=some, at=moment: audiences.add(session, notice, some, at)  # type: ignore[misc]
                )
        return added

    def _verdict(self, stand: ReminderProgress, asked: Asked, zone: ZoneInfo, now: datetime) -> Verdict:
        if asked.rung in self._rungs:
            rung = self._rungs[asked.rung]
            what = Due(rung, due(rung, asked.closes, zone, self.rules))
        elif stand.snoozed is not None:
            what = owed_after_snooze(stand.snoozed, zone, self.rules)
        else:
            return Skip(Why.SUPERSEDED)
        return decide(_standing(stand), what, asked.closes, zone, now, self.rules)

    def _screen(self, session: Session, stand: ReminderProgress, call: Call, last: bool) -> Screen:
        said = self._said(stand.language)
        if stand.draft is None:
            return update(stand.entry or "", call.closes, last=last, said=said)
        draft = drafts.own(session, stand.draft)
        questionnaire = self._questionnaires.get(draft.version) or self._questionnaires[max(self._questionnaires)]
        open_questions = len(Journey(questionnaire, draft).open())
        title = draft.answers.get("title")
        name = str(title.value) if title and title.value else str(draft.previous.get("title") or "") or None
        return unfinished(draft.id, name, open_questions, self._seconds_each, call.closes, last=last, said=said)


def _since(session: Session, call: Call) -> datetime:
    """From when on there is this close to count down to: who was told that it moved needs no rung of before."""
    return max(call.opens, deadline_notices.moved_at(session, call.code, call.closes) or call.opens)


def _crossing(session: Session, person: int, stand: ReminderProgress, asked: Asked, now: datetime) -> Wait | None:
    """Of two reminders that are due at once one waits, and is decided again when it is known what became of the other.

    The person's row is held until this one's claim is kept, so that nobody misses the other's.
    """
    if stand.reminded.under_way:
        return Wait(now + CROSSING)
    if session.get_bind().dialect.name == "sqlite":
        return None  # it has one writer, which is us: nothing has changed since
    people.lock(session, person)
    present = reminder_queries.standing_of(session, person, asked.call, asked.key)
    if present.under_way:
        return Wait(now + CROSSING)
    return None if present == stand.reminded else Wait(now)


def _standing(stand: ReminderProgress) -> ReminderFacts:
    return ReminderFacts(
        stand.began,
        stand.setting,
        stand.declined,
        stand.snoozed,
        stand.reminded.number,
        stand.reminded.latest,
        stand.active,
    )
