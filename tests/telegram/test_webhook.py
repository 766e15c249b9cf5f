"""The webhook's door: who may call, what is answered, and what happens when we are told to stop."""

from __future__ import annotations

import json
import sqlite3

import aiohttp
import pytest

from tests.botapi import BotApi
from tests.service import Service
from tests.telegram.opening import SECRET
from tests.telegram.walking import arrive

HEADER = "X-Telegram-Bot-Api-Secret-Token"

pytestmark = pytest.mark.parametrize("open_bot", ["webhook"], indirect=True)


async def knock(
    service: Service, body: bytes, secret: str = SECRET, method: str = "POST", path: str = "/telegram"
) -> int:
    """Call the service as Telegram, or somebody else, would; the status of the answer."""
    async with (
        aiohttp.ClientSession() as session,
        session.request(method, service.url + path, data=body, headers={HEADER: secret}) as answer,
    ):
        await answer.read()
        return answer.status


async def test_only_telegram_gets_in_and_nonsense_is_told_apart(open_bot: tuple[BotApi, Service]) -> None:
    _, service = open_bot
    update = json.dumps({"update_id": 1, "poll": {"id": "1"}}).encode()
    assert await knock(service, update, secret="guessed") == 403
    assert await knock(service, b"x" * 2_000_000, secret="guessed") == 403
    assert await knock(service, b"x" * 2_000_000) == 413
    assert await knock(service, b"{") == 400
    assert await knock(service, b"[" * 100_000) == 400
    assert await knock(service, update) == 200
    assert await knock(service, b"{}") == 200, "Telegram must not send for a day what nobody can read"
    assert await knock(service, b"", method="GET") == 405
    assert await knock(service, b"", path="/telegram/other") == 404
    assert await knock(service, b"", method="GET", path="/health") == 200
    assert await knock(service, b"", method="GET", path="/ready") == 200


async def test_a_press_is_answered_in_the_reply_to_its_call(open_bot: tuple[BotApi, Service]) -> None:
    """It saves a call. Only when a turn takes long, on a busy machine say, a call is made instead: never both."""
    server, _ = open_bot
    anna = server.person("Anna")
    await anna.gets(anna.starts())
    for _ in range(5):
        query = await anna.taps("English")
        await server.until(lambda query=query: server.queries[query]["answered"] is not None, 30)
        await server.quiet(anna.id, 1.0)
        if server.in_reply:
            break
        await anna.gets(anna.says("/language"))
    pressed = [call.params["callback_query_id"] for call in server.in_reply if call.method == "answerCallbackQuery"]
    assert pressed == [query]
    answers = [call.params["callback_query_id"] for call in server.calls if call.method == "answerCallbackQuery"]
    assert len(answers) == len(set(answers)), "each once"


async def test_buttons_of_an_answered_question_go_with_the_reply(open_bot: tuple[BotApi, Service]) -> None:
    """It saves a call. When the reply is lost, they stay, and a press on them is answered with the open question."""
    server, service = open_bot
    anna = server.person("Anna")
    await arrive(anna)
    question, before = anna.shown[-1], len(server.calls)
    await anna.gets(anna.says("yes"))
    assert [call.method for call in server.calls[before:]].count("editMessageReplyMarkup") == 1
    assert ("editMessageReplyMarkup", question["message_id"]) in [
        (call.method, call.params.get("message_id")) for call in server.in_reply
    ]
    assert "reply_markup" not in question

    lost = anna.shown[-1]
    update = {"message": server.make_message(anna.chat, anna.user, text="new"), "update_id": 99_000}
    assert await knock(service, json.dumps(update).encode()) == 200  # nobody reads what the reply says
    await anna.waits(lambda person: person.shown[-1] is not lost)
    await server.quiet(anna.id)
    assert "reply_markup" in lost
    await anna.gets(anna.taps(lost["reply_markup"]["inline_keyboard"][0][0]["text"], lost))
    assert "That button belongs to an earlier message" in anna.last


async def test_a_press_is_answered_though_its_turn_must_wait(open_bot: tuple[BotApi, Service]) -> None:
    """Somebody else holds the store, a backup, say: the button does not go on waiting until that is over."""
    server, service = open_bot
    anna = server.person("Anna")
    await anna.gets(anna.starts())
    with sqlite3.connect(service.folder / "stocktaking.sqlite3", isolation_level=None) as store:
        store.execute("begin immediate")
        query = await anna.taps("English")
        await server.until(lambda: server.queries[query]["answered"] is not None, 9.5)
        store.execute("rollback")
    await anna.waits("WSIS Stocktaking")
    answers = [call for call in server.calls if call.params.get("callback_query_id") == query]
    assert len(answers) == 1 and answers[0].ok
