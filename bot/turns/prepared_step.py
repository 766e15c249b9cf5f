"""A step made before its turn: what takes long to read is read where nobody waits for it.

A turn is one transaction: on SQLite everybody waits for the thread that writes, on PostgreSQL a transaction's Python
runs on the event loop. The machine is pure, though: the same conversation and event give the same step. So for a long
text the conversation is loaded on a reading connection and stepped in a thread of its own; in the turn, where it is
loaded again with the person's row locked, the step is used if the conversation is still the same. If somebody
changed it meanwhile the machine steps in the turn, as it does for everything short.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from dialogs.domain.conversation import Conversation
from dialogs.domain.events import Commanded, Edited, Event, Said, Sent

if TYPE_CHECKING:
    from dialogs.machine import Step

__all__ = ["Prepared", "is_long", "made_for"]

LONG = 200
"""Characters of a text that is read beside the turn: below it, reading takes less time than loading twice."""


@dataclass(frozen=True, slots=True)
class Prepared:
    """A step, and the conversation that it was made for."""

    conversation: Conversation
    step: Step


def is_long(event: Event) -> bool:
    """Whether an event bears a text that may take long to read, or a whole questionnaire."""
    return len(_text_of(event)) > LONG or (isinstance(event, Sent) and event.filled is not None)


def _text_of(event: Event) -> str:
    if isinstance(event, Said | Edited):
        return event.text
    if isinstance(event, Sent):
        return event.caption
    return event.argument if isinstance(event, Commanded) else ""


def made_for(conversation: Conversation, prepared: Prepared | None) -> Step | None:
    """The prepared step, if the conversation is what it was made for."""
    return prepared.step if prepared is not None and prepared.conversation == conversation else None
