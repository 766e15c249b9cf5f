"""What organizers set about reminders: which steps there are, when they come, and what they say. And what will come.

The rules of reminding stand in `reminder_rules`; a plan only says with which ladder and at which hour they are applied.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from enum import StrEnum
from string import Formatter
from zoneinfo import ZoneInfo

from dialogs.domain.reminders.rules import (
    LADDER,
    RULES,
    Due,
    ReminderFacts,
    ReminderStep,
    Rules,
    Send,
    Skip,
    Verdict,
    Wait,
    decide,
    due,
    due_step,
    owed_after_snooze,
)

__all__ = [
    "EDITABLE",
    "LONGEST",
    "USUAL",
    "Coming",
    "PlanTrouble",
    "ReminderPlan",
    "StepSetting",
    "gaps_in",
    "outlook",
    "text_fits",
]

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
FARTHEST = 120 * DAY

EDITABLE: Mapping[str, frozenset[str]] = {
    "remind.title": frozenset({"name"}),
    "remind.title_unnamed": frozenset(),
    "remind.ready": frozenset(),
    "remind.closes": frozenset({"closes"}),
    "remind.last": frozenset({"closes"}),
    "remind.update_title": frozenset({"name"}),
    "remind.update_how": frozenset(),
}
"""The texts of reminders that organizers may say in their own words, with the values that each must name."""


LONGEST = 500
"""Characters of such a text: a reminder is read at a glance."""


def gaps_in(text: str) -> frozenset[str] | None:
    """The values that a text names; None when a brace is not closed."""
    try:
        return frozenset(name for _, name, _, _ in Formatter().parse(text) if name is not None)
    except ValueError:
        return None


def text_fits(key: str, text: str) -> bool:
    """Whether a text can stand for the usual one: it names the same values, and is no longer than LONGEST."""
    return key in EDITABLE and 0 < len(text) <= LONGEST and gaps_in(text) == EDITABLE[key]


class PlanTrouble(StrEnum):
    UNKNOWN_STEP = "unknown_step"
    DISTANCE = "distance"
    SAME = "same"
    HOUR = "hour"


@dataclass(frozen=True, slots=True)
class StepSetting:
    """A step as organizers see it, also when it is switched off."""

    name: str
    before: timedelta
    on: bool


@dataclass(frozen=True, slots=True)
class ReminderPlan:
    """`off`: the names of steps that are switched off; `before`: how long before the close those come that were moved;
    `hour`: of the reader's own day, at which steps of whole days come; `texts`: by message key, then by language.
    """

    off: frozenset[str] = frozenset()
    before: Mapping[str, timedelta] = field(default_factory=dict)
    hour: int = RULES.hour
    texts: Mapping[str, Mapping[str, str]] = field(default_factory=dict)

    @property
    def steps(self) -> tuple[StepSetting, ...]:
        """All steps, the farthest from the close first."""
        found = (StepSetting(s.name, self.before.get(s.name, s.before), s.name not in self.off) for s in LADDER)
        return tuple(sorted(found, key=lambda step: step.before, reverse=True))

    @property
    def rules(self) -> Rules:
        """The rules with this plan's ladder. The step nearest to the close is the last one, whichever it is."""
        known = {step.name: step for step in LADDER}
        on = [replace(known[each.name], before=each.before, last=False) for each in self.steps if each.on]
        ladder = (*on[:-1], replace(on[-1], last=True, gap=min(on[-1].gap, 5 * HOUR))) if on else ()
        return replace(RULES, ladder=ladder, hour=self.hour)

    def trouble(self) -> PlanTrouble | None:
        """What is wrong with it, if anything."""
        names = {step.name for step in LADDER}
        if not {*self.off, *self.before} <= names:
            return PlanTrouble.UNKNOWN_STEP
        if not all(HOUR <= each.before <= FARTHEST and _is_whole(each.before) for each in self.steps):
            return PlanTrouble.DISTANCE
        if len({each.before for each in self.steps if each.on}) < sum(each.on for each in self.steps):
            return PlanTrouble.SAME
        first, last = RULES.day
        return None if first <= self.hour < last else PlanTrouble.HOUR


USUAL = ReminderPlan()
"""What holds until organizers set something."""


def _is_whole(before: timedelta) -> bool:
    """Whole days, or within the last day whole hours: steps of days come at an hour of the reader's day."""
    return before % DAY == timedelta(0) if before >= DAY else before % HOUR == timedelta(0)


@dataclass(frozen=True, slots=True)
class Coming:
    """A reminder that will come up for somebody: when, and what will be decided then."""

    step: ReminderStep
    at: datetime
    verdict: Send | Skip


MOST_WAITS = 5
"""How often a reminder may be put off: by the night, by an answer, by "tomorrow"."""


def outlook(
    facts: ReminderFacts, closes: datetime, zone: ZoneInfo, now: datetime, until: datetime, rules: Rules
) -> Iterator[Coming]:
    """What will come up for a person from now on, if nothing else happens: each reminder that goes out counts for those
    after it. What was due before now and is not the current one any more is none of it.
    """
    current = due_step(closes, zone, now, rules)
    asked = [current] if current is not None else []
    asked += [at for step in rules.ladder if (at := Due(step, due(step, closes, zone, rules))).at > now]
    if facts.snoozed is not None and facts.snoozed > now:
        asked.append(owed_after_snooze(facts.snoozed, zone, rules))
    for each in sorted(asked, key=lambda one: one.at):
        moment = max(each.at, now)
        verdict: Verdict = decide(facts, each, closes, zone, moment, rules)
        for _ in range(MOST_WAITS):
            if not isinstance(verdict, Wait):
                break
            moment = verdict.until
            verdict = decide(facts, each, closes, zone, moment, rules)
        if moment >= until or isinstance(verdict, Wait):
            continue
        if isinstance(verdict, Send):
            facts = replace(facts, sent=facts.sent + 1, latest=moment)
        yield Coming(each.rung, moment, verdict)
