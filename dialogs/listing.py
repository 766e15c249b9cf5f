"""An answer that is a list: items are added message by message, changed, taken out, until Done.

Argument of the place: `item`, the position of the item that the next text replaces.
"""

from __future__ import annotations

from collections.abc import Sequence

from dialogs import choices
from dialogs.answers.items import check_items, items_in
from dialogs.answers.outcomes import Context
from dialogs.conversation import Given
from dialogs.events import Said
from dialogs.messages import M
from dialogs.questionnaire.journey import Stop
from dialogs.screens import Choice
from dialogs.showing import shortened
from dialogs.talk import Talk

__all__ = ["chosen", "edited", "items_of", "remove", "rows", "said"]

OF_NO_MESSAGE = "-"
"""Stands for the message of an item that has none, so that messages and items stay side by side."""


def items_of(talk: Talk, stop: Stop) -> list[str]:
    """The items so far; those of the entry being updated while nothing replaced them."""
    answer = talk.journey.answer(stop)
    value = answer.value if answer is not None else talk.journey.old(stop)
    return [str(item) for item in value] if isinstance(value, (list, tuple)) else []


def said(talk: Talk, stop: Stop, event: Said, context: Context) -> None:
    """Each line of a message is an item more; or the new wording of the one that was picked."""
    given, at = items_in(event.text), _picked(talk, stop)
    items, refs = items_of(talk, stop), _refs(talk, stop)
    new = [event.ref or OF_NO_MESSAGE] * len(given)
    if at is None:
        items, refs = [*items, *given], [*refs, *new]
    else:
        items[at : at + 1], refs[at : at + 1] = given, new
    _keep(talk, stop, items, refs, context)


def edited(talk: Talk, stop: Stop, ref: str, text: str, context: Context) -> bool:
    """A message that gave items was edited: its lines take their places. False when they cannot."""
    items, refs = items_of(talk, stop), _refs(talk, stop)
    at = refs.index(ref)
    given = items_in(text)
    left = [(item, r) for item, r in zip(items, refs, strict=True) if r != ref]
    changed = [*left[:at], *((item, ref) for item in given), *left[at:]]
    return _keep(talk, stop, [item for item, _ in changed], [r for _, r in changed], context)


def _keep(talk: Talk, stop: Stop, items: Sequence[str], refs: Sequence[str], context: Context) -> bool:
    """Keep the list if it is within its limits; one that is still too short is on its way."""
    message = check_items(stop.question, items, context)
    short = message is not None and message.key in ("reading.items.too_few",)
    if message is not None and not short:
        talk.missed()
        talk.error(message)
        return False
    answer = talk.journey.answer(stop)
    given = answer.given if answer is not None and answer.given is Given.ANSWERED else Given.COLLECTING
    talk.give(stop.key, list(items), given=given, ref=" ".join(refs))
    talk.stay(item=None)
    return True


def _refs(talk: Talk, stop: Stop) -> list[str]:
    answer, count = talk.journey.answer(stop), len(items_of(talk, stop))
    refs = answer.ref.split() if answer is not None and answer.ref else []
    return refs if len(refs) == count else [OF_NO_MESSAGE] * count


def _picked(talk: Talk, stop: Stop) -> int | None:
    at = talk.args.get("item")
    return at if isinstance(at, int) and at < len(items_of(talk, stop)) else None


def chosen(talk: Talk, stop: Stop, argument: str) -> None:
    """An item was tapped: what is sent next replaces it, or it is taken out."""
    if argument.isdigit() and int(argument) < len(items_of(talk, stop)):
        talk.stay(item=int(argument))
        talk.note(M("items.change", item=items_of(talk, stop)[int(argument)]))


def remove(talk: Talk, stop: Stop) -> None:
    """Take the picked item out."""
    at, items, refs = _picked(talk, stop), items_of(talk, stop), _refs(talk, stop)
    talk.stay(item=None)
    if at is None:
        return
    del items[at], refs[at]
    if items:
        talk.give(stop.key, items, given=Given.COLLECTING, ref=" ".join(refs))
    else:
        talk.take_back(stop.key)


def rows(talk: Talk, stop: Stop) -> choices.Rows:
    """A button for each item; for the one that was picked, the ways with it."""
    if _picked(talk, stop) is not None:
        leave = choices.quiet(".leave_item", M("choice.leave_item"))
        return choices.row(choices.quiet(".remove_item", M("choice.remove_item")), leave)
    items = items_of(talk, stop)
    return choices.column(
        Choice(f".item:{n}", M("choice.change_item", item=shortened(item, 30)), number=n + 1)
        for n, item in enumerate(items)
    )
