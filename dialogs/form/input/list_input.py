"""An answer that is a list: items are added message by message, changed, taken out, until Done.

Argument of the place: `item`, the position of the item that the next text replaces.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import choices
from dialogs.answers.items import check_items, items_in
from dialogs.answers.results import Context
from dialogs.domain.conversation import AnswerStatus
from dialogs.domain.events import Said
from dialogs.domain.messages import M
from dialogs.form.answer_format import shortened
from dialogs.questionnaire.journey import Stop
from dialogs.screens import Choice
from dialogs.step_context import StepContext

__all__ = ["chosen", "edited", "items_of", "remove", "rows", "said"]

OF_NO_MESSAGE = "-"
"""Stands for the message of an item that has none, so that messages and items stay side by side."""


def items_of(ctx: StepContext, stop: Stop) -> list[str]:
    """The items so far; those of the entry being updated while nothing replaced them."""
    answer = ctx.journey.answer(stop)
    value = answer.value if answer is not None else ctx.journey.old(stop)
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def said(ctx: StepContext, stop: Stop, event: Said, context: Context) -> None:
    """Each line of a message is an item more; or the new wording of the one that was picked; or all of the list."""
    given, at = items_in(event.text), _picked(ctx, stop)
    items, refs = ([], []) if event.whole and at is None else (items_of(ctx, stop), _refs(ctx, stop))
    new = [event.ref or OF_NO_MESSAGE] * len(given)
    if at is None:
        items, refs = [*items, *given], [*refs, *new]
    else:
        items[at : at + 1], refs[at : at + 1] = given, new
    _keep(ctx, stop, items, refs, context)


def edited(ctx: StepContext, stop: Stop, ref: str, text: str, context: Context) -> bool:
    """A message that gave items was edited: its lines take their places. False when they cannot."""
    items, refs = items_of(ctx, stop), _refs(ctx, stop)
    at = refs.index(ref)
    given = items_in(text)
    left = [(item, r) for item, r in zip(items, refs, strict=True) if r != ref]
    changed = [*left[:at], *((item, ref) for item in given), *left[at:]]
    return _keep(ctx, stop, [item for item, _ in changed], [r for _, r in changed], context)


def _keep(ctx: StepContext, stop: Stop, items: Sequence[str], refs: Sequence[str], context: Context) -> bool:
    """Keep the list if it is within its limits; one that is still too short is on its way."""
    message = check_items(stop.question, items, context)
    short = message is not None and message.key in ("reading.items.too_few",)
    if message is not None and not short:
        ctx.missed()
        ctx.error(message)
        return False
    answer = ctx.journey.answer(stop)
    given = answer.given if answer is not None and answer.given is AnswerStatus.ANSWERED else AnswerStatus.COLLECTING
    ctx.give(stop.key, list(items), given=given, ref=" ".join(refs))
    ctx.update(item=None)
    return True


def _refs(ctx: StepContext, stop: Stop) -> list[str]:
    answer, count = ctx.journey.answer(stop), len(items_of(ctx, stop))
    refs = answer.ref.split() if answer is not None and answer.ref else []
    return refs if len(refs) == count else [OF_NO_MESSAGE] * count


def _picked(ctx: StepContext, stop: Stop) -> int | None:
    at = ctx.args.get("item")
    return at if isinstance(at, int) and at < len(items_of(ctx, stop)) else None


def chosen(ctx: StepContext, stop: Stop, argument: str) -> None:
    """An item was tapped: what is sent next replaces it, or it is taken out."""
    if argument.isdigit() and int(argument) < len(items_of(ctx, stop)):
        ctx.update(item=int(argument))
        ctx.note(M("items.change", item=items_of(ctx, stop)[int(argument)]))


def remove(ctx: StepContext, stop: Stop) -> None:
    """Take the picked item out."""
    at, items, refs = _picked(ctx, stop), items_of(ctx, stop), _refs(ctx, stop)
    ctx.update(item=None)
    if at is None:
        return
    del items[at], refs[at]
    if items:
        ctx.give(stop.key, items, given=AnswerStatus.COLLECTING, ref=" ".join(refs))
    else:
        ctx.take_back(stop.key)


def rows(ctx: StepContext, stop: Stop) -> choices.Rows:
    """A button for each item; for the one that was picked, the ways with it."""
    if _picked(ctx, stop) is not None:
        leave = choices.quiet(".leave_item", M("choice.leave_item"))
        return choices.row(choices.quiet(".remove_item", M("choice.remove_item")), leave)
    items = items_of(ctx, stop)
    return choices.column(
        Choice(f".item:{n}", M("choice.change_item", item=shortened(item, 30)), number=n + 1)
        for n, item in enumerate(items)
    )
