"""Answers that do not go together: pointed out at the check, kindly, and never in the way of sending.

A rule looks at two answers at most. It names the question where a change would most likely mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from dialogs.domain.geneva import GENEVA
from dialogs.domain.messages import Code, M, Message, Month, Value
from dialogs.domain.question_roles import QuestionRole
from dialogs.questionnaire.journey import Journey, Stop

__all__ = ["contradictions"]

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
"""What is a web address and nothing else."""
YEAR = re.compile(r"[0-9]{4}")


def contradictions(journey: Journey, at: datetime) -> Iterator[tuple[Stop, Message]]:
    """What looks like a slip, each with the question to look at again."""
    played = {stop.question.role: stop for stop in journey.stops if stop.question.role is not None}
    answers = {role: journey.facts.value(stop.key) for role, stop in played.items()}
    today = at.astimezone(GENEVA)
    for role, message in _found(answers, Month(today.year, today.month)):
        yield played[role], message


def _found(answers: Mapping[QuestionRole, object], now: Month) -> Iterator[tuple[QuestionRole, Message]]:
    countries, reach = answers.get(QuestionRole.COUNTRIES), answers.get(QuestionRole.COVERAGE)
    if reach in ("local", "national") and isinstance(countries, list) and len(countries) > 1:
        yield QuestionRole.COVERAGE, M("contradiction.reach", len(countries))
    for role in (QuestionRole.TITLE, QuestionRole.ORGANIZATION_NAME):
        name = answers.get(role)
        if isinstance(name, str) and (ADDRESS.fullmatch(name.strip()) or not any(map(str.isalpha, name))):
            yield role, M("contradiction.no_name", name=name)
    start, status = answers.get(QuestionRole.START), answers.get(QuestionRole.STATUS)
    first, last = _months(start)
    if last is not None and status == "planned" and last < now:
        yield QuestionRole.STATUS, M("contradiction.planned", month=_said(start))
    if first is not None and status in ("ongoing", "completed") and now < first:
        yield QuestionRole.STATUS, M("contradiction.not_begun", month=_said(start))


def _months(start: object) -> tuple[Month, Month] | tuple[None, None]:
    """The first and the last month that a date may mean: a year alone is any of its months."""
    if not isinstance(start, str):
        return None, None
    if YEAR.fullmatch(start):
        return Month(int(start), 1), Month(int(start), 12)
    month = Month.parse(start)
    return month, month


def _said(start: object) -> Value:
    return Code(str(start)) if YEAR.fullmatch(str(start)) else Month.parse(str(start))
