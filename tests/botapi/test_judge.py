"""The judge of every test in which a Bot API server was called: a wrong call makes the test fail that made it."""

from __future__ import annotations

import inspect
import json
import re
from typing import Any

import aiohttp
import pytest
import telegram
from aiohttp import web

from tests.botapi import BotApi
from tests.botapi.table import fields, method_names

RIGHT: tuple[tuple[str, dict[str, Any]], ...] = (
    ("getMe", {}),
    ("setMyCommands", {"commands": [{"command": "help", "description": "Help"}], "language_code": "fr"}),
    ("setMyName", {"name": "Stocktaking"}),
)

SAID = {"chat_id": 1, "text": "Hello"}
WRONG: tuple[tuple[str, dict[str, Any], str], ...] = (
    ("sendMesage", {"chat_id": 1, "text": "Hello"}, "there is no method sendMesage"),
    ("sendMessage", {"chat_id": 1, "text": "Hello", "txt": "Hello"}, "sendMessage: unknown field txt"),
    ("sendMessage", {"chat_id": 1}, "sendMessage: text is missing"),
    ("sendMessage", {"chat_id": [1], "text": "Hello"}, "sendMessage: chat_id"),
    ("sendMessage", SAID | {"reply_markup": {"inline_keyboard": [[{"callback_data": "1"}]]}}, "inline_keyboard"),
    (
        "sendMessage",
        SAID | {"reply_markup": {"inline_keyboard": [[{"text": "Yes", "url": "t.me", "stile": "primary"}]]}},
        "sendMessage: unknown field reply_markup.inline_keyboard.0.0.stile",
    ),
    ("setMyCommands", {"commands": [{"command": "help"}]}, "commands.0.description"),
    ("answerCallbackQuery", {"callback_query_id": "1", "show_alert": "perhaps"}, "show_alert"),
)

OURS = {"self", "read_timeout", "write_timeout", "connect_timeout", "pool_timeout", "api_kwargs"}
"""What python-telegram-bot's methods take for themselves."""

EASES = {
    *("current_offset", "filename", "location", "contact", "venue", "reply_to_message_id"),
    *("allow_sending_without_reply", "caption", "caption_entities", "parse_mode"),
}
"""What its methods take instead of fields of the Bot API, or make fields from."""


async def call(server: BotApi, method: str, params: dict[str, Any], how: str) -> None:
    """Call as JSON, or as the forms that the libraries send: with everything that is no text written in JSON."""
    form = {key: value if isinstance(value, str) else json.dumps(value) for key, value in params.items()}
    sent = {"json": params} if how == "json" else {"data": form}
    async with aiohttp.ClientSession() as session:
        await session.post(f"{server.url}/bot{server.token}/{method}", **sent)


@pytest.mark.feature("N20")
@pytest.mark.parametrize("how", ["json", "form"])
@pytest.mark.parametrize(("method", "params", "said"), WRONG)
async def test_a_test_with_a_wrong_call_fails_and_says_what_is_wrong(
    method: str, params: dict[str, Any], said: str, how: str
) -> None:
    with pytest.raises(AssertionError, match=re.escape(said)):
        async with BotApi() as server:
            await call(server, method, params, how)


@pytest.mark.parametrize("how", ["json", "form"])
async def test_right_calls_pass(how: str) -> None:
    async with BotApi() as server:
        for method, params in RIGHT:
            await call(server, method, params, how)
        assert [call.ok for call in server.calls] == [True] * len(RIGHT)


async def test_a_file_that_no_field_speaks_of_is_a_wrong_call() -> None:
    form = aiohttp.FormData({"chat_id": "1", "document": "attach://paper"})
    form.add_field("papers", b"...", filename="paper.txt")
    server = BotApi()
    async with server, aiohttp.ClientSession() as session:
        await session.post(f"{server.url}/bot{server.token}/sendDocument", data=form)
        with pytest.raises(AssertionError, match="sendDocument: unknown file papers"):
            server.judge()
        server.violations.clear()


async def test_a_wrong_call_in_the_reply_to_a_webhook_call_is_judged_too() -> None:
    async def replies(request: web.Request) -> web.Response:
        return web.json_response({"method": "sendMessage", "chat_id": 1})

    site = web.Application()
    site.router.add_post("/", replies)
    runner = web.AppRunner(site, shutdown_timeout=0.2)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    async with BotApi() as server:
        await server.deliver_to({"url": f"http://127.0.0.1:{runner.addresses[0][1]}"}, drop=False)
        await server.person("Anna").says("Hello")
        await server.until(lambda: bool(server.in_reply), 10)
        with pytest.raises(AssertionError, match="sendMessage: text is missing"):
            server.judge()
        server.violations.clear()
    await runner.cleanup()


def test_the_table_says_of_each_method_what_the_other_library_says() -> None:
    """It is read off aiogram's models; python-telegram-bot, written by others, knows the same fields and needs."""
    known = 0
    for method in method_names():
        theirs = getattr(telegram.Bot, re.sub("([A-Z])", lambda found: "_" + found[1].lower(), method), None)
        if theirs is None:
            continue
        known += 1
        taken = {name: each for name, each in inspect.signature(theirs).parameters.items() if name not in OURS}
        table = fields(method)
        assert set(taken) - set(table) <= EASES, method
        needed = {name for name, each in taken.items() if each.default is inspect.Parameter.empty}
        if not EASES & set(taken):
            assert needed - {"text"} == {name for name, must in table.items() if must} - {"text"}, method
    assert known > 170
