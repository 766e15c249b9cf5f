"""The reminders as a file: steps, hour and texts in every language, written out, and read back with every fault."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import timedelta
from typing import Any

import yaml

from dialogs.domain.reminders.plan import EDITABLE, LONGEST, ReminderPlan, gaps_in, text_fits
from dialogs.domain.reminders.rules import LADDER
from locales.words import Words

__all__ = ["read", "text_fault", "write"]

DAY, HOUR = timedelta(days=1), timedelta(hours=1)
NAMES = tuple(step.name for step in LADDER)


def write(plan: ReminderPlan, words: Words) -> str:
    """The plan as YAML, with the texts in use."""
    steps = {each.name: {"active": each.on, **_distance(each.before)} for each in plan.steps}
    texts = {
        key: {each: plan.texts.get(key, {}).get(each) or _usual(words, each, key) for each in words.languages}
        for key in EDITABLE
    }
    data = {"hour": plan.hour, "steps": steps, "texts": texts}
    return str(yaml.safe_dump(data, allow_unicode=True, sort_keys=False, width=110))


def _distance(before: timedelta) -> dict[str, int]:
    return {"days": before.days} if before >= DAY else {"hours": int(before / HOUR)}


def _usual(words: Words, language: str, key: str) -> str:
    return "".join(words.forms(language, key)[-1:])


def read(text: str, words: Words) -> tuple[ReminderPlan, list[str]]:
    """The plan in a file, and what is wrong with it. What says the same as usual is not kept as words of one's own."""
    try:
        data = yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        return ReminderPlan(), [f"line {mark.line + 1 if mark else 1}: this is no YAML"]
    if not isinstance(data, dict):
        return ReminderPlan(), ["begin with what `stocktaking reminders show --format yaml` writes"]
    faults = [
        f"{name}: unknown; expected hour, steps, texts" for name in data if name not in ("hour", "steps", "texts")
    ]
    hour = data.get("hour", ReminderPlan().hour)
    if type(hour) is not int:
        faults.append(f"hour: {hour!r} is no whole number")
        hour = ReminderPlan().hour
    off: set[str] = set()
    before: dict[str, timedelta] = {}
    faults += _steps(_mapping(data.get("steps"), "steps", faults), off, before)
    texts: dict[str, dict[str, str]] = {}
    faults += _texts(_mapping(data.get("texts"), "texts", faults), words, texts)
    return ReminderPlan(frozenset(off), before, hour, texts), faults


def _mapping(value: Any, name: str, faults: list[str]) -> Mapping[Any, Any]:
    if value is not None and not isinstance(value, dict):
        faults.append(f"{name}: expected names with values")
    return value if isinstance(value, dict) else {}


def _steps(steps: Mapping[Any, Any], off: set[str], before: dict[str, timedelta]) -> Iterator[str]:
    for name, step in steps.items():
        if name not in NAMES:
            yield f"steps.{name}: unknown step; expected one of {', '.join(NAMES)}"
            continue
        if not isinstance(step, dict) or not set(step) <= {"active", "days", "hours"} or {"days", "hours"} <= set(step):
            yield f"steps.{name}: write it as {{active: true, days: 14}}, or with hours"
            continue
        amount = step.get("days", step.get("hours"))
        if type(step.get("active", True)) is not bool or (
            amount is not None and (type(amount) is not int or amount < 1)
        ):
            yield f"steps.{name}: active is true or false, days or hours a whole number from 1 on"
            continue
        if not step.get("active", True):
            off.add(name)
        usual = next(each.before for each in LADDER if each.name == name)
        distance = usual if amount is None else min(amount, 10_000) * (DAY if "days" in step else HOUR)
        if distance != usual:
            before[name] = distance


def _texts(texts: Mapping[Any, Any], words: Words, found: dict[str, dict[str, str]]) -> Iterator[str]:
    for key, said in texts.items():
        if key not in EDITABLE or not isinstance(said, dict):
            yield f"texts.{key}: unknown text; expected one of {', '.join(EDITABLE)}, each by language"
            continue
        for language, text in said.items():
            if language not in words.languages:
                yield f"texts.{key}.{language}: unknown language; expected one of {', '.join(words.languages)}"
            elif (fault := text_fault(key, text)) is not None:
                yield f"texts.{key}.{language}: {fault}"
            elif text.strip() != _usual(words, language, key):
                found.setdefault(key, {})[language] = text.strip()


def text_fault(key: str, text: Any) -> str | None:
    """What is wrong with a text of a reminder, if anything: it must name the values that the usual one names."""
    if not isinstance(text, str) or not text.strip():
        return "the text is empty"
    if len(text) > LONGEST:
        return f"{len(text):,} characters, {LONGEST} at most"
    if gaps_in(text) is None:
        return "a brace is not closed"
    wanted = EDITABLE[key]
    if not text_fits(key, text.strip()):
        return f"it must name {', '.join(f'{{{name}}}' for name in sorted(wanted)) or 'no value'}, and no other"
    return None
