"""What a question's screen carries beside its lines: the answer as it stands, its extent, files, months, sections."""

from __future__ import annotations

from typing import Any

from dialogs.answers.long_text import words
from dialogs.details import Details, Extent, Kept
from dialogs.domain.conversation import AnswerStatus
from dialogs.domain.messages import Month, Value
from dialogs.domain.questionnaire import QuestionKind
from dialogs.domain.values.dates import date_shown, first_month
from dialogs.form.parts import parts
from dialogs.form.progress import way
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.options import option_label
from dialogs.screens import Choice
from dialogs.step_context import StepContext

__all__ = ["details_of"]

IN_PIECES = (".done", ".undo", ".restart")
"""Ways that are moot where one field holds all of the text."""

YEARS_AHEAD = 10
"""Years ahead that can be picked for what is planned."""

MEGABYTE = 1_000_000

EARLIEST = Month(1990, 1)


IN_PAGES = (".page", ".browse", ".choices")
"""Ways that are moot where all options are there, or are found while one types."""


def details_of(ctx: StepContext, stop: Stop, options: tuple[Choice, ...] = ()) -> Details:
    """The details of a question's screen. `options`: all of its options, when its rows show a page of them."""
    question = stop.question
    text = _text(ctx, stop)
    one_field = question.kind in (QuestionKind.LONG_TEXT, QuestionKind.ITEMS)
    return Details(
        text=text,
        extent=_extent(ctx, stop, text),
        parts=tuple(parts(ctx.journey, here=stop.section)),
        replaced=(*(IN_PIECES if one_field else ()), *IN_PAGES, *(option.code for option in options)),
        way=way(ctx.journey, stop),
        months=_months(ctx, stop),
        names=question.options if question.kind in (QuestionKind.COUNTRY, QuestionKind.COUNTRIES) else None,
        options=options,
        files=_files(ctx, stop),
        most_files=question.limits.max_files,
        most_bytes=(question.limits.max_mb_each or 20) * MEGABYTE if question.kind is QuestionKind.FILE else None,
    )


def _text(ctx: StepContext, stop: Stop) -> Value | None:
    """The answer as its person would type it: given, being written, or from the entry that is updated."""
    answer = ctx.journey.answer(stop)
    value = answer.value if answer is not None else ctx.journey.old(stop)
    if value is None or (answer is not None and answer.given is AnswerStatus.SKIPPED):
        return None
    return _typed(stop, value)


def _typed(stop: Stop, value: Any) -> Value | None:
    kind = stop.question.kind
    if kind in (QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.EMAIL, QuestionKind.URL, QuestionKind.NUMBER):
        return str(value)
    if kind in (QuestionKind.MONTH, QuestionKind.DATE):
        return date_shown(value)
    if kind is QuestionKind.COUNTRY:
        return option_label(stop.question.options or "", str(value))
    if kind is QuestionKind.ITEMS and isinstance(value, (list, tuple)):
        return "\n".join(map(str, value))
    if kind is QuestionKind.PLACE and isinstance(value, dict):
        return str(value.get("name") or "") or None
    return None


def _extent(ctx: StepContext, stop: Stop, text: Value | None) -> Extent | None:
    if stop.question.kind is not QuestionKind.LONG_TEXT:
        return None
    limits = stop.question.limits
    count = words(text, ctx.language) if isinstance(text, str) else 0
    return Extent(count, limits.min_words, limits.max_words)


def _months(ctx: StepContext, stop: Stop) -> tuple[Month, Month] | None:
    """The months to pick from: from the earliest that is taken to now, or years ahead for what is planned."""
    if stop.question.kind not in (QuestionKind.MONTH, QuestionKind.DATE):
        return None
    bound = stop.question.limits.not_before
    first = ctx.journey.facts.value(bound) if isinstance(bound, str) else bound
    first = first_month(first) if isinstance(first, str) else first
    ahead = YEARS_AHEAD if ctx.journey.facts.value("status") == "planned" else 0
    return first or EARLIEST, Month(ctx.at.year + ahead, 12 if ahead else ctx.at.month)


def _files(ctx: StepContext, stop: Stop) -> tuple[Kept, ...]:
    answer, draft = ctx.journey.answer(stop), ctx.journey.draft
    if stop.question.kind is not QuestionKind.FILE or answer is None or answer.given is AnswerStatus.SKIPPED:
        return ()
    found = [draft.files[id] for id in answer.value or () if id in draft.files]
    return tuple(Kept(f.id, f.name, f.kind, f.size, f".remove_file:{f.id}") for f in found)
