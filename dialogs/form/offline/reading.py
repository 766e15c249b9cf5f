"""The fields of one question, read as typed answers are: the value, or what is wrong in which field."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any

from dialogs.answers.long_text import tidy
from dialogs.answers.readers import Accepted, Doubtful, Refusal, Uncertain, check, read
from dialogs.answers.results import Context
from dialogs.domain.messages import Listing, M, Message, Value
from dialogs.domain.offline import Cell
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form.answer_format import option_shown
from dialogs.form.input.guards import context_of
from dialogs.form.input.multipart_input import limit_missed, too_much
from dialogs.form.offline.fields import Say, option_text
from dialogs.form.offline.questions import SEVERAL
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.options import options_of
from dialogs.step_context import StepContext

__all__ = ["FieldReading", "read_fields"]

LONGEST = 20_000
"""Characters of a field that are read, as many as of a text in the web chat."""

CHOICES = (QuestionKind.ONE, QuestionKind.YES_NO, QuestionKind.COUNTRY, *SEVERAL)


@dataclass(frozen=True, slots=True)
class FieldReading:
    """What came of the fields of a question. `short`: a long text of the wrong length, kept to be mended."""

    value: Any = None
    wrong: tuple[tuple[Cell, Message], ...] = ()
    notes: tuple[Message, ...] = ()
    short: str | None = None


def read_fields(ctx: StepContext, stop: Stop, cells: Sequence[Cell], say: Say) -> FieldReading:
    """Read what stands in the fields; none of them is blank."""
    refused = next(((cell, message) for cell in cells if (message := _unreadable(cell))), None)
    if refused is not None:
        return FieldReading(wrong=(refused,))
    if stop.question.kind is QuestionKind.LONG_TEXT:
        return _long_text(ctx, stop, cells[0])
    if stop.question.kind in CHOICES:
        return _choices(ctx, stop, cells, say)
    return _single(stop, cells[0], context_of(ctx, stop))


def _unreadable(cell: Cell) -> Message | None:
    if cell.formula:
        return M("template.formula")
    count = len(cell.text)
    return M("reading.text.too_long", count, max=LONGEST, over=count - LONGEST) if count > LONGEST else None


def _long_text(ctx: StepContext, stop: Stop, cell: Cell) -> FieldReading:
    text = tidy(cell.text)
    excess = too_much(text)
    refusal = excess or limit_missed(ctx, stop, text)
    if refusal is None:
        return FieldReading(text)
    return FieldReading(wrong=((cell, refusal),), short=None if excess else text)


def _single(stop: Stop, cell: Cell, context: Context) -> FieldReading:
    reading = read(stop.question, cell.text, context)
    if isinstance(reading, Accepted):
        return FieldReading(reading.value, notes=(reading.note,) if reading.note is not None else ())
    return FieldReading(wrong=((cell, _said(stop, reading)),))


def _choices(ctx: StepContext, stop: Stop, cells: Sequence[Cell], say: Say) -> FieldReading:
    """By the names in the list; what was typed instead is read as in the chat, if it means what the question offers."""
    context = context_of(ctx, stop)
    offered = [option.code for option in options_of(stop, ctx.journey.facts)]
    named = {option_text(stop.question, code, say): code for code in offered}
    codes: list[str] = []
    wrong: list[tuple[Cell, Message]] = []
    notes: list[Message] = []
    for cell in cells:
        if cell.text.strip() in named:
            codes.append(named[cell.text.strip()])
            continue
        reading = read(stop.question, cell.text, context)
        found = _codes(reading.value) if isinstance(reading, Accepted) else []
        if not isinstance(reading, Accepted):
            wrong.append((cell, _said(stop, reading)))
        elif not set(found) <= set(offered):
            wrong.append((cell, M("reading.choice.not_offered")))
        else:
            codes += found
            notes += [reading.note] if reading.note is not None else []
    if wrong:
        return FieldReading(wrong=tuple(wrong), notes=tuple(notes))
    value = _value(stop, sorted(dict.fromkeys(codes), key=offered.index))
    refusal = check(stop.question, value, context)
    if refusal is not None:
        return FieldReading(wrong=((cells[0], refusal),))
    return FieldReading(value, notes=tuple(notes))


def _codes(value: Any) -> list[str]:
    if isinstance(value, bool):
        return ["yes" if value else "no"]
    return list(map(str, value)) if isinstance(value, (list, tuple)) else [str(value)]


def _value(stop: Stop, codes: Sequence[str]) -> Any:
    if stop.question.kind in SEVERAL:
        return list(codes)
    return codes[0] == "yes" if stop.question.kind is QuestionKind.YES_NO else codes[0]


def _said(stop: Stop, reading: Refusal | Uncertain | Doubtful) -> Message:
    if isinstance(reading, Refusal | Doubtful):
        return reading.message
    if not reading.candidates:
        return M("reading.several.piece_unknown", text=reading.unknown)
    return M("template.unclear", options=Listing(tuple(_names(stop, reading.candidates)), "or"))


def _names(stop: Stop, codes: Iterable[str]) -> Iterable[Value]:
    return (option_shown(stop.question, code) for code in codes)
