"""Pages of ours to be photographed: a Telegram chat as the bot's messages make it, and phones side by side."""

from __future__ import annotations

import base64
from collections.abc import Iterable, Mapping
from html import escape
from typing import Any

__all__ = ["chat_page", "side_by_side"]

TAGS = {"bold": "b", "italic": "i", "blockquote": "blockquote", "code": "code"}

CHAT = """<!doctype html><html lang="{language}" dir="{direction}"><meta charset="utf-8"><style>
* {{ box-sizing: border-box; margin: 0 }}
body {{ background: #dfe7ec; color: #14202b;
  font: 15px/1.4 "Noto Sans", "Noto Sans Arabic", "Noto Sans CJK SC", sans-serif;
  min-height: 100vh; padding: 12px 10px; display: flex; flex-direction: column; justify-content: flex-end; gap: 8px }}
.bubble {{ max-width: 330px; padding: 8px 12px; border-radius: 14px; white-space: pre-wrap; overflow-wrap: anywhere }}
.bot {{ background: #fff; align-self: flex-start; border-end-start-radius: 4px }}
.person {{ background: #d8f5c4; align-self: flex-end; border-end-end-radius: 4px }}
blockquote {{ border-inline-start: 3px solid #3a86c8; padding-inline-start: 8px }}
h1 {{ font-size: 17px }} h3 {{ font-size: 15px; padding-block: 8px 2px }}
table {{ border-collapse: collapse; width: 100% }}
th, td {{ text-align: start; vertical-align: top; padding: 3px 0; font-weight: 400;
  border-block-end: 1px solid #e3e8ec }}
th {{ color: #5a6b79; width: 42%; padding-inline-end: 8px }}
.keys {{ align-self: flex-start; width: 330px; display: flex; flex-direction: column; gap: 4px;
  margin-block-start: -4px }}
.row {{ display: flex; gap: 4px; direction: ltr }}
.key {{ flex: 1; padding: 8px 6px; border-radius: 9px; background: #5f7d93; color: #fff;
  text-align: center; font-size: 14px }}
.key.primary {{ background: #2b7fc3 }} .key.danger {{ background: #b8433c }}
</style>{bubbles}</html>"""

SIDE = """<!doctype html><meta charset="utf-8"><style>
body {{ margin: 0; padding: 28px 0; background: #eef1f4; display: flex; justify-content: center; gap: 36px }}
img {{ width: 320px; display: block; border: 8px solid #1d2733; border-radius: 32px }}
</style>{images}"""


def chat_page(shown: Iterable[Mapping[str, Any]], said: str | None, language: str, direction: str) -> str:
    """The newest messages of a chat as a page; `said` is what the person wrote before them."""
    mine = [f'<p class="bubble person" dir="auto">{escape(said)}</p>'] if said else []
    return CHAT.format(language=language, direction=direction, bubbles="".join([*mine, *map(_message, shown)]))


def _message(message: Mapping[str, Any]) -> str:
    rich = message.get("rich_message")
    text = _rich(rich) if rich else _marked(message.get("text") or "", message.get("entities") or ())
    rows = message.get("reply_markup", {}).get("inline_keyboard", [])
    keys = "".join(f'<div class="row">{"".join(map(_key, row))}</div>' for row in rows)
    direction = "rtl" if rich and rich["is_rtl"] else "auto"
    return f'<div class="bubble bot" dir="{direction}">{text}</div>' + (
        f'<div class="keys">{keys}</div>' if keys else ""
    )


def _rich(message: Mapping[str, Any]) -> str:
    """A rich message's headings, paragraphs and tables."""
    return "".join(map(_block, message["blocks"]))


def _block(block: Mapping[str, Any]) -> str:
    if block["type"] == "table":
        rows = ("".join(map(_cell, row)) for row in block["cells"])
        return f"<table>{''.join(f'<tr>{row}</tr>' for row in rows)}</table>"
    tag = f"h{block['size']}" if block["type"] == "heading" else "p"
    return f"<{tag}>{escape(block['text'])}</{tag}>"


def _cell(cell: Mapping[str, Any]) -> str:
    tag = "th" if cell.get("is_header") else "td"
    return f"<{tag}>{escape(cell.get('text') or '')}</{tag}>"


def _key(button: Mapping[str, Any]) -> str:
    return f'<span class="key {button.get("style") or ""}" dir="auto">{escape(button["text"])}</span>'


def _marked(text: str, entities: Iterable[Mapping[str, Any]]) -> str:
    """Text with its entities as HTML; offsets count UTF-16 units, as Telegram's do."""
    units = text.encode("utf-16-le")
    marks: dict[int, str] = {}
    for entity in sorted(entities, key=lambda entity: (entity["offset"], -entity["length"])):
        tag = TAGS.get(entity["type"], "span")
        start, end = entity["offset"], entity["offset"] + entity["length"]
        marks[start] = marks.get(start, "") + f"<{tag}>"
        marks[end] = f"</{tag}>" + marks.get(end, "")
    cuts = sorted({0, len(units) // 2, *marks})
    parts = [
        marks.get(start, "") + escape(units[start * 2 : end * 2].decode("utf-16-le"))
        for start, end in zip(cuts, [*cuts[1:], cuts[-1]], strict=True)
    ]
    return "".join(parts)


def side_by_side(pictures: Iterable[bytes]) -> str:
    """Phones with these pictures on their screens."""
    shown = (f'<img src="data:image/png;base64,{base64.b64encode(png).decode()}">' for png in pictures)
    return SIDE.format(images="".join(shown))
