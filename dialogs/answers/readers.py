"""Reading typed answers: one reader and one checker for each kind of question."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs.answers.country import read_countries, read_country
from dialogs.answers.echo import said_back
from dialogs.answers.email_address import check_email, read_email
from dialogs.answers.file import check_files, read_file
from dialogs.answers.items import check_items, read_items
from dialogs.answers.location import check_place, read_place
from dialogs.answers.long_text import check_long_text, read_long_text
from dialogs.answers.month import check_date, check_month, read_date, read_month
from dialogs.answers.multi_choice import check_several, read_several
from dialogs.answers.number import check_number, read_number
from dialogs.answers.results import Accepted, Checker, Context, Doubtful, Reader, Reading, Refusal, Uncertain
from dialogs.answers.single_choice import check_one, read_one
from dialogs.answers.text import check_text, read_text
from dialogs.answers.url import check_url, read_url
from dialogs.answers.yes_no import check_yes_no, read_yes_no
from dialogs.domain.messages import Message
from dialogs.domain.questionnaire import Question, QuestionKind

__all__ = ["Accepted", "Context", "Doubtful", "Reading", "Refusal", "Uncertain", "check", "read"]

KINDS: Mapping[QuestionKind, tuple[Reader, Checker]] = {
    QuestionKind.ONE: (read_one, check_one),
    QuestionKind.SEVERAL: (read_several, check_several),
    QuestionKind.YES_NO: (read_yes_no, check_yes_no),
    QuestionKind.COUNTRY: (read_country, check_one),
    QuestionKind.COUNTRIES: (read_countries, check_several),
    QuestionKind.NUMBER: (read_number, check_number),
    QuestionKind.MONTH: (read_month, check_month),
    QuestionKind.DATE: (read_date, check_date),
    QuestionKind.EMAIL: (read_email, check_email),
    QuestionKind.URL: (read_url, check_url),
    QuestionKind.TEXT: (read_text, check_text),
    QuestionKind.LONG_TEXT: (read_long_text, check_long_text),
    QuestionKind.FILE: (read_file, check_files),
    QuestionKind.ITEMS: (read_items, check_items),
    QuestionKind.PLACE: (read_place, check_place),
}


def read(question: Question, text: str, context: Context) -> Reading:
    """Understand what a person typed at a question. Never raises, whatever was typed."""
    reader, _ = KINDS[question.kind]
    return said_back(question, text, reader(question, text, context), context)


def check(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with a value that was tapped, or kept earlier and looked at again; None: nothing."""
    _, checker = KINDS[question.kind]
    return checker(question, value, context)
