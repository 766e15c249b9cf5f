"""Words by which somebody does not answer: "skip", "next", "done", "I don't know", "n/a". They are never an answer.

An optional question is skipped by them. A required one is left open for later by "later" and "next"; by the others
it says that it needs an answer, and offers to wait. "None" and "I don't know" are answers where an option says so.
Where one option was offered back, "yes" takes it and "no" doesn't.
"""

from __future__ import annotations

from dialogs.answers.readers import Accepted, read
from dialogs.domain.conversation import AnswerStatus
from dialogs.domain.events import Said
from dialogs.domain.messages import M
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form.actions import ACTIONS
from dialogs.form.answer_format import option_shown
from dialogs.form.finish import skip
from dialogs.form.input.choice_input import accept, picked
from dialogs.form.input.guards import context_of
from dialogs.form.question_screen import is_begun, selection, takes_several
from dialogs.questionnaire.journey import Stop
from dialogs.step_context import StepContext

__all__ = ["non_answer"]

UNWILLING = frozenset(("skip", "next", "later", "unsure", "none", "keep", "done"))

NAMED = (QuestionKind.ONE, QuestionKind.SEVERAL, QuestionKind.COUNTRY, QuestionKind.COUNTRIES, QuestionKind.YES_NO)
"""Kinds whose options are looked through first: one may be called by such a word."""


def non_answer(ctx: StepContext, stop: Stop, event: Said) -> bool:
    """Follow such a word; False when the text may be an answer."""
    intent = ctx.world.vocabulary.wanted(event.text) or _of_signs(event.text)
    candidates = ctx.args.get("candidates")
    if candidates and intent in ("yes", "no"):
        _answered(ctx, stop, list(map(str, candidates)), yes=intent == "yes")
        return True
    if intent == "no" and stop.question.kind not in NAMED:
        intent = "none"
    if intent not in UNWILLING or _names_an_option(ctx, stop, event):
        return False
    if intent == "done" and (takes_several(stop.question) or is_begun(ctx, stop)):
        return False  # said of what was chosen or sent so far: its reader says what is lacking
    if _says_option(ctx, stop, intent):
        return True
    if intent == "keep":
        return False
    if is_begun(ctx, stop) and not takes_several(stop.question):
        ACTIONS[".later"](ctx, stop, "")
    elif intent in ("later", "next") and _is_answered(ctx, stop):
        ACTIONS[".next"](ctx, stop, "")
    elif not stop.required or _is_answered(ctx, stop):
        skip(ctx, stop, "")
    elif intent in ("later", "next") and not ctx.journey.cannot_wait(stop):
        ACTIONS[".later"](ctx, stop, "")
    else:
        ctx.error(M("skip.required"))
        ctx.update(stuck=True)
    return True


def _is_answered(ctx: StepContext, stop: Stop) -> bool:
    answer = ctx.journey.answer(stop)
    return answer is not None and answer.given is AnswerStatus.ANSWERED


def _of_signs(text: str) -> str | None:
    """`-`, `...` and `?` stand for no answer as well."""
    return None if any(character.isalnum() for character in text) or len(text) > 5 else "unsure"


def _answered(ctx: StepContext, stop: Stop, candidates: list[str], *, yes: bool) -> None:
    if not yes:
        ctx.update(candidates=None)
    elif len(candidates) == 1:
        picked(ctx, stop, candidates[0])
    else:
        ctx.note(M("uncertain.which"))


SAYING = {"none": ("none", "nothing", "no_change"), "unsure": ("unknown",), "keep": ("no_change",)}
"""The codes of options that say just what such a word says: then it is an answer, and no wish to be left alone."""


def _says_option(ctx: StepContext, stop: Stop, intent: str) -> bool:
    """Take the option that says it, when there is one and nothing else was picked."""
    offered = {option.code for option in context_of(ctx, stop).options}
    code = next((code for code in SAYING.get(intent, ()) if code in offered), None)
    several = stop.question.kind is QuestionKind.SEVERAL
    if code is None or (several and selection(ctx, stop)):
        return False
    ctx.note(M("reading.understood", answer=option_shown(stop.question, code)))
    accept(ctx, stop, [code] if several else code)
    return True


def _names_an_option(ctx: StepContext, stop: Stop, event: Said) -> bool:
    named = stop.question.kind in NAMED
    return named and isinstance(read(stop.question, event.text, context_of(ctx, stop)), Accepted)
