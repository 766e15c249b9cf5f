"""Options of the open question, picked by a tap or by name: toggled, collected, or the answer at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.domain.conversation import AnswerStatus
from dialogs.domain.messages import M
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form.answer_format import answer_shown, option_shown
from dialogs.form.finish import skip
from dialogs.form.next_question import advance
from dialogs.form.question_screen import selection
from dialogs.form.save_answer import store, tell_change
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.options import belongs_to, options_of
from dialogs.step_context import StepContext

__all__ = ["accept", "picked", "toggle_on"]


def accept(ctx: StepContext, stop: Stop, value: Any, ref: str | None = None) -> None:
    """A whole answer was given: keep it, and go on."""
    if stop.question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
        named = _merged(stop, selection_given(ctx, stop), value)
        ctx.note(M("saved.several", answer=answer_shown(stop.question, named, ctx.journey.draft)))
        value = _here(ctx, stop, named)
        if not value:
            skip(ctx, stop, "")
            return
    store(ctx, stop, value, ref=ref)
    advance(ctx, stop)


def selection_given(ctx: StepContext, stop: Stop) -> list[str]:
    """What was picked by taps so far, before typing."""
    answer = ctx.journey.answer(stop)
    picked = answer is not None and answer.given is AnswerStatus.COLLECTING
    return [str(code) for code in answer.value] if answer and picked else []


def _merged(stop: Stop, first: Sequence[str], more: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*first, *more]))


def picked(ctx: StepContext, stop: Stop, code: str) -> None:
    """An option was tapped."""
    kind = stop.question.kind
    if kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
        _toggle(ctx, stop, code)
        return
    ctx.chosen = option_shown(stop.question, code) if kind is not QuestionKind.YES_NO else M("choice.yes")
    if kind is QuestionKind.YES_NO:
        ctx.chosen = M("choice.yes") if code == "yes" else M("choice.no")
        accept(ctx, stop, code == "yes")
    else:
        accept(ctx, stop, code)


def _toggle(ctx: StepContext, stop: Stop, code: str) -> None:
    chosen = [str(c) for c in selection(ctx, stop)]
    chosen = [c for c in chosen if c != code] if code in chosen else [*chosen, code]
    _collect(ctx, stop, chosen)
    if not ctx.args.get("candidates"):
        ctx.in_place = True
    ctx.update(candidates=None)


def toggle_on(ctx: StepContext, stop: Stop, codes: Sequence[str]) -> None:
    _collect(ctx, stop, _merged(stop, [str(c) for c in selection(ctx, stop)], codes))


def _here(ctx: StepContext, stop: Stop, codes: list[str]) -> list[str]:
    """Of what was named, that which belongs here; the rest is ticked at the next question, where it belongs."""
    facts = ctx.journey.facts
    early = [code for code in codes if belongs_to(stop, code, facts) != stop.key]
    if not early:
        return codes
    key = belongs_to(stop, early[0], facts)
    ctx.give(key, early, given=AnswerStatus.COLLECTING)
    parents = ["C7"] if key == "sublines" else []
    return list(dict.fromkeys([*(code for code in codes if code not in early), *parents]))


def _without_what_stands_alone(stop: Stop, chosen: list[str], ctx: StepContext) -> list[str]:
    """What was picked last decides: "none of these" takes the others out, and any other takes "none of these" out."""
    alone = set(stop.question.alone)
    before = {str(code) for code in selection(ctx, stop)}
    added = [code for code in chosen if code not in before]
    if not alone or not added:
        return chosen
    return [added[-1]] if added[-1] in alone else [code for code in chosen if code not in alone]


def _collect(ctx: StepContext, stop: Stop, chosen: list[str]) -> None:
    chosen = _here(ctx, stop, chosen)
    order = [option.code for option in options_of(stop, ctx.journey.facts)]
    chosen = sorted(chosen, key=lambda code: order.index(code) if code in order else len(order))
    chosen = _without_what_stands_alone(stop, chosen, ctx)
    limit = stop.question.limits.max
    if limit is not None and len(chosen) > limit:
        ctx.error(M("several.too_many", limit))
        return
    before = ctx.journey.set_aside()
    if chosen:
        ctx.give(stop.key, chosen, given=AnswerStatus.COLLECTING)
    else:
        ctx.take_back(stop.key)
    tell_change(ctx, before)
