"""Formatted words: a small part of HTML that every app can show, and no more, whoever wrote it.

Telegram marks formatting itself, and its apps' users never see a tag. Elsewhere people type `**bold**`, `_italic_` and
`[words](https://...)`. What comes out is always well-formed: tags closed in order, everything else escaped.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterator, Mapping
from html.parser import HTMLParser

__all__ = ["as_typed", "cleaned", "excerpt", "for_pages", "marked", "readable", "units"]

SAME: Mapping[str, str] = {
    **{tag: tag for tag in ("b", "i", "u", "s", "a", "code", "pre", "blockquote", "tg-spoiler")},
    "strong": "b",
    "em": "i",
    "ins": "u",
    "strike": "s",
    "del": "s",
}
"""Tags that are kept, and what each is written as (Bot API, HTML style)."""

ALONE = ("code", "pre")
"""Telegram allows no other formatting within these."""

LINK = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)
TAG = re.compile(r"</?[a-z][^<>]*>")
NO_TAG = re.compile(r"<(?!/?[a-z][^<>]*>)", re.IGNORECASE)
"""A sign that begins no whole tag. It is a word here: the library takes the square of the time for many of them."""
ANCHOR = re.compile(r'<a href="([^"]*)">(.*?)</a>', re.DOTALL)

LINKED = re.compile(r"\[([^\[\]\n]+)\]\((https?://[^\s()\"<>]+)\)")
ITALIC = re.compile(r"(?<![\w/:._-])_(?=[^\s_])([^_\n]+?)(?<=\S)_(?!\w)")
BOLD_BEGINS, BOLD_ENDS = re.compile(r"\*\*(?=\S)"), re.compile(r"(?<=\S)\*\*")
"""What people type for formatting, in escaped text. What is bold may hold anything, so its two ends are looked for one
after the other: one pattern for both would look to the end of the text from each beginning."""


class _Cleaner(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.out: list[str] = []
        self.open: list[tuple[str, str]] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag == "br":
            self.out.append("\n")
            return
        kept = SAME.get(tag)
        present = [written for _, written in self.open]
        if kept is None or kept in present or any(alone in present for alone in ALONE):
            return
        start = _start(kept, dict(attrs))
        if start is not None:
            self.out.append(start)
            self.open.append((tag, kept))

    def handle_endtag(self, tag: str) -> None:
        if not any(begun == tag for begun, _ in self.open):
            return
        while self.open:
            begun, kept = self.open.pop()
            self.out.append(f"</{kept}>")
            if begun == tag:
                return

    def handle_data(self, data: str) -> None:
        self.out.append(html.escape(data, quote=False))


def _start(tag: str, attributes: Mapping[str, str | None]) -> str | None:
    """How a tag begins; None for a link that leads nowhere we would send people."""
    if tag != "a":
        return f"<{tag}>"
    address = (attributes.get("href") or "").strip()
    return f'<a href="{html.escape(address)}">' if LINK.fullmatch(address) else None


def cleaned(text: str) -> str:
    """The safe part of an HTML text. Other tags go, their words stay."""
    cleaner = _Cleaner()
    cleaner.feed(NO_TAG.sub("&lt;", text.replace("\0", "")))
    cleaner.close()
    closing = [f"</{kept}>" for _, kept in reversed(cleaner.open)]
    return "".join([*cleaner.out, *closing]).strip()


def marked(text: str) -> str:
    """Typed text with its `**marks**` as HTML."""
    written = LINKED.sub(r'<a href="\2">\1</a>', html.escape(text, quote=False))
    return cleaned(ITALIC.sub(r"<i>\1</i>", "".join(_emboldened(written))))


def _emboldened(text: str) -> Iterator[str]:
    """The parts of a text with `**marks**` as tags."""
    at = 0
    while (begin := BOLD_BEGINS.search(text, at)) and (end := BOLD_ENDS.search(text, begin.end() + 1)):
        yield f"{text[at : begin.start()]}<b>{text[begin.end() : end.start()]}</b>"
        at = end.end()
    yield text[at:]


def as_typed(text: str) -> str | None:
    """What somebody types to get this text; None when it has something that has no mark."""
    typed = ANCHOR.sub(r"[\2](\1)", text).replace("<b>", "**").replace("</b>", "**")
    typed = html.unescape(typed.replace("<i>", "_").replace("</i>", "_"))
    return typed if marked(typed) == text else None


def readable(text: str) -> str:
    """The words of a formatted text, with the addresses of its links beside them."""
    return html.unescape(TAG.sub("", ANCHOR.sub(_beside, text)))


def _beside(link: re.Match[str]) -> str:
    address, words = link.groups()
    return words if TAG.sub("", words) == address else f"{words} ({address})"


def excerpt(text: str, longest: int = 40) -> str:
    """The first words of a formatted text, on one line."""
    words = " ".join(html.unescape(TAG.sub("", text)).split())
    return words if len(words) <= longest else f"{words[: longest - 1].rstrip()}…"


def for_pages(text: str) -> str:
    """The same for a web page, where Telegram's own tag means nothing."""
    return re.sub(r"</?tg-spoiler>", "", text)


def units(text: str) -> int:
    """Its length as Telegram counts it: UTF-16 units, tags not counted."""
    return len(html.unescape(TAG.sub("", text)).encode("utf-16-le")) // 2
