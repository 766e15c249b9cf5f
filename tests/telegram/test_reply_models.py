"""The models of Telegram's replies are built once."""

from __future__ import annotations

import gc
import weakref
from typing import Any

from aiogram.methods import EditMessageReplyMarkup, Response, SendMessage, TelegramMethod

from bot.channels.telegram.api_client import ApiClient
from bot.rate_limit import Budget


async def test_the_model_of_a_reply_outlives_the_garbage_collector() -> None:
    async def bot(method: TelegramMethod[Any]) -> bool:
        return True

    client = ApiClient(bot, Budget(1000))  # type: ignore[arg-type]
    for method in (SendMessage(chat_id=1, text="?"), EditMessageReplyMarkup(chat_id=1, message_id=1)):
        await client.call(method)
        model = weakref.ref(Response[method.__returning__])  # type: ignore[name-defined]
        gc.collect()
        assert model() is not None, f"the reply of {type(method).__name__} has to be modelled anew"
