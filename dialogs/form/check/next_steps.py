"""What becomes of an entry that was sent: said on the receipt, and in the letter that says that it arrived."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialogs.domain.messages import M, Message
from dialogs.knowledge import prizes

__all__ = ["next_steps"]


def next_steps(answers: Mapping[str, Any]) -> Iterator[Message]:
    """For everybody; then for nominees, whose nomination goes to the experts of its category."""
    yield M("sent.next_private") if answers.get("publish") is False else M("sent.next")
    category = str(answers.get("prize_category") or "")
    if answers.get("nominate") is True and category in map(str, prizes.CATEGORIES.values()):
        yield M("sent.next_prize", category=Message(f"prize_category.{category}"))
