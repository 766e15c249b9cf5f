"""Reminders: planned for each time zone when a rung's moment comes there, worded for each person when sent.

The truth is in the ledger. A rung of a call is one notice, whose key names the call, the close it counts
down to and the rung; it remembers which zones had their turn. So a sweep that comes late, twice or in
several processes finds exactly what is still to be done, and an extension of the call begins a new count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from zoneinfo import ZoneInfo

from sqlmodel import Session

from bot.calls.ladder import (
    RULES,
    Due,
    Rules,
    Send,
    Skip,
    Standing,
    Verdict,
    Wait,
    Why,
    decide,
    due,
    owed,
    owed_after_snooze,
)
from bot.calls.wording import UNMEASURED, unfinished, update
from bot.calls.zones import zone_for
from dialogs.conversation import Call
from dialogs.questionnaire.journey import Journey
from dialogs.questionnaire.model import Questionnaire
from dialogs.screens import Screen
from storage import audiences, calls, drafts, reminding
from storage.database import Database
from storage.reminding import Remindable, Stand

__all__ = ["Asked", "Rehearsed", "Reminder", "Reminders", "read_key"]

SLICE = 2_000
"""People planned in one transaction."""
SNOOZES_LOOKED_BACK = timedelta(days=3)
"""How long a "tomorrow" that was slept through is still answered."""
SNOOZED = "snoozed"


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
class Rehearsed:
    """What a person would get at a moment: one line of a rehearsal."""

    person: int
    zone: str
    rung: str
    verdict: Verdict


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

    def __init__(self, database: Database, questionnaires: Mapping[str, Questionnaire], rules: Rules = RULES) -> None:
        self.database = database
        self.rules = rules
        self._questionnaires = questionnaires
        self._rungs = {rung.name: rung for rung in rules.ladder}
        self._seconds_each = UNMEASURED

    async def sweep(self, now: datetime) -> int:
        """Write into the ledger whatever is owed by now. Returns how many reminders that were."""
        call = await self.database.write(lambda session: calls.as_call(calls.ensure_current(session, now)))
        if now >= call.closes:
            await self.database.write(lambda session: reminding.close_of_call(session, call.code))
            return 0
        if now < call.opens:
            return 0
        await self._measure()
        return await self._rungs_of_zones(call, now) + await self._snoozes(call, now)

    def decide(self, session: Session, key: str, person: int, now: datetime) -> Reminder | Wait | Skip:
        """Whether a planned reminder goes out now; asked in the transaction that claims it."""
        asked, call = read_key(key), calls.as_call(calls.ensure_current(session, now))
        if (asked.call, asked.closes) != (call.code, call.closes):
            return Skip(Why.CLOSED if asked.call != call.code else Why.SUPERSEDED)
        stand = reminding.stand(session, person, call.code, call.opens)
        if stand is None:
            return Skip(Why.SUBMITTED)
        zone = zone_for(stand.zone, stand.country)
        verdict = self._verdict(stand, asked, zone, now)
        if not isinstance(verdict, Send):
            return verdict
        last = asked.rung in self._rungs and self._rungs[asked.rung].last
        return Reminder(self._screen(session, person, stand, call, last), stand.language, zone.key)

    async def rehearse(self, at: datetime) -> list[Rehearsed]:
        """Whom a sweep at this moment would remind, and what would be decided. Writes nothing."""

        def work(session: Session) -> list[Rehearsed]:
            call = calls.as_call(calls.ensure_current(session, at))
            return [
                line
                for each in list(reminding.remindable(session, call.code))
                if (line := self._rehearsed(session, each, call, at)) is not None
            ]

        return await self.database.read(work)

    def _rehearsed(self, session: Session, each: Remindable, call: Call, at: datetime) -> Rehearsed | None:
        zone = zone_for(each.zone, each.country)
        current = owed(call.closes, zone, at, self.rules)
        stand = reminding.stand(session, each.person, call.code, call.opens)
        if current is None or stand is None or at < call.opens:
            return None
        verdict = decide(_standing(stand), current, call.closes, zone, at, self.rules)
        return Rehearsed(each.person, zone.key, current.rung.name, verdict)

    async def _measure(self) -> None:
        measured = await self.database.read(reminding.seconds_a_question)
        self._seconds_each = measured or UNMEASURED

    async def _rungs_of_zones(self, call: Call, now: datetime) -> int:
        """Plan each rung for the zones in which its moment has come."""
        places = await self.database.read(lambda session: reminding.whereabouts(session, call.code))
        turns: dict[str, dict[str, Due]] = {}
        for own, country in places:
            zone = zone_for(own, country)
            current = owed(call.closes, zone, now, self.rules)
            if current is not None:
                turns.setdefault(current.rung.name, {})[zone.key] = current
        return sum([await self._wave(call, rung, zones, now) for rung, zones in turns.items()])

    async def _wave(self, call: Call, rung: str, zones: Mapping[str, Due], now: datetime) -> int:
        key = Asked(call.code, call.closes, rung).key
        first = min(each.at for each in zones.values())
        notice, had = await self.database.write(lambda session: reminding.open_wave(session, key, first, now))
        fresh = frozenset(zones) - had
        if not fresh:
            return 0
        everyone = await self.database.read(lambda session: list(reminding.remindable(session, call.code)))
        due_by_person = {
            each.person: zones[zone].at for each in everyone if (zone := zone_for(each.zone, each.country).key) in fresh
        }
        added = await self._add(notice, due_by_person)
        await self.database.write(lambda session: reminding.wave_done(session, notice, fresh))
        return added

    async def _snoozes(self, call: Call, now: datetime) -> int:
        """Plan the reminders that "tomorrow" asked for."""
        snoozed = await self.database.read(
            lambda session: list(reminding.remindable(session, call.code, snoozed_until=now))
        )
        by_day: dict[str, dict[int, datetime]] = {}
        for each in snoozed:
            if each.snoozed is None or each.snoozed < now - SNOOZES_LOOKED_BACK:
                continue
            again = owed_after_snooze(each.snoozed, zone_for(each.zone, each.country), self.rules)
            by_day.setdefault(f"{SNOOZED}-{each.snoozed.date()}", {})[each.person] = again.at
        added = 0
        for name, people in by_day.items():
            key = Asked(call.code, call.closes, name).key
            notice, _ = await self.database.write(
                lambda session, key=key: reminding.open_wave(session, key, now, now)  # type: ignore[misc]
            )
            added += await self._add(notice, people)
        return added

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

    def _verdict(self, stand: Stand, asked: Asked, zone: ZoneInfo, now: datetime) -> Verdict:
        if asked.rung in self._rungs:
            rung = self._rungs[asked.rung]
            what = Due(rung, due(rung, asked.closes, zone, self.rules))
        elif stand.snoozed is not None:
            what = owed_after_snooze(stand.snoozed, zone, self.rules)
        else:
            return Skip(Why.SUPERSEDED)
        return decide(_standing(stand), what, asked.closes, zone, now, self.rules)

    def _screen(self, session: Session, person: int, stand: Stand, call: Call, last: bool) -> Screen:
        if stand.draft is None:
            return update(stand.entry or "", call.closes, last=last)
        draft = drafts.of_person(session, person)[stand.draft]
        questionnaire = self._questionnaires.get(draft.version) or self._questionnaires[max(self._questionnaires)]
        open_questions = len(Journey(questionnaire, draft).open())
        title = draft.answers.get("title")
        name = str(title.value) if title and title.value else str(draft.previous.get("title") or "") or None
        return unfinished(draft.id, name, open_questions, self._seconds_each, call.closes, last=last)


def _standing(stand: Stand) -> Standing:
    return Standing(stand.began, stand.setting, stand.declined, stand.snoozed, stand.sent, stand.latest, stand.active)
