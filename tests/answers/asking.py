"""Questions, options and words for the tests of reading: made small, with the real names of things."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from babel import Locale

from dialogs.answers.readers import Accepted, Context, Doubtful, Reading, Refusal, Uncertain, read
from dialogs.domain.messages import Country, M, Message, Month
from dialogs.domain.questionnaire import Limits, Question, QuestionKind
from dialogs.knowledge import action_lines, countries, goals
from dialogs.matching.option import Option
from dialogs.text.vocabulary import Vocabulary
from locales.vocabulary import build
from locales.words import Words

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")
NOW = Month(2027, 3)

LINES = tuple(
    Option(code, Message(f"action_line.{code}"), Message(f"action_line.{code}.short"))
    for code in (*action_lines.LINES, *action_lines.SUBLINES)
)
GOALS = tuple(Option(str(number), Message(f"goal.{number}")) for number in goals.GOALS)
COUNTRIES = tuple(Option(code, Country(code)) for code in countries.MEMBERS)
ORGANISATIONS = tuple(
    Option(code, Message(f"option.org_type.{code}")) for code in ("GOV", "INT", "BUS", "CSO", "ACA", "OTH")
)
ACTIVITIES = tuple(
    Option(code, Message(f"option.activity_type.{code}"))
    for code in ("project", "programme", "service", "network", "training", "conference", "website", "policy", "data")
)
STAGES = tuple(
    Option(code, Message(f"option.stage.{code}"))
    for code in ("planned", "ongoing", "phase_done", "completed", "stopped")
)
BASES = tuple(
    Option(code, Message(f"option.impact_basis.{code}"))
    for code in ("counted", "survey", "compared", "independent", "statistics", "early")
)
PARTS = tuple(Option(code, Message(f"option.country_part.{code}")) for code in ("local", "part", "national"))
YES_NO = (Option("yes", M("choice.yes")), Option("no", M("choice.no")))


def targets(goal: int) -> tuple[Option, ...]:
    """The targets of a goal, as options."""
    return tuple(Option(code, Message(f"target.{code}")) for code in goals.TARGETS[goal])


@cache
def names() -> dict[str, tuple[str, ...]]:
    """Names in the six languages by message key: the facts' own, and CLDR's for countries."""
    text = (Path(__file__).parent / "labels.yaml").read_text(encoding="utf-8")
    found = {key: tuple(labels) for key, labels in yaml.safe_load(text).items()}
    for code in countries.MEMBERS:
        found[f"country.{code}"] = tuple(str(Locale(lang).territories[code]) for lang in LANGUAGES)
    return found


@cache
def vocabulary() -> Vocabulary:
    """The product's vocabulary, with the names of all six languages in it."""
    built = build(Words.ours())
    labels = {key: (*built.labels.get(key, ()), *names().get(key, ())) for key in {*built.labels, *names()}}
    intents = {"oui": "yes", "да": "yes", "نعم": "yes", "нет": "no", **built.intents}
    return Vocabulary(labels, built.months, intents, built.languages, built.speaking)


def question(kind: QuestionKind | str, **limits: Any) -> Question:
    return Question("asked", QuestionKind(kind), required=True, limits=Limits(**limits))


def context(options: Iterable[Option] = (), language: str = "en", **more: Any) -> Context:
    return Context(language, tuple(options), vocabulary(), NOW, **more)


def reading(
    kind: str, text: str, options: Iterable[Option] = (), language: str = "en", ahead: bool = False, **limits: Any
) -> Reading:
    """Read a text at a question of a kind."""
    return read(question(kind, **limits), text, context(options, language, ahead=ahead))


def accepted(outcome: Reading) -> Any:
    """The value of an accepted reading."""
    assert isinstance(outcome, Accepted), outcome
    return outcome.value


def refused(outcome: Reading) -> Message:
    """The message of a refusal."""
    assert isinstance(outcome, Refusal), outcome
    return outcome.message


def offered(outcome: Reading) -> tuple[str, ...]:
    """The candidates offered back."""
    assert isinstance(outcome, Uncertain), outcome
    return outcome.candidates


def doubted(outcome: Reading) -> Any:
    """The better value that a doubtful reading proposes."""
    assert isinstance(outcome, Doubtful), outcome
    return outcome.better
