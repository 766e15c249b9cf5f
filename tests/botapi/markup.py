"""Reading HTML as Telegram does, and its limits: lengths count in UTF-16 units after the tags are gone."""

from __future__ import annotations

import html
import re
from typing import Any

from tests.botapi.refusals import bad

__all__ = ["check_keyboard", "check_new", "plain", "units"]

TAGS = {"b", "strong", "i", "em", "u", "ins", "s", "strike", "del", "span", "tg-spoiler", "a", "code", "pre"}
TAGS |= {"tg-emoji", "blockquote", "tg-time"}
TAG = re.compile(r"<(/?)([a-zA-Z][\w-]*)((?:\s+[\w-]+(?:=(?:\"[^\"]*\"|'[^']*'|[^\s>]+))?)*)\s*>")
KNOWN = {"lt", "gt", "amp", "quot"}
OPENS = re.compile(r"(https?://|tg://)?[^\s:/@]+(\.[^\s:/@]+)*(:\d+)?([/?#]\S*)?", re.IGNORECASE)
"""What a button may open: an address, perhaps without its beginning, which Telegram completes."""
MOST_BUTTONS = 100
LONGEST_DATA = 64


def units(text: str) -> int:
    """The length of a text as Telegram counts it."""
    return len(text.encode("utf-16-le")) // 2


def plain(text: str, mode: str | None, limit: int, what: str = "message") -> tuple[str, list[dict[str, Any]]]:
    """The text without its tags, and its entities; a Refusal in Telegram's words for what it would refuse."""
    if mode is None:
        shown, entities = text, list[dict[str, Any]]()
    elif mode.upper() == "HTML":
        shown, entities = _html(text)
    else:
        raise bad(f"unsupported parse_mode {mode}")
    shown = shown.rstrip()
    if not shown.strip() and what == "message":
        raise bad("message text is empty")
    if units(shown) > limit:
        raise bad("message is too long" if what == "message" else "message caption is too long")
    return shown, entities


def _html(text: str) -> tuple[str, list[dict[str, Any]]]:
    out, entities, open_tags, position = "", [], [], 0
    while position < len(text):
        sign = text[position]
        if sign == "&":
            found = re.compile(r"&(#\d+|#x[0-9a-fA-F]+|\w+);").match(text, position)
            if found and (found[1].startswith("#") or found[1] in KNOWN):
                out += html.unescape(found[0])
                position = found.end()
                continue
        if sign != "<":
            out += sign
            position += 1
            continue
        offset = len(text[:position].encode())
        found = TAG.match(text, position)
        if found is None:
            raise bad(f'can\'t parse entities: Unsupported start tag "" at byte offset {offset}')
        closing, name = found[1], found[2].lower()
        if name not in TAGS:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {offset}')
        if not closing:
            open_tags.append((name, units(out), found[3]))
        elif not open_tags:
            raise bad(f"can't parse entities: Unexpected end tag at byte offset {offset}")
        else:
            begun, start, attributes = open_tags.pop()
            if begun != name:
                raise bad(
                    f"can't parse entities: Unmatched end tag at byte offset {offset}, "
                    f'expected "</{begun}>", found "</{name}>"'
                )
            entities.append(_entity(name, start, units(out) - start, attributes))
        position = found.end()
    if open_tags:
        raise bad(f"can't parse entities: Can't find end tag corresponding to start tag \"{open_tags[-1][0]}\"")
    return out, [entity for entity in entities if entity["length"]]


NAMES = {
    "b": "bold",
    "strong": "bold",
    "i": "italic",
    "em": "italic",
    "u": "underline",
    "ins": "underline",
    "s": "strikethrough",
    "strike": "strikethrough",
    "del": "strikethrough",
    "span": "spoiler",
    "tg-spoiler": "spoiler",
    "a": "text_link",
    "code": "code",
    "pre": "pre",
    "tg-emoji": "custom_emoji",
    "blockquote": "blockquote",
    "tg-time": "date_time",
}


def _entity(name: str, offset: int, length: int, attributes: str) -> dict[str, Any]:
    entity: dict[str, Any] = {"type": NAMES[name], "offset": offset, "length": length}
    values = dict(re.findall(r"([\w-]+)=[\"']([^\"']*)[\"']", attributes))
    if name == "a":
        entity["url"] = html.unescape(values.get("href", ""))
    if name == "tg-time":
        if not values.get("unix", "").lstrip("-").isdigit():
            raise bad("can't parse entities: tg-time has no unix time")
        entity["unix_time"] = int(values["unix"])
        entity["date_time_format"] = values.get("format", "")
    return entity


NEW_TAGS = {"tg-time"}
NEW_FIELDS = ("style", "copy_text")


def check_new(text: str, markup: dict[str, Any] | None) -> None:
    """Refuse what a server of some years ago did not know: a moment in a text, styles and copies on buttons."""
    for name in NEW_TAGS:
        if f"<{name}" in text:
            raise bad(f'can\'t parse entities: Unsupported start tag "{name}" at byte offset {text.index(f"<{name}")}')
    for row in (markup or {}).get("inline_keyboard", []):
        if any(field in button for button in row for field in NEW_FIELDS):
            raise bad("can't parse inline keyboard button: Text buttons are unallowed in the inline keyboard")


def check_keyboard(markup: dict[str, Any] | None) -> None:
    """Refuse a keyboard that Telegram would refuse."""
    rows = (markup or {}).get("inline_keyboard", [])
    buttons = [button for row in rows for button in row]
    if len(buttons) > MOST_BUTTONS:
        raise bad("reply markup is too long")
    for button in buttons:
        if not str(button.get("text", "")).strip():
            raise bad("inline keyboard button text must be non-empty")
        data = button.get("callback_data")
        if data is not None and not 1 <= len(data.encode()) <= LONGEST_DATA:
            raise bad("BUTTON_DATA_INVALID")
        address = button.get("url")
        if address is not None and not OPENS.fullmatch(address):
            raise bad("BUTTON_URL_INVALID")
        if not any(
            kind in button
            for kind in ("callback_data", "url", "copy_text", "switch_inline_query_current_chat", "switch_inline_query")
        ):
            raise bad("Text buttons are unallowed in the inline keyboard")
