"""What comes after an answer: the question that follows, or what some answers ask for before it."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.domain.effects import FindEntries, FindSimilar
from dialogs.domain.mailbox import LookAtMail
from dialogs.domain.question_roles import QuestionRole
from dialogs.questionnaire.journey import Stop
from dialogs.step_context import StepContext

__all__ = ["advance", "open_question", "proceed"]


def open_question(ctx: StepContext, stop: Stop, back_to: str | None = None) -> None:
    """Go to a question; `back_to` names the place to return to once it is answered."""
    ctx.goto("filling", q=stop.key, **({"return": back_to} if back_to else {}))


def advance(ctx: StepContext, stop: Stop) -> None:
    """Go on after a question was answered: what the answer asks for, else the next place."""
    role = stop.question.role
    if role is not None and FOLLOW_UPS.get(role, _go_on)(ctx, stop):
        return
    proceed(ctx, stop.key)


def _go_on(ctx: StepContext, stop: Stop) -> bool:
    return False


def _agreed(ctx: StepContext, stop: Stop) -> bool:
    if ctx.journey.facts.played(QuestionRole.AGREEMENT) is False:
        ctx.goto("declined")
        return True
    return False


def _find_existing(ctx: StepContext, stop: Stop) -> bool:
    if ctx.draft is None or ctx.draft.revises is not None or ctx.draft.is_handed:
        return False
    ctx.goto("finding", q=stop.key)
    ctx.ask(FindEntries(str(ctx.journey.facts.played(QuestionRole.EXISTING_ENTRY))))
    return True


def _find_similar(ctx: StepContext, stop: Stop) -> bool:
    draft, facts = ctx.draft, ctx.journey.facts
    if draft is None or draft.revises is not None or draft.is_handed:
        return False  # whether it is in the register already is for its owner to say
    back = ctx.args.get("return")
    ctx.goto("guarding", q=stop.key, **({"return": back} if back else {}))
    name, country = QuestionRole.ORGANIZATION_NAME, QuestionRole.ORGANIZATION_COUNTRY
    title = str(facts.played(QuestionRole.TITLE))
    ctx.ask(FindSimilar(title, str(facts.played(name) or ""), facts.played(country)))
    return True


def _ask_about_letters(ctx: StepContext, stop: Stop) -> bool:
    """Whether we may write to the address: how they stand to that is looked up first, and mostly nothing is asked."""
    if not ctx.world.letters or ctx.draft is None or ctx.draft.is_handed or ctx.conversation.only is not None:
        return False
    back = ctx.args.get("return")
    address = str(ctx.journey.facts.played(QuestionRole.CONTACT_EMAIL) or "")
    ctx.goto("letters", q=stop.key, address=address, **({"return": back} if back else {}))
    ctx.ask(LookAtMail())
    return True


FOLLOW_UPS: Mapping[QuestionRole, Callable[[StepContext, Stop], bool]] = {
    QuestionRole.AGREEMENT: _agreed,
    QuestionRole.EXISTING_ENTRY: _find_existing,
    QuestionRole.TITLE: _find_similar,
    QuestionRole.CONTACT_EMAIL: _ask_about_letters,
}
"""Answers that are followed by something other than the next question."""


def proceed(ctx: StepContext, key: str) -> None:
    """The next question after `key`; back to where one came from, once what newly opened is answered too."""
    journey, back_to = ctx.journey, ctx.args.get("return")
    if back_to:
        opened = next((s for s in journey.open() if s.required or s.key.partition("@")[0] == "targets"), None)
        if opened is not None and back_to in ("review", "correction") and opened.required:
            open_question(ctx, opened, back_to)
        else:
            ctx.goto(str(back_to))
        return
    following = journey.next_open(key)
    if following is None:
        ctx.goto("review")
    else:
        open_question(ctx, following)
