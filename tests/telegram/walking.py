"""Answering over Telegram as a person does: by reading which question is open, not by counting."""

from __future__ import annotations

from functools import cache

from dialogs.questionnaire.source import loader
from locales.words import Words, pieces
from tests.botapi.people import Person

__all__ = ["answer_until", "arrive", "open_question", "walk"]

WORDS = Words.ours()


@cache
def _titles(language: str) -> tuple[tuple[str, tuple[str, ...]], ...]:
    """Each question's id with the fixed parts of its text, the longest text first: none is taken for another."""
    questions = [question for edition in loader.versions().values() for question in edition.by_id.values()]
    texts = {(question.id, WORDS.forms(language, question.ask.key)[0]) for question in questions}
    parts = [(id, tuple(" ".join(fixed.split()) for fixed, _ in pieces(text) if fixed.strip())) for id, text in texts]
    return tuple(sorted(parts, key=lambda item: -sum(map(len, item[1]))))


def open_question(person: Person) -> str:
    """The id of the question whose text stands in the newest message; "review" at the check, "" elsewhere."""
    if "Please check your answers" in person.last:
        return "review"
    text = " ".join(person.last.split())
    return next((id for id, parts in _titles(person.language) if all(part in text for part in parts)), "")


async def walk(person: Person, answers: dict[str, str], *, until: str = "review", most: int = 90) -> int:
    """Type the answers until a screen is reached; how many messages that took."""
    for sent in range(most):
        question = open_question(person)
        if question == until:
            return sent
        assert question in answers, f"{person.name} is asked what has no answer:\n{person.text}"
        await person.gets(person.says(answers[question]))
    raise AssertionError(f"{person.name} did not reach {until} within {most} messages, but:\n{person.text}")


async def arrive(person: Person) -> None:
    """Arrive in English and begin an entry."""
    await person.gets(person.starts())
    await person.gets(person.taps("English"))
    await person.gets(person.says("/new"))


async def answer_until(person: Person, answers: dict[str, str], question: str) -> None:
    """Arrive in English, begin an entry and answer up to a question, which stays open."""
    await arrive(person)
    await walk(person, answers, until=question)
