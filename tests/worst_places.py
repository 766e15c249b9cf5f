"""Somebody at every question of this year's questionnaire and at every place without one, and readers beside those.

For `benchmarks/reading.py` and the tests that count the work of reading.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import timedelta
from typing import Any

from bot.channels.terminal.text_renderer import as_text
from bot.channels.web.forms import event_of
from bot.contact_import.errors import ListError
from bot.contact_import.row_reader import Reader
from dialogs.answers.readers import Context, read
from dialogs.domain.conversation import Answer, AnswerStatus, Conversation, Draft, Person, Position, State
from dialogs.domain.events import Edited, Said
from dialogs.domain.messages import Month
from dialogs.domain.questionnaire import Limits, Question, QuestionKind
from dialogs.domain.roles import Role
from dialogs.machine import Step, Tools
from dialogs.organizers.calls.call_flows import FLOWS
from dialogs.organizers.datetime_input import END_OF_DAY, read_moment
from dialogs.organizers.entries.entry_query import understood
from dialogs.questionnaire.journey import Journey
from dialogs.routes import ROUTES
from dialogs.screens import Kind, Line, Screen
from dialogs.step_context import StepContext
from dialogs.text import html_subset
from storage.calls.calls import annual_call
from tests.driver import IN_SEASON, MACHINE, WORDS
from tests.samples import CODED, ENTRY

__all__ = ["READERS", "at_question", "questions", "said_at"]

LANGUAGES = ("en", "fr", "es", "ar", "ru", "zh")

CALL = annual_call(2027)

OPENING = {
    "org_type": "OTH",
    "org_type_other": "A library",
    "activity_type": "other",
    "activity_type_other": "A game",
    "status": "completed",
    "end_date": "2025-03",
    "coverage": "national",
    **{f"targets@{goal}": None for goal in ("1", "4", "9")},
    **{f"link_example@{goal}": ENTRY["title"] for goal in ("1", "4", "9")},
}
"""Answers that open the questions which are asked of few."""


def _draft() -> Draft:
    known: dict[str, Any] = {**ENTRY, **CODED, **OPENING, "entry_mode": "new", "documents": None}
    known.pop("link_example")
    answers = {
        key: Answer(value, IN_SEASON, AnswerStatus.SKIPPED if value is None else AnswerStatus.ANSWERED, ref=f"m-{key}")
        for key, value in known.items()
    }
    return Draft("draft", CALL.code, CALL.version, IN_SEASON - timedelta(days=1), IN_SEASON, answers)


def _conversation(place: Position, language: str = "en", draft: Draft | None = None) -> Conversation:
    drafts = {"draft": draft or _draft()}
    person = Person(1, language=language, language_chosen=True, consent="2027")
    state = State(place, draft="draft", stamp=1, last=IN_SEASON)
    return Conversation(person, state, drafts=drafts, calls=(CALL,), role=Role.OWNER)


def questions() -> Mapping[str, str]:
    """A question of every kind and for every list of options, by key: the kind with the list."""
    journey = Journey(MACHINE.world.questionnaires[CALL.version], _draft(), today=IN_SEASON.date(), languages=LANGUAGES)
    found = {
        f"{stop.question.kind} {stop.question.options or ''}".strip(): stop.key for stop in reversed(journey.stops)
    }
    return {key: what for what, key in found.items()}


def at_question(key: str, language: str = "en") -> Conversation:
    """Somebody at a question of a draft that is nearly complete; what is asked is not answered yet."""
    draft = _draft()
    agreed = key != "agree"
    answers = {known: answer for known, answer in draft.answers.items() if known != key or not agreed}
    return _conversation(Position("filling", {"q": key}), language, Draft(**{**_fields(draft), "answers": answers}))


def _fields(draft: Draft) -> dict[str, Any]:
    return {name: getattr(draft, name) for name in ("id", "call", "version", "started", "touched")}


def said_at(conversation: Conversation, text: str) -> Step:
    """What a text comes to where somebody is."""
    return MACHINE.step(conversation, Said(text, IN_SEASON, ref="new"), Tools(IN_SEASON, "fresh"))


def _edited(text: str) -> Step:
    event = Edited(text, "m-description", IN_SEASON)
    return MACHINE.step(_conversation(Position("filling", {"q": "title"})), event, Tools(IN_SEASON, "fresh"))


def _field(flow: str, name: str) -> Callable[[str], object]:
    field = next(field for field in FLOWS[flow].fields if field.name == name)
    talk = StepContext(_conversation(Position("home")), MACHINE.world, Tools(IN_SEASON, "fresh"))
    return lambda text: field.read(talk, text)


def _formatted(text: str) -> object:
    written = html_subset.marked(text)
    return html_subset.units(written), html_subset.readable(written), html_subset.excerpt(written)


def _shown(language: str) -> Callable[[str], object]:
    return lambda text: as_text(Screen("review", (Line(Kind.TEXT, text),) * 2), WORDS, language)


def _import_reader() -> Callable[[str], object]:
    header = ["Name", "Organisation", "E-mail", "Country", "Language", "Type"]
    reader = Reader(MACHINE.world.vocabulary)

    def read(text: str) -> object:
        rows = [[text if place == at else "" for at in range(6)] for place in range(6)]
        try:
            return list(reader.read([iter([header, *rows])]))
        except ListError as error:  # a list with nobody in it
            return error.what

    return read


def _kind(kind: QuestionKind) -> Callable[[str], object]:
    """A kind of question that this year's questionnaire has not."""
    asked = Question("asked", kind, required=True, limits=Limits(max=40, max_chars=200))
    context = Context("en", (), MACHINE.world.vocabulary, Month(2027, 3))
    return lambda text: read(asked, text, context)


def _search(text: str) -> object:
    return MACHINE.search(at_question("org_country"), text, Tools(IN_SEASON, "fresh"))


READERS: Mapping[str, Callable[[str], object]] = {
    **{
        f"place {name}": lambda text, name=name: said_at(_conversation(Position(name)), text)
        for name in sorted(ROUTES)
        if name in ("home", "updating", "language", "contact", "sections")
    },
    **{f"kind {kind}": _kind(kind) for kind in (QuestionKind.ITEMS, QuestionKind.PLACE)},
    "an edited message": _edited,
    "a moment": lambda text: read_moment(
        text, MACHINE.world.vocabulary.months, "Europe/Zurich", END_OF_DAY, IN_SEASON.date()
    ),
    **{f"call, {name}": _field("new", name) for name in ("code", "opens", "closes", "report")},
    "uses of a late code": _field("late", "uses"),
    "register search": lambda text: understood(text, MACHINE.world.vocabulary),
    "announcement mark-up": _formatted,
    "announcement from an app": lambda text: html_subset.cleaned(text),
    "search while typing": _search,
    "contact list": _import_reader(),
    "web form": lambda text: event_of({"text": text}, IN_SEASON),
    **{f"shown in {language}": _shown(language) for language in ("en", "ar")},
}
"""All that reads or shows a text besides the questions."""
