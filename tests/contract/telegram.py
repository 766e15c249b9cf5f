"""The script over Telegram: a Bot API server of the test's own, and the real service."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tests.botapi import BotApi
from tests.contract.script import Shown
from tests.service import Service

__all__ = ["plays"]

DECORATION = re.compile(r"^(?:• |! )")


async def plays(said: Sequence[str], folder: Path) -> list[Shown]:
    """What stands in the chat anew, or was changed there, after each message."""
    shown: list[Shown] = []
    async with BotApi() as server:
        settings = {"telegram_token": server.token, "telegram_api_url": server.url}
        async with Service(folder, **settings) as service:
            anna = server.person("Anna")
            for text in said:
                before = anna.shown[-1]["message_id"] if anna.shown else 0
                await anna.gets(anna.says(text))
                new = [message for message in anna.shown if message["message_id"] > before] or anna.shown[-1:]
                shown.append(Shown.of(_lines(new), _choices(new[-1])))
            assert "Traceback" not in service.log, service.log
    return shown


def _lines(messages: Sequence[Mapping[str, Any]]) -> Iterator[str]:
    for message in messages:
        yield from (DECORATION.sub("", line) for line in message["text"].splitlines())


def _choices(message: Mapping[str, Any]) -> Iterator[str]:
    """The buttons that every channel has; searching within the chat is Telegram's own."""
    for row in message["reply_markup"]["inline_keyboard"]:
        yield from (button["text"] for button in row if "switch_inline_query_current_chat" not in button)
