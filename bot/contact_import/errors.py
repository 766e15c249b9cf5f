"""Why a file cannot be read as a list."""

from __future__ import annotations

from dialogs.domain.messages import Message
from locales.words import SOURCE, Words

__all__ = ["ListError"]


class ListError(Exception):
    """Why a file cannot be read as a list at all: `what` says what to do."""

    def __init__(self, what: Message) -> None:
        self.what = what

    def __str__(self) -> str:
        return Words.ours().say(self.what, SOURCE)
