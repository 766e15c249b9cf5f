"""What people send that is no answer, and what they are told then: one list, for every channel that can carry it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dialogs.domain.questionnaire import QuestionKind
from dialogs.questionnaire.source import loader
from locales.words import Words, pieces
from tests.samples import ANSWERS

__all__ = ["ENTRY_SO_FAR", "STOPS", "TEXTS", "refusals", "tells"]

WORDS = Words.ours()

STOPS = (
    *("agree", "contact_name", "contact_email", "org_type", "org_country", "org_url", "description", "start_date"),
    *("countries", "documents", "lines", "people_reached"),
)
"""One question of every kind, in the order in which they are met."""

TEXTS = {
    "nothing": "\u200b \u2060",
    "4,096 characters": "é" * 4_096,
    "overrides": "\u202etxet\u202c \u2067gpj.exe",
    "markup": '<b>Q&A</i> *_[x](tg://user?id=1)_* `~` &nbsp; "<script>"',
    "an e-mail without a domain": "amina@",
    "a month to come": "décembre 2099",
}
"""Texts that answer no question but one for a text."""

REFUSALS = {
    QuestionKind.ONE: ("reading.choice.",),
    QuestionKind.SEVERAL: ("reading.choice.", "reading.several."),
    QuestionKind.YES_NO: ("reading.yes_no.",),
    QuestionKind.COUNTRY: ("reading.country.",),
    QuestionKind.COUNTRIES: ("reading.country.",),
    QuestionKind.NUMBER: ("reading.number.",),
    QuestionKind.MONTH: ("reading.month.",),
    QuestionKind.EMAIL: ("reading.email.",),
    QuestionKind.URL: ("reading.url.",),
    QuestionKind.FILE: ("file.text_instead",),
}

AS_TYPED = (
    *("entry_mode", "contact_name", "contact_role", "contact_email", "org_name", "org_type", "title", "activity_type"),
    *("description", "activity_url", "status", "coverage"),
)

ENTRY_SO_FAR = {question: ANSWERS[question] for question in AS_TYPED} | {
    "language": "fr",
    "agree": True,
    "org_country": "KE",
    "org_url": "https://lakenet.org",
    "start_date": "2023-03",
    "countries": ["KE"],
}
"""What must be kept of somebody who reads French and answered between all this, up to `documents`; nothing else."""


def refusals(question: str, kind_of_text: str) -> tuple[str, ...]:
    """Keys, or beginnings of keys, one of which is said to a text of `TEXTS` at a question; none: it is an answer."""
    if kind_of_text == "nothing":
        return ("odd.empty",)
    kind = loader.version("2027").by_id[question].kind
    if kind is QuestionKind.TEXT and kind_of_text == "4,096 characters":
        return ("reading.text.too_long",)
    return REFUSALS.get(kind, ())


def tells(text: str, language: str, keys: Iterable[str]) -> bool:
    """Whether a text holds one of these messages in a language, whatever stands in its gaps."""
    said = " ".join(text.split())
    return any(all(part in said for part in parts) for parts in _messages(language, tuple(keys)))


def _messages(language: str, keys: tuple[str, ...]) -> Iterator[list[str]]:
    for key in WORDS.keys(language):
        if key.startswith(keys):
            for form in WORDS.forms(language, key):
                yield [" ".join(fixed.split()) for fixed, _ in pieces(form) if fixed.strip()]
