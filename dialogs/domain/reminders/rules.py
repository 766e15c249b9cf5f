"""The rules of reminding, and nothing else: no table, no clock, no words.

A ladder of rungs leads down to the close of a call. Each rung has a moment in each time zone (`due`). Of the
rungs whose moment has come only the last one counts (`owed`): who slept through three rungs gets one message.
What is owed is decided again at the moment of sending (`decide`), because meanwhile the person may have
submitted, snoozed, moved or begun to type.

The rules, in the order in which they are asked:

    the call has closed, the entry is in, "not this year", "none"    -> nothing
    "only the last", and this is not the last                        -> nothing
    its moment is still to come here (they moved, or pressed again)  -> then
    a later rung's moment has come, or the deadline has moved        -> nothing: that one is sent
    the draft was begun, or a reminder came, since this rung's moment -> nothing
    a reminder came less than the rung's gap before its moment       -> nothing
    the cap is reached (the last rung is always allowed)             -> nothing
    "tomorrow" was asked for, and is still to come                   -> nothing: that one is sent
    ... but the last rung                                            -> then, if that is well before the close, and
                                                                        it is sent in its place
    it is night where they are                                       -> in the morning, if still before the close
    they are answering right now                                     -> a little later
    else                                                             -> send
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum
from zoneinfo import ZoneInfo

__all__ = [
    "LADDER",
    "RULES",
    "Due",
    "ReminderFacts",
    "ReminderStep",
    "Rules",
    "Send",
    "Skip",
    "Verdict",
    "Wait",
    "Why",
    "decide",
    "due",
    "due_step",
    "into_the_day",
    "morning",
    "owed_after_snooze",
    "possible",
]

DAY = timedelta(days=1)
HOUR = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class ReminderStep:
    """One step of the ladder: this long before the close.

    `gap`: no reminder may have come in this time before the rung's moment. `last`: the only one that people
    get who asked for the last reminder only.
    """

    name: str
    before: timedelta
    gap: timedelta = 20 * HOUR
    last: bool = False


LADDER = (
    ReminderStep("60d", 60 * DAY),
    ReminderStep("30d", 30 * DAY),
    ReminderStep("14d", 14 * DAY),
    ReminderStep("7d", 7 * DAY),
    ReminderStep("3d", 3 * DAY),
    ReminderStep("1d", 1 * DAY, gap=12 * HOUR),
    ReminderStep("6h", 6 * HOUR, gap=5 * HOUR, last=True),
)
SNOOZED = ReminderStep("snoozed", timedelta(0), gap=timedelta(0))
"""The reminder that "tomorrow" asks for. It stands beside the ladder."""


@dataclass(frozen=True, slots=True)
class Rules:
    """All that can be set. Hours are of the person's own clock.

    `hour`: when a rung of whole days comes. `day`: the hours in which planned reminders fall. `awake`: the
    hours outside of which none is sent, however late it is. `margin`: how long before the close the last one
    must leave. `cap`: most reminders of a call. `answering`: how long after their last word we keep still.
    """

    ladder: tuple[ReminderStep, ...] = LADDER
    hour: int = 10
    day: tuple[int, int] = (9, 18)
    awake: tuple[int, int] = (8, 21)
    margin: timedelta = 2 * HOUR
    cap: int = 8
    answering: timedelta = timedelta(minutes=15)


RULES = Rules()


@dataclass(frozen=True, slots=True)
class Due:
    """A rung with its moment (UTC) in some time zone."""

    rung: ReminderStep
    at: datetime


@dataclass(frozen=True, slots=True)
class ReminderFacts:
    """How a person stands in a call. Moments are aware.

    `began`: since when there is something to remind of: the newest unfinished draft's start, or the call's
    opening for an earlier entry that was not updated yet; None: there is nothing (any more).
    `setting`: all, last or none. `sent`: reminders of this call so far, `latest` the last one's moment.
    `active`: when the person last did something.
    """

    began: datetime | None
    setting: str = "all"
    declined: bool = False
    snoozed: datetime | None = None
    sent: int = 0
    latest: datetime | None = None
    active: datetime | None = None


class Why(StrEnum):
    """Why a reminder is not sent; kept with the delivery and shown to organizers."""

    CLOSED = "closed"
    SUBMITTED = "submitted"
    DECLINED = "declined"
    SETTING = "setting"
    SUPERSEDED = "superseded"
    BEGUN_SINCE = "begun_since"
    REMINDED = "reminded"
    SNOOZED = "snoozed"
    CAP = "cap"
    NIGHT = "night"


@dataclass(frozen=True, slots=True)
class Send:
    """Send it now."""


@dataclass(frozen=True, slots=True)
class Wait:
    """Not now: look again at this moment (UTC)."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Skip:
    """Never."""

    why: Why


Verdict = Send | Wait | Skip


def due(rung: ReminderStep, closes: datetime, zone: ZoneInfo, rules: Rules = RULES) -> datetime:
    """The moment of a rung for people in `zone`, in UTC.

    Rungs of whole days come at a fixed hour of the reader's own day, counted from the date of the close
    there. Shorter ones come that long before the close, moved into the day: to the morning if that leaves
    them `margin` before the close, else back to the evening before.
    """
    local = closes.astimezone(zone)
    if rung.before >= DAY:
        date = local.date() - timedelta(days=rung.before // DAY)
        return _at(datetime.combine(date, time(rules.hour)), zone)
    moment = (closes - rung.before).astimezone(UTC)
    later = into_the_day(moment, zone, rules)
    return later if later <= closes - rules.margin else _evening_before(moment, zone, rules)


def due_step(closes: datetime, zone: ZoneInfo, now: datetime, rules: Rules = RULES) -> Due | None:
    """The last rung whose moment has come in this zone; None before the first and after the close."""
    if now >= closes:
        return None
    come = [Due(rung, at) for rung in rules.ladder if (at := due(rung, closes, zone, rules)) <= now]
    return max(come, key=lambda each: (each.at, -each.rung.before), default=None)


def possible(closes: datetime, now: datetime, rules: Rules = RULES) -> list[ReminderStep]:
    """The rungs that may be the owed one somewhere on Earth: each comes within a day of its distance to the close."""
    if now >= closes:
        return []
    begun = [rung for rung in rules.ladder if closes - rung.before - DAY <= now]
    come = [rung for rung in begun if closes - rung.before + DAY <= now]
    return [rung for rung in begun if not come or rung.before <= come[-1].before]


def owed_after_snooze(snoozed: datetime, zone: ZoneInfo, rules: Rules = RULES) -> Due:
    """The reminder that "tomorrow" asked for, in the day time of the zone."""
    return Due(SNOOZED, into_the_day(snoozed, zone, rules))


def decide(
    standing: ReminderFacts, asked: Due, closes: datetime, zone: ZoneInfo, now: datetime, rules: Rules = RULES
) -> Verdict:
    """Whether this reminder goes out now, later or never."""
    why = _refused(standing, asked, closes, now)
    if why is None and asked.at > now:
        return Wait(asked.at)
    why = why or _overtaken(standing, asked, closes, zone, now, rules)
    if why is not None:
        return Skip(why)
    earliest = _earliest(standing, asked, closes, zone, now, rules)
    if earliest <= now:
        return Send()
    return Wait(earliest) if earliest < closes else Skip(Why.NIGHT)


def into_the_day(moment: datetime, zone: ZoneInfo, rules: Rules = RULES) -> datetime:
    """The moment itself in day time, else the next morning's first hour of day time (UTC)."""
    local = moment.astimezone(zone)
    first, last = rules.day
    if first <= local.hour < last:
        return moment.astimezone(UTC)
    date = local.date() if local.hour < first else local.date() + DAY
    return _at(datetime.combine(date, time(first)), zone)


def morning(now: datetime, zone: ZoneInfo, closes: datetime, rules: Rules = RULES) -> datetime:
    """When news of a close may be told: now; at night in the morning, unless that is too late or shortly before it."""
    if _awake(now, zone, rules):
        return now
    day = into_the_day(now, zone, rules)
    return now if now < closes < day + rules.margin else day


def _awake(now: datetime, zone: ZoneInfo, rules: Rules) -> bool:
    first, last = rules.awake
    return first <= now.astimezone(zone).hour < last


def _refused(standing: ReminderFacts, asked: Due, closes: datetime, now: datetime) -> Why | None:
    if now >= closes:
        return Why.CLOSED
    if standing.began is None:
        return Why.SUBMITTED
    if standing.declined:
        return Why.DECLINED
    wanted = standing.setting == "all" or (standing.setting == "last" and asked.rung.last)
    return None if wanted else Why.SETTING


def _overtaken(
    standing: ReminderFacts, asked: Due, closes: datetime, zone: ZoneInfo, now: datetime, rules: Rules
) -> Why | None:
    current = due_step(closes, zone, now, rules)
    if (asked.rung != SNOOZED and current != asked) or _the_last_instead(standing, asked, current):
        return Why.SUPERSEDED
    if standing.began is not None and standing.began > asked.at:
        return Why.BEGUN_SINCE
    if standing.latest is not None and standing.latest >= asked.at - asked.rung.gap:
        return Why.REMINDED
    if not asked.rung.last and standing.sent >= rules.cap - 1:
        return Why.CAP
    asleep = standing.snoozed is not None and standing.snoozed > now
    return Why.SNOOZED if asleep and not asked.rung.last else None


def _the_last_instead(standing: ReminderFacts, asked: Due, current: Due | None) -> bool:
    """Whether "tomorrow" is when the last reminder is due, or after it: then that one is enough.

    It is not when that one was refused because another came shortly before it.
    """
    if asked.rung != SNOOZED or current is None or not current.rung.last or current.at > asked.at:
        return False
    return standing.latest is None or not current.at - current.rung.gap <= standing.latest < current.at


def _earliest(
    standing: ReminderFacts, asked: Due, closes: datetime, zone: ZoneInfo, now: datetime, rules: Rules
) -> datetime:
    """The first moment from now on at which nothing speaks against sending."""
    if standing.snoozed is not None and standing.snoozed > now:
        tomorrow = into_the_day(standing.snoozed, zone, rules)
        if tomorrow <= closes - rules.margin:
            return tomorrow
    if not _awake(now, zone, rules):
        return into_the_day(now, zone, rules)
    still = standing.active + rules.answering if standing.active else now
    return still if still < closes else now


def _evening_before(moment: datetime, zone: ZoneInfo, rules: Rules) -> datetime:
    local = moment.astimezone(zone)
    last = rules.day[1]
    date = local.date() if local.hour >= last else local.date() - DAY
    return _at(datetime.combine(date, time(last - 1, 59)), zone)


def _at(local: datetime, zone: ZoneInfo) -> datetime:
    """A moment of a zone's wall clock. Day time is never in a gap or a fold: clocks change at night."""
    return local.replace(tzinfo=zone).astimezone(UTC)
