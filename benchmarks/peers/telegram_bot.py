"""The walk on python-telegram-bot's ConversationHandler, a foreground webhook, and nothing kept.

`python -m benchmarks.peers.telegram_bot PORT API_URL TOKEN STEPS [FILE]`; STEPS is a JSON file of
`benchmarks.walk.Step`s. With FILE what was answered is kept there by PicklePersistence.
"""

from __future__ import annotations

import asyncio
import sys
from pathlib import Path
from typing import Any

from aiohttp import web
from telegram import InlineKeyboardMarkup, Update
from telegram.ext import (
    Application,
    CommandHandler,
    ContextTypes,
    ConversationHandler,
    MessageHandler,
    PicklePersistence,
    filters,
)

from benchmarks.walk import Step, read_steps


def conversation(steps: list[Step], application: Application[Any, Any, Any, Any, Any, Any], kept: bool) -> None:
    """A state for each question."""

    async def ask(update: Update, number: int) -> int:
        step = steps[number]
        assert update.message is not None
        keyboard = InlineKeyboardMarkup.de_json(step.keyboard, application.bot) if step.keyboard else None
        await update.message.reply_text(step.text, reply_markup=keyboard)
        return number

    async def start(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
        return await ask(update, 0)

    def answered(number: int) -> MessageHandler[Any, Any]:
        async def handle(update: Update, context: ContextTypes.DEFAULT_TYPE) -> int:
            assert update.message is not None and context.user_data is not None
            context.user_data[number] = update.message.text
            return await ask(update, (number + 1) % len(steps))

        return MessageHandler(filters.TEXT & ~filters.COMMAND, handle)

    states: dict[object, list[Any]] = {number: [answered(number)] for number in range(len(steps))}
    entries: list[Any] = [CommandHandler("start", start)]
    application.add_handler(ConversationHandler(entries, states, entries, name="walk", persistent=kept))


async def serve(port: int, api: str, token: str, steps: list[Step], file: str | None) -> None:
    builder = Application.builder().token(token).base_url(f"{api}/bot").updater(None)
    if file is not None:
        builder = builder.persistence(PicklePersistence(file, update_interval=1))
    application = builder.build()
    conversation(steps, application, file is not None)

    async def called(request: web.Request) -> web.Response:
        await application.process_update(Update.de_json(await request.json(), application.bot))
        return web.Response()

    site = web.Application()
    site.router.add_post("/telegram", called)
    async with application:
        await application.start()
        runner = web.AppRunner(site, access_log=None)
        await runner.setup()
        await web.TCPSite(runner, "127.0.0.1", port).start()
        print("open", flush=True)
        await asyncio.Event().wait()


if __name__ == "__main__":
    kept_in = sys.argv[5] if len(sys.argv) > 5 else None
    asyncio.run(serve(int(sys.argv[1]), sys.argv[2], sys.argv[3], read_steps(Path(sys.argv[4])), kept_in))
