"""What the methods do, as far as a bot can see it."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Mapping
from typing import TYPE_CHECKING, Any

from tests.botapi.markup import check_keyboard, check_new, plain
from tests.botapi.refusals import Refusal, bad

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

__all__ = ["ACTIONS", "rich_text"]

Values = dict[str, Any]
Files = Mapping[str, bytes]

TOO_OLD = 15.0
"""Seconds after which a press can no longer be answered."""
MOST_RESULTS = 50
LARGEST_DOWNLOAD = 20_000_000
NOT_MODIFIED = (
    "message is not modified: specified new message content and reply markup are exactly the same as a current "
    "content and reply markup of the message"
)


def _chat(server: BotApi, id: Any) -> dict[str, Any]:
    """The chat, if the bot may write there; Telegram's refusal otherwise."""
    person = server.people.get(int(id)) if str(id).lstrip("-").isdigit() else server.channels.get(str(id).lower())
    if person is None:
        raise bad("chat not found")
    if person.refusal is not None:
        raise person.refusal
    return person.chat


async def _send(server: BotApi, values: Values, **content: Any) -> dict[str, Any]:
    chat = _chat(server, values["chat_id"])
    _check(server, values)
    if values.get("reply_markup"):
        content["reply_markup"] = values["reply_markup"]
    if values.get("message_thread_id"):
        content |= {"message_thread_id": int(values["message_thread_id"]), "is_topic_message": True}
    person = server.people[chat["id"]]
    person.check_markup(values.get("reply_markup"))
    message = server.make_message(chat, person.bot, **content)
    server.own.add((chat["id"], message["message_id"]))
    person.shown.append(message)
    await server.changed(chat["id"])
    return _answered(message)


def _check(server: BotApi, values: Values) -> None:
    check_keyboard(values.get("reply_markup"))
    if server.faults.older:
        check_new(values.get("text") or "", values.get("reply_markup"))


def _answered(message: dict[str, Any]) -> dict[str, Any]:
    """A message as methods return it: only inline keyboards stay with it."""
    markup = message.get("reply_markup")
    return message if markup is None or "inline_keyboard" in markup else _without(message, "reply_markup")


def _without(message: dict[str, Any], key: str) -> dict[str, Any]:
    return {name: value for name, value in message.items() if name != key}


async def send_message(server: BotApi, values: Values, files: Files) -> Any:
    text, entities = plain(values["text"], values.get("parse_mode"), 4096)
    return await _send(server, values, text=text, **({"entities": entities} if entities else {}))


MOST_RICH = 32_768
"""Characters of a rich message."""
MOST_BLOCKS = 500


async def send_rich(server: BotApi, values: Values, files: Files) -> Any:
    if server.faults.older:
        raise Refusal(404, "Not Found: method not found")
    message = values["rich_message"]
    blocks = message.get("blocks") or []
    if not blocks and not message.get("html") and not message.get("markdown"):
        raise bad("rich message must be non-empty")
    shown = {"blocks": blocks, "is_rtl": bool(message.get("is_rtl"))}
    if len(rich_text({"rich_message": shown})) > MOST_RICH or len(blocks) > MOST_BLOCKS:
        raise bad("rich message is too long")
    return await _send(server, values, rich_message=shown)


def rich_text(message: dict[str, Any]) -> str:
    """What a rich message says, as plain text: a block a line, a table's rows one after the other."""
    return "\n".join(_said(block) for block in message.get("rich_message", {}).get("blocks", ()))


def _said(block: dict[str, Any]) -> str:
    rows = (" ".join(cell.get("text") or "" for cell in row) for row in block.get("cells", ()))
    return "\n".join([str(block.get("text") or ""), *rows]).strip()


async def send_file(server: BotApi, values: Values, files: Files, kind: str) -> Any:
    caption = {}
    if values.get("caption"):
        text, entities = plain(values["caption"], values.get("parse_mode"), 1024, "caption")
        caption = {"caption": text, "caption_entities": entities}
    file = next(iter(files.values()), None)
    if file is None:  # by the id of one that is there
        file = server.files.get(str(values[kind]))
    if file is None:
        raise bad("wrong file identifier/HTTP URL specified")
    kept, name = server.keep_file(file), getattr(file, "name", "file")
    shown: Any = {**kept, "file_name": name} if kind == "document" else [{**kept, "width": 1, "height": 1}]
    return await _send(server, values, **{kind: shown}, **caption)


async def send_photo(server: BotApi, values: Values, files: Files) -> Any:
    return await send_file(server, values, files, "photo")


async def send_document(server: BotApi, values: Values, files: Files) -> Any:
    return await send_file(server, values, files, "document")


def _mine(server: BotApi, values: Values) -> dict[str, Any]:
    chat = _chat(server, values["chat_id"])
    message = server.messages.get((chat["id"], int(values["message_id"])))
    if message is None:
        raise bad("message to edit not found")
    if (chat["id"], message["message_id"]) not in server.own:
        raise bad("message can't be edited")
    return message


async def _change(server: BotApi, message: dict[str, Any], after: dict[str, Any]) -> Any:
    keys = ("text", "entities", "caption", "caption_entities", "reply_markup")
    if all(message.get(key) == after.get(key) for key in keys):
        raise bad(NOT_MODIFIED)
    for key in keys:
        message.pop(key, None)
        if after.get(key):
            message[key] = after[key]
    message["edit_date"] = int(time.time())
    await server.changed(message["chat"]["id"])
    return _answered(message)


async def edit_text(server: BotApi, values: Values, files: Files) -> Any:
    message = _mine(server, values)
    text, entities = plain(values["text"], values.get("parse_mode"), 4096)
    _check(server, values)
    after = {**message, "text": text, "entities": entities or None, "reply_markup": _inline(values)}
    return await _change(server, message, after)


async def edit_markup(server: BotApi, values: Values, files: Files) -> Any:
    message = _mine(server, values)
    check_keyboard(values.get("reply_markup"))
    return await _change(server, message, {**message, "reply_markup": _inline(values)})


async def edit_caption(server: BotApi, values: Values, files: Files) -> Any:
    message = _mine(server, values)
    text, entities = plain(values.get("caption") or "", values.get("parse_mode"), 1024, "caption")
    after = {**message, "caption": text, "caption_entities": entities, "reply_markup": _inline(values)}
    return await _change(server, message, after)


def _inline(values: Values) -> dict[str, Any] | None:
    markup = values.get("reply_markup")
    return markup if markup and markup.get("inline_keyboard") else None


async def delete(server: BotApi, values: Values, files: Files) -> Any:
    chat = _chat(server, values["chat_id"])
    ids = values.get("message_ids") or [values["message_id"]]
    person, found = server.people[chat["id"]], [(chat["id"], int(id)) for id in ids]
    if not person.lets_delete and any(key in server.messages and key not in server.own for key in found):
        raise bad("message can't be deleted")
    gone = [server.messages.pop(key, None) for key in found]
    if not any(gone):
        raise bad("message to delete not found")
    person.shown = [message for message in person.shown if message not in gone]
    await server.changed(chat["id"])
    return True


async def answer_query(server: BotApi, values: Values, files: Files) -> Any:
    query = server.queries.get(values["callback_query_id"])
    if query is None or query["answered"] is not None or time.monotonic() - query["at"] > TOO_OLD:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    query["answered"] = time.monotonic()
    if values.get("text"):
        query["person"].alerts.append(values["text"])
    return True


async def answer_search(server: BotApi, values: Values, files: Files) -> Any:
    query = server.queries.get(values["inline_query_id"])
    if query is None or query["answered"] is not None:
        raise bad("query is too old and response timeout expired or query ID is invalid")
    if len(values["results"]) > MOST_RESULTS:
        raise bad("RESULTS_TOO_MUCH")
    if len({result["id"] for result in values["results"]}) < len(values["results"]):
        raise bad("RESULT_ID_DUPLICATE")
    query["answered"], query["results"] = time.monotonic(), values["results"]
    return True


async def get_me(server: BotApi, values: Values, files: Files) -> Any:
    able = {"can_join_groups": True, "can_read_all_group_messages": False, "supports_inline_queries": True}
    more = {"can_connect_to_business": False, "has_main_web_app": False}
    return {**server.me, **able, **more}


async def get_file(server: BotApi, values: Values, files: Files) -> Any:
    content = server.files.get(values["file_id"])
    if content is None:
        raise bad("invalid file_id")
    if len(content) > LARGEST_DOWNLOAD:
        raise bad("file is too big")
    id = values["file_id"]
    return {"file_id": id, "file_unique_id": f"u{id}", "file_size": len(content), "file_path": f"documents/{id}"}


async def get_chat(server: BotApi, values: Values, files: Files) -> Any:
    return {
        **_chat(server, values["chat_id"]),
        "accent_color_id": 0,
        "max_reaction_count": 0,
        "accepted_gift_types": {},
    }


async def set_webhook(server: BotApi, values: Values, files: Files) -> Any:
    await server.deliver_to(values if values.get("url") else None, values.get("drop_pending_updates") is True)
    return True


async def delete_webhook(server: BotApi, values: Values, files: Files) -> Any:
    await server.deliver_to(None, values.get("drop_pending_updates") is True)
    return True


async def webhook_info(server: BotApi, values: Values, files: Files) -> Any:
    hook = server.webhook or {}
    return {"url": hook.get("url", ""), "has_custom_certificate": False, "pending_update_count": 0}


async def send_action(server: BotApi, values: Values, files: Files) -> Any:
    _chat(server, values["chat_id"])
    return True


async def my_commands(server: BotApi, values: Values, files: Files) -> Any:
    return []


async def my_name(server: BotApi, values: Values, files: Files) -> Any:
    return {"name": "Stocktaking"}


async def my_description(server: BotApi, values: Values, files: Files) -> Any:
    return {"description": ""}


async def my_short_description(server: BotApi, values: Values, files: Files) -> Any:
    return {"short_description": ""}


ACTIONS: Mapping[str, Callable[[BotApi, Values, Files], Awaitable[Any]]] = {
    "sendmessage": send_message,
    "sendrichmessage": send_rich,
    "sendphoto": send_photo,
    "senddocument": send_document,
    "editmessagetext": edit_text,
    "editmessagereplymarkup": edit_markup,
    "editmessagecaption": edit_caption,
    "deletemessage": delete,
    "deletemessages": delete,
    "answercallbackquery": answer_query,
    "answerinlinequery": answer_search,
    "getme": get_me,
    "getfile": get_file,
    "getchat": get_chat,
    "setwebhook": set_webhook,
    "deletewebhook": delete_webhook,
    "getwebhookinfo": webhook_info,
    "sendchataction": send_action,
    "getmycommands": my_commands,
    "getmyname": my_name,
    "getmydescription": my_description,
    "getmyshortdescription": my_short_description,
}
"""The methods that a bot sees something of. Any other one of the table is checked, noted and answered True."""
