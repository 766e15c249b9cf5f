"""A template comes back: its answers go into the draft, by the rules that hold for typed ones.

Nothing is lost by it. A field that is empty leaves what stands; an answer that is replaced is said, old and new; what
cannot be taken is named with its cell; and all that the file did can be undone until its person goes on.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from itertools import groupby
from typing import Any

from dialogs.answers.text import is_blank
from dialogs.domain.conversation import Answer, AnswerStatus, Draft
from dialogs.domain.messages import Code, Listing, M, Message, Value
from dialogs.domain.offline import Cell, FilledIn
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import QuestionKind, Questionnaire
from dialogs.form.answer_format import answer_shown, shortened
from dialogs.form.check.record import named
from dialogs.form.input.guards import writable
from dialogs.form.new_entry import start_draft
from dialogs.form.offline.fields import field_texts, plain
from dialogs.form.offline.questions import SEVERAL, is_left_out
from dialogs.form.offline.reading import read_fields
from dialogs.form.save_answer import AFTER, tell_change
from dialogs.questionnaire.journey import Stop
from dialogs.step_context import StepContext

__all__ = ["MOST_TOLD", "take"]

MOST_TOLD = 25
"""Mistakes, and replaced answers, that are told one by one; of more, how many they are."""

MOST_CHARACTERS = 200_000
"""Of all fields together: several times the longest entry."""


@dataclass
class _Outcome:
    """What became of the fields so far. `before`: the answers that were there, by key; None: there was none."""

    before: dict[str, Answer | None] = field(default_factory=dict)
    wrong: list[tuple[Stop, Cell, Message]] = field(default_factory=list)
    replaced: list[Message] = field(default_factory=list)
    understood: list[Message] = field(default_factory=list)
    unasked: list[Value] = field(default_factory=list)
    gone: int = 0


def take(ctx: StepContext, filled: FilledIn) -> None:
    """Put the answers of a template into the draft that it was made for, and say what came of it."""
    if sum(len(cell.text) for cell in filled.cells) > MOST_CHARACTERS:
        ctx.error(M("template.problem.huge"))
        return
    if not _opened(ctx, filled) or not writable(ctx):
        return
    if filled.version != ctx.journey.questionnaire.version:
        ctx.note(M("template.other_edition"))
    outcome, aside = _Outcome(), ctx.journey.set_aside()
    for key, cells in _by_question(ctx.journey.questionnaire, filled.cells):
        _field(ctx, key, cells, filled.language, outcome)
        if not _is_agreed(ctx):
            ctx.error(M("template.agree_first"))
            break
    tell_change(ctx, aside)
    _tell(ctx, outcome)
    ctx.goto("template_read", filled=len(outcome.before), wrong=len(outcome.wrong), before=_kept(outcome.before))


def _opened(ctx: StepContext, filled: FilledIn) -> bool:
    """Open the draft that the file is about. One that is about none is for that of the same title, or a new one."""
    live = {draft.id: draft for draft in ctx.conversation.drafts.values() if draft.discarded is None}
    if filled.draft:
        if filled.draft not in live:
            ctx.error(M("template.other_draft"))
            return False
        ctx.open_draft(filled.draft)
        return True
    same = next((draft.id for draft in live.values() if _title(ctx, filled) == _kept_title(ctx, draft)), None)
    if same is not None and _title(ctx, filled):
        ctx.open_draft(same)
        return True
    before = set(ctx.conversation.drafts)
    start_draft(ctx, "new")
    return set(ctx.conversation.drafts) != before


def _title(ctx: StepContext, filled: FilledIn) -> str:
    id = ctx.world.questionnaire(filled.version).id_of(QuestionRole.TITLE)
    return next((" ".join(cell.text.split()) for cell in filled.cells if cell.key == id), "")


def _kept_title(ctx: StepContext, draft: Draft) -> str:
    journey = ctx.journey_of(draft)
    return str(journey.facts.played(QuestionRole.TITLE) or "")


def _by_question(questionnaire: Questionnaire, cells: Sequence[Cell]) -> list[tuple[str, list[Cell]]]:
    """The fields of each question, in the order in which questions are asked: what one is may hang on those before."""
    order = {id: number for number, id in enumerate(questionnaire.by_id)}
    there = sorted(cells, key=lambda cell: (order.get(cell.key.partition("@")[0], len(order)), cell.key))
    return [(key, list(found)) for key, found in groupby(there, key=lambda cell: cell.key)]


def _is_agreed(ctx: StepContext) -> bool:
    facts = ctx.journey.facts
    there = QuestionRole.AGREEMENT in ctx.journey.questionnaire.ids and not ctx.journey.draft.is_handed
    return not there or facts.played(QuestionRole.AGREEMENT) is True


def _field(ctx: StepContext, key: str, cells: Sequence[Cell], language: str, outcome: _Outcome) -> None:
    there = [cell for cell in cells if not is_blank(cell.text)]
    question = ctx.journey.questionnaire.by_id.get(key.partition("@")[0])
    if not there or question is None or is_left_out(question):
        outcome.gone += bool(there) and question is None
        return
    stop = ctx.journey.by_key.get(key)
    if stop is None:
        outcome.unasked.append(question.label)
        return

    def say(value: Value, /) -> str:
        return ctx.world.vocabulary.speaking.say(value, language or ctx.language)

    standing = ctx.journey.facts.value(key)
    if _texts(there, stop) == [" ".join(text.split()) for text in field_texts(question, standing, say)]:
        return
    closed = M("handing.is_handed") if stop.section in ctx.journey.draft.handed else None
    if closed is not None or _is_frozen(ctx, stop):
        outcome.wrong.append((stop, there[0], closed or M("dated.frozen")))
        return
    reading = read_fields(ctx, stop, there, say)
    outcome.wrong += [(stop, cell, message) for cell, message in reading.wrong]
    outcome.understood += [M("template.understood", question=named(stop), what=note) for note in reading.notes]
    if reading.short is not None and standing is None and ctx.journey.answer(stop) is None:
        outcome.before[key] = None
        ctx.give(key, reading.short, given=AnswerStatus.COLLECTING, pieces=(reading.short,))
    elif not reading.wrong and not _is_same(reading.value, standing):
        _keep(ctx, stop, reading.value, standing, outcome)


def _texts(cells: Sequence[Cell], stop: Stop) -> list[str]:
    return [" ".join(plain(cell.text).split()) for cell in cells[: None if stop.question.kind in SEVERAL else 1]]


def _is_frozen(ctx: StepContext, stop: Stop) -> bool:
    correction = ctx.conversation.correction
    return stop.frozen and not (correction is not None and correction.comment(stop.key) is not None)


def _is_same(value: Any, standing: Any) -> bool:
    if isinstance(value, list) and isinstance(standing, (list, tuple)):
        return set(map(str, value)) == set(map(str, standing)) and len(value) == len(standing)
    return str(value) == str(standing) if standing is not None else False


def _keep(ctx: StepContext, stop: Stop, value: Any, standing: Any, outcome: _Outcome) -> None:
    role, draft = stop.question.role, ctx.journey.draft
    if role is QuestionRole.AGREEMENT and value is not True:
        return  # said below: nothing is kept behind an agreement that was not given, and none is taken back by a file
    if role is not QuestionRole.AGREEMENT:
        outcome.before[stop.key] = ctx.journey.answer(stop)
    if standing is not None:
        was, now = (shortened(answer_shown(stop.question, each, draft)) for each in (standing, value))
        outcome.replaced.append(M("template.replaced", question=named(stop), old=was, new=now))
    pieces = (value,) if stop.question.kind is QuestionKind.LONG_TEXT else ()
    ctx.give(stop.key, value, pieces=pieces)
    if role is not None and role in AFTER:
        AFTER[role](ctx, value)


def _tell(ctx: StepContext, outcome: _Outcome) -> None:
    for stop, cell, message in outcome.wrong[:MOST_TOLD]:
        ctx.error(M("template.wrong", cell=Code(cell.where), question=named(stop), problem=message))
    if len(outcome.wrong) > MOST_TOLD:
        ctx.error(M("template.more_wrong", more=len(outcome.wrong) - MOST_TOLD))
    for told in (outcome.replaced, outcome.understood):
        for message in told[:MOST_TOLD]:
            ctx.note(message)
    if len(outcome.replaced) > MOST_TOLD:
        ctx.note(M("template.more_replaced", more=len(outcome.replaced) - MOST_TOLD))
    if outcome.unasked:
        ctx.note(M("template.unasked", questions=Listing(tuple(dict.fromkeys(outcome.unasked)))))
    if outcome.gone:
        ctx.note(M("template.gone", gone=outcome.gone))


def _kept(before: Mapping[str, Answer | None]) -> dict[str, Any]:
    """The answers as they were, as plain values, for undoing."""
    return {
        key: None if answer is None else [answer.value, answer.given.value, answer.ref, list(answer.pieces)]
        for key, answer in before.items()
    }
