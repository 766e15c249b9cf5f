"""The first page and what hangs on it: all questions to read beforehand, and a finished sample entry."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from sqlmodel import Session

from bot.app import App
from bot.channels.web.access.identity import CHANNEL, Visitor
from bot.channels.web.pages import LINK, LONGEST_CODE, render
from dialogs.account.call_standing import standing_of_call
from dialogs.domain.conversation import Call, CallState
from dialogs.domain.messages import Code, LanguageName, Message, Value
from dialogs.domain.questionnaire import Question, QuestionKind, Questionnaire
from dialogs.form.question_screen import limits_said
from dialogs.questionnaire.options import every_option
from storage.calls import calls
from storage.people import people
from storage.tables import PersonRow

__all__ = ["landing", "qr", "questions", "sample"]

MOST_OPTIONS = 20
"""Options that are printed below a question; longer lists are found by typing."""

GAP = "…"
"""Stands for the goal that a repeated question is about."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question as it is read beforehand."""

    ask: Message
    required: bool
    conditional: bool
    why: Message | None
    limits: Message | None
    options: tuple[Value, ...]
    label: Message
    example: Message | None


@dataclass(frozen=True, slots=True)
class Asking:
    title: Message
    questions: tuple[Asked, ...]


async def landing(app: App, who: Visitor, asked: str | None, link: str = "", code: str = "") -> str:
    """What this is and who asks, until when, what one gets and needs, and a button to begin or to go on.

    `link` is what a personal link leads to. It is followed by the button, never by looking: programs that check e-mails
    open every address in them. `code` is one to come back with.
    """

    def look(session: Session) -> tuple[Call, str | None]:
        call = calls.current(session, app.turns.now())
        person = people.person_at(session, CHANNEL, who.address)
        known = session.get(PersonRow, person) if person is not None else None
        return call, known.language if known is not None else None

    call, language = await app.database.read(look)
    said = language if language and asked not in app.words.languages else who.language
    telegram = f"https://t.me/{app.settings.telegram_bot}" if app.settings.telegram_bot else ""
    shown = {
        "known": language is not None,
        "chosen": asked in app.words.languages,
        "standing": [line.text for line in standing_of_call(call, app.turns.now())],
        "open": call.state(app.turns.now()) is CallState.OPEN,
        "offered": [(code, LanguageName(code)) for code in app.words.languages],
        "link": link if LINK.fullmatch(link) else "",
        "code": code[:LONGEST_CODE],
        "telegram": telegram,
        "qr": qr(telegram) if telegram else "",
    }
    return render("landing.html", app, said, who.zone, **shown)


@lru_cache(maxsize=256)
def qr(address: str) -> str:
    """An address as a picture that a phone reads, to stand in a page."""
    import segno  # it is needed on few pages

    return str(
        segno.make(address, error="m", micro=False).svg_data_uri(scale=4, border=2, dark="#16202c", light="#fff")
    )


async def questions(app: App, who: Visitor) -> str:
    """All questions of the call that counts now, with what helps to answer them."""
    call = await app.database.read(lambda session: calls.current(session, app.turns.now()))
    return await _about(app, who, "questions.html", call)


async def sample(app: App, who: Visitor) -> str:
    """An invented entry, made of the questions' examples."""
    call = await app.database.read(lambda session: calls.current(session, app.turns.now()))
    return await _about(app, who, "sample.html", call)


async def _about(app: App, who: Visitor, template: str, call: Call) -> str:
    questionnaire = app.turns.machine.world.questionnaire(call.version)
    shown: dict[str, Any] = {
        "sections": tuple(_sections(questionnaire, call.year)),
        "standing": [line.text for line in standing_of_call(call, app.turns.now())],
        "offered": [(code, LanguageName(code)) for code in app.words.languages],
    }
    return render(template, app, who.language, who.zone, **shown)


def _sections(questionnaire: Questionnaire, year: int) -> Iterator[Asking]:
    for section in questionnaire.sections:
        found = tuple(_asked(question, year) for question in section.questions)
        yield Asking(section.title, found)


def _asked(question: Question, year: int) -> Asked:
    values: dict[str, Value] = {"year": Code(str(year)), "goal": GAP}
    options = every_option(question) if question.kind in (QuestionKind.ONE, QuestionKind.SEVERAL) else ()
    return Asked(
        ask=Message(question.ask.key, values),
        required=question.required,
        conditional=question.ask_if is not None,
        why=Message(question.text("why")) if question.why else None,
        limits=limits_said(question),
        options=tuple(option.label for option in options) if len(options) <= MOST_OPTIONS else (),
        label=question.label,
        example=Message(question.text("example")) if question.example else None,
    )
