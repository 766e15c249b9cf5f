"""The walk on bare aiogram: states in memory, a foreground webhook, and nothing kept.

`python -m benchmarks.peers.aiogram_bot PORT API_URL TOKEN STEPS`; STEPS is a JSON file of `benchmarks.walk.Step`s.
"""

from __future__ import annotations

import sys
from collections.abc import Awaitable, Callable
from pathlib import Path

from aiogram import Bot, Dispatcher
from aiogram.client.session.aiohttp import AiohttpSession
from aiogram.client.telegram import TelegramAPIServer
from aiogram.filters import CommandStart
from aiogram.fsm.context import FSMContext
from aiogram.fsm.state import State
from aiogram.fsm.storage.memory import MemoryStorage
from aiogram.types import InlineKeyboardMarkup, Message
from aiogram.webhook.aiohttp_server import SimpleRequestHandler
from aiohttp import web

from benchmarks.walk import Step, read_steps

Handler = Callable[[Message, FSMContext], Awaitable[None]]


def dispatcher(steps: list[Step]) -> Dispatcher:
    """A state for each question, and a handler for each state."""
    found = Dispatcher(storage=MemoryStorage())
    states = [State(f"question{number}", "walk") for number in range(len(steps))]

    async def ask(message: Message, context: FSMContext, number: int) -> None:
        await context.set_state(states[number])
        step = steps[number]
        keyboard = InlineKeyboardMarkup.model_validate(step.keyboard) if step.keyboard else None
        await message.answer(step.text, reply_markup=keyboard)

    def answered(number: int) -> Handler:
        async def handle(message: Message, state: FSMContext) -> None:
            await state.update_data({str(number): message.text})
            await ask(message, state, (number + 1) % len(steps))

        return handle

    @found.message(CommandStart())
    async def start(message: Message, state: FSMContext) -> None:
        await ask(message, state, 0)

    for number, state in enumerate(states):
        found.message(state)(answered(number))
    return found


def main(port: int, api: str, token: str, steps: list[Step]) -> None:
    bot = Bot(token, session=AiohttpSession(api=TelegramAPIServer.from_base(api)))
    site = web.Application()
    SimpleRequestHandler(dispatcher(steps), bot, handle_in_background=False).register(site, path="/telegram")
    web.run_app(site, host="127.0.0.1", port=port, access_log=None, print=lambda *_: print("open", flush=True))


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], sys.argv[3], read_steps(Path(sys.argv[4])))
