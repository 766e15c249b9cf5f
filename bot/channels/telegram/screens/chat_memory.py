"""What this process noted last of each chat, so that the next screen need not ask the store what stands there.

The memory only proposes. What it says is noted with the condition that the store says the same
(`shown_messages.note_if_as_seen`): another process may have shown something in the meantime.
"""

from __future__ import annotations

from collections import OrderedDict
from typing import Any

from sqlalchemy import Row

from storage.people.shown_messages import Chat, Sent

__all__ = ["ChatMemory"]

REMEMBERED = 20_000
"""Chats, of which each takes some 300 bytes."""


class ChatMemory:
    """By address: what was noted, and the message that was sent last, which may not be noted yet."""

    def __init__(self) -> None:
        self._noted: OrderedDict[str, Chat] = OrderedDict()
        self._sent: OrderedDict[str, Sent] = OrderedDict()

    def chat(self, address: str, account: Row[Any] | None) -> Chat | None:
        """What stands in a chat: as noted here, or as the account's row has it, whichever is newer."""
        noted = self._noted.get(address)
        if account is None:
            return None
        kept = Chat(account.asked_message, account.asked_stamp, account.asked_first, account.last_message)
        if noted is None or noted.asked_stamp is None or (kept.asked_stamp or 0) > noted.asked_stamp:
            return kept
        return noted

    def buttons(self, address: str, known: int | None) -> int | None:
        """The message with the newest buttons, where `known` is the one that the store knew of."""
        sent = self._sent.get(address)
        if sent is None or sent.buttons is None or (known is not None and known >= sent.message):
            return known
        return sent.message if sent.buttons else None

    def was_sent(self, address: str, sent: Sent) -> None:
        """Remember a message that Telegram has."""
        _remember(self._sent, address, sent)

    def was_noted(self, address: str, chat: Chat | None) -> None:
        """Remember what was noted; None: it is not known what is noted by now."""
        if chat is None:
            self._noted.pop(address, None)
            return
        _remember(self._noted, address, chat)


def _remember(memory: OrderedDict[str, Any], address: str, what: Any) -> None:
    memory[address] = what
    memory.move_to_end(address)
    while len(memory) > REMEMBERED:
        memory.popitem(last=False)
