"""One letter at a time: what Telegram answers, and what the courier makes of it."""

from __future__ import annotations

import json
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.delivery.outgoing import Attachment, Button, Delivered, Failed, OutgoingMessage, Unknown
from bot.delivery.telegram_post import Post, TokenRefused
from bot.rate_limit import Budget
from dialogs.domain.notice import Cause
from tests.delivery.telegram import TOKEN, Answer, Telegram, refusal

HELLO = OutgoingMessage("<b>Hello</b>")


@pytest.fixture
async def telegram() -> AsyncIterator[Telegram]:
    async with Telegram() as server:
        yield server


@pytest.fixture
async def post(telegram: Telegram) -> AsyncIterator[Post]:
    async with Post(TOKEN, telegram.url, Budget(30)) as opened:
        yield opened


async def test_a_letter_arrives_with_its_mark_up_and_buttons(telegram: Telegram, post: Post) -> None:
    rows = ((Button("Continue", code="!|remind:continue:d1"), Button("Website", url="https://www.itu.int")),)
    upshot = await post.send(11, OutgoingMessage("<b>Hello</b>", rows))
    [received] = telegram.received
    assert isinstance(upshot, Delivered)
    assert (received.method, received.chat, received.text) == ("sendMessage", 11, "<b>Hello</b>")
    assert received.fields["parse_mode"] == "HTML"
    keyboard = json.loads(received.fields["reply_markup"])["inline_keyboard"]
    assert keyboard == [
        [
            {"text": "Continue", "callback_data": "!|remind:continue:d1"},
            {"text": "Website", "url": "https://www.itu.int"},
        ]
    ]


@pytest.mark.feature("A10")
@pytest.mark.parametrize(
    ("answer", "cause"),
    [
        (refusal(403, "Forbidden: bot was blocked by the user"), Cause.BLOCKED),
        (refusal(403, "Forbidden: user is deactivated"), Cause.DEACTIVATED),
        (refusal(403, "Forbidden: bot can't initiate conversation with a user"), Cause.NOT_STARTED),
        (refusal(403, "Forbidden: something new"), Cause.BLOCKED),
        (refusal(400, "Bad Request: chat not found"), Cause.NOT_FOUND),
        (refusal(400, "Bad Request: can't parse entities: unclosed tag"), Cause.REFUSED),
    ],
)
async def test_a_permanent_refusal_is_told_apart_and_not_tried_again(
    telegram: Telegram, post: Post, answer: Answer, cause: Cause
) -> None:
    telegram.script = lambda method, chat, fields: answer
    upshot = await post.send(11, HELLO)
    assert isinstance(upshot, Failed)
    assert upshot.cause is cause
    assert len(telegram.refused) == 1


@pytest.mark.feature("A9")
async def test_an_error_of_telegrams_own_is_tried_again(telegram: Telegram, post: Post) -> None:
    telegram.script = lambda method, chat, fields: refusal(502, "Bad Gateway") if len(telegram.refused) < 2 else None
    assert isinstance(await post.send(11, HELLO), Delivered)
    assert len(telegram.received) == 1


@pytest.mark.feature("A9")
async def test_a_telegram_that_stays_away_is_given_up_after_a_few_tries(
    telegram: Telegram, post: Post, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.delivery.telegram_post.PAUSES", (0.01, 0.01))
    telegram.script = lambda method, chat, fields: refusal(500, "Internal Server Error")
    upshot = await post.send(11, HELLO)
    assert isinstance(upshot, Failed)
    assert upshot.cause is Cause.UNREACHABLE
    assert len(telegram.refused) == 3


@pytest.mark.feature("A13")
async def test_a_connection_that_breaks_after_sending_is_unclear_and_not_repeated(
    telegram: Telegram, post: Post
) -> None:
    telegram.script = lambda method, chat, fields: "drop"
    assert isinstance(await post.send(11, HELLO), Unknown)
    assert len(telegram.received) == 1


async def test_no_connection_at_all_is_no_doubt(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("bot.delivery.telegram_post.PAUSES", (0.01,))
    async with Post(TOKEN, "http://127.0.0.1:9", Budget(30)) as post:
        upshot = await post.send(11, HELLO)
    assert isinstance(upshot, Failed)
    assert upshot.cause is Cause.UNREACHABLE


@pytest.mark.feature("A7")
async def test_a_429_is_waited_out_and_the_letter_arrives_once(telegram: Telegram, post: Post) -> None:
    begun = time.monotonic()
    telegram.ban(1)
    assert isinstance(await post.send(11, HELLO), Delivered)
    assert [code for _, code in telegram.refused] == [429]
    assert telegram.times[0] >= begun + 1


async def test_a_chat_that_moved_is_followed(telegram: Telegram, post: Post) -> None:
    telegram.script = lambda method, chat, fields: (
        refusal(400, "Bad Request: group chat was upgraded", migrate_to_chat_id=-1009) if chat == -9 else None
    )
    assert isinstance(await post.send(-9, HELLO), Delivered)
    assert [each.chat for each in telegram.received] == [-1009]


async def test_a_file_is_uploaded_once_and_then_named(telegram: Telegram, post: Post, tmp_path: Path) -> None:
    picture = tmp_path / "call.png"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(20))
    first = await post.send(11, OutgoingMessage("Look", attachment=Attachment(picture, picture=True)))
    assert isinstance(first, Delivered)
    assert first.remote == "photo-1"
    await post.send(12, OutgoingMessage("Look", attachment=Attachment(picture, picture=True, remote=first.remote)))
    assert [each.files for each in telegram.received] == [("call.png",), ()]
    assert telegram.received[1].fields["photo"] == "photo-1"


@pytest.mark.feature("A14")
async def test_a_sent_message_is_edited_and_recalled(telegram: Telegram, post: Post) -> None:
    assert isinstance(await post.edit(11, 5, OutgoingMessage("Better")), Delivered)
    assert isinstance(await post.recall(11, 5), Delivered)
    assert [each.method for each in telegram.received] == ["editMessageText", "deleteMessage"]


@pytest.mark.feature("A14")
async def test_an_edit_that_changes_nothing_is_done_and_an_old_message_is_too_late(
    telegram: Telegram, post: Post
) -> None:
    telegram.script = lambda method, chat, fields: (
        refusal(400, "Bad Request: message is not modified: specified new message content is the same")
        if method == "editMessageText"
        else refusal(400, "Bad Request: message can't be deleted for everyone")
    )
    assert isinstance(await post.edit(11, 5, HELLO), Delivered)
    late = await post.recall(11, 5)
    assert isinstance(late, Failed)
    assert late.cause is Cause.TOO_LATE


async def test_a_token_that_telegram_does_not_know_stops_everything(telegram: Telegram) -> None:
    async with Post("123456:another", telegram.url, Budget(30)) as post:
        with pytest.raises(TokenRefused):
            await post.send(11, HELLO)
