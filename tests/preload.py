"""What a service makes when it is first talked to, made once, before commands are forked.

Loaded after `bot.channels.telegram`, which sees to it that aiogram makes no more of its types than are used.
"""

from aiogram.methods import EditMessageText, GetMe, Response, SendMessage, SetMyCommands
from aiogram.types import Update

from bot.wiring import make_machine
from locales.words import Words

make_machine(Words.ours())
Update.model_rebuild()
for method in (EditMessageText, GetMe, SendMessage, SetMyCommands):
    Response[method.__returning__]  # type: ignore[name-defined]
