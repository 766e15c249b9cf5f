"""A list of short texts, one a line: partners, publications, prizes won."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from dialogs.answers.results import Accepted, Context, Reading, Refusal
from dialogs.answers.text import characters, clean
from dialogs.domain.messages import M, Message
from dialogs.domain.questionnaire import Question

__all__ = ["check_items", "items_in", "read_items"]

BULLET = re.compile(r"^\s*(?:[-*•·–—]|\d{1,2}[.)])\s+")


MOST = 100
"""Items of a list for which the question sets no bound: each one is a button below it."""


def items_in(text: str) -> tuple[str, ...]:
    """The items of a message: a line each, without the bullets and numbers that people put before them."""
    lines = (" ".join(BULLET.sub("", line).split()) for line in clean(text).split("\n"))
    return tuple(line for line in lines if line)


def read_items(question: Question, text: str, context: Context) -> Reading:
    """All lines of a text, as items."""
    items = list(items_in(text))
    message = check_items(question, items, context)
    return Accepted(items) if message is None else Refusal(message)


def check_items(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with a list: empty, too few, too many, or an item that is too long."""
    if not isinstance(value, Sequence) or isinstance(value, str) or not value:
        return M("reading.items.none")
    limits = question.limits
    if limits.min is not None and len(value) < limits.min:
        return M("reading.items.too_few", limits.min, given=len(value))
    most = limits.max if limits.max is not None else MOST
    if len(value) > most:
        return M("reading.items.too_many", most, given=len(value))
    for item in value:
        if limits.max_chars is not None and characters(str(item)) > limits.max_chars:
            return M("reading.items.too_long", characters(str(item)), item=str(item)[:40], max=limits.max_chars)
    return None
