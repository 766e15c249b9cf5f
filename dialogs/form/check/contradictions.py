"""Answers that do not go together: pointed out at the check, kindly, and never in the way of sending.

A rule looks at two answers at most. It names the question where a change would most likely mend it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import datetime

from dialogs.domain.messages import M, Message, Month
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.values.dates import date_shown, first_month, last_month
from dialogs.domain.values.geneva import GENEVA
from dialogs.questionnaire.journey import Journey, Stop

__all__ = ["contradictions"]

ADDRESS = re.compile(r"(?:https?://|www\.)\S+|[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.IGNORECASE)
"""What is a web address and nothing else."""


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
    if not isinstance(start, str):
        return
    if status == "planned" and last_month(start) < now:
        yield QuestionRole.STATUS, M("contradiction.planned", month=date_shown(start))
    if status in ("ongoing", "completed") and now < first_month(start):
        yield QuestionRole.STATUS, M("contradiction.not_begun", month=date_shown(start))
