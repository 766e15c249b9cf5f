"""In which encoding a text file is: those that office programs write in countries of the six languages.

A file that is not Unicode is decoded in each of them, and the one is taken whose letters look most like words. What
tells them apart is which letters stand side by side: in Western Europe's an accented letter stands among plain ones,
in Cyrillic and Arabic ones the letters of a word are all of that script.
"""

from __future__ import annotations

import codecs
import re
from collections.abc import Mapping
from pathlib import Path
from typing import BinaryIO

__all__ = ["encoding_of"]

CHUNK = 1 << 20
SAMPLE = 1 << 16
"""Bytes that are compared: some hundred rows."""

MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

ACCENTED = "àâäáãçéèêëíìîïñóòôöõúùûüÿœæßÀÂÄÁÃÇÉÈÊËÍÎÏÑÓÔÖÕÚÛÜ"
AMONG_PLAIN = rf"(?<=[A-Za-z' ])[{ACCENTED}](?=[A-Za-z ,;\"\r\n.]|$)"

LIKELY: Mapping[str, re.Pattern[str]] = {
    "cp1252": re.compile(
        r"(?<=[A-Za-z' ])[àâäáãçéèêëíìîïñóòôöõúùûüÿœæßÀÂÄÁÃÇÉÈÊËÍÎÏÑÓÔÖÕÚÛÜ](?=[A-Za-z ,;\"\r\n.]|$)|[’“”«»–€°ºª]"
    ),
    "mac_roman": re.compile(
        r"(?<=[A-Za-z' ])[àâäáãçéèêëíìîïñóòôöõúùûüÿœæßÀÂÄÁÃÇÉÈÊËÍÎÏÑÓÔÖÕÚÛÜ](?=[A-Za-z ,;\"\r\n.]|$)|[’“”«»–]"
    ),
    "cp1251": re.compile(r"(?<![A-Za-z])[а-яё](?=[а-яё])|[А-ЯЁ](?=[а-яёА-ЯЁ])|(?<=[а-яёА-ЯЁ])[а-яёА-ЯЁ]|[№«»–]"),
    "koi8_r": re.compile(r"(?<=[А-ЯЁа-яё])[а-яё]|[А-ЯЁ](?=[а-яё])"),
    "cp1256": re.compile(r"[\u0621-\u064a](?=[\u0621-\u064a ])|(?<=[\u0621-\u064a])[\u0621-\u064a]|[،؛؟]"),
    "gb18030": re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[\u4e00-\u9fff]|[，。（）、：]"),
    "big5": re.compile(r"[\u4e00-\u9fff](?=[\u4e00-\u9fff])|(?<=[\u4e00-\u9fff])[\u4e00-\u9fff]"),
}
"""What is likely in a text of each encoding, beyond ASCII. In the order in which they are preferred."""

UNLIKELY: Mapping[str, re.Pattern[str]] = {
    "cp1251": re.compile(r"[A-Za-z][А-Яа-яЁё]|[а-яё][А-ЯЁ]"),
    "koi8_r": re.compile(r"[A-Za-z][А-Яа-яЁё]|[а-яё][А-ЯЁ]"),
    "cp1256": re.compile(r"[A-Za-z][\u0621-\u064a]|[\u0621-\u064a][A-Za-zà-ÿ]|[پچژگےھہں]"),
    "gb18030": re.compile(r"[A-Za-z][\u4e00-\u9fff]|[\ue000-\uf8ff\u3400-\u4dbf]"),
    "big5": re.compile(r"[A-Za-z][\u4e00-\u9fff]|[\ue000-\uf8ff]"),
}
"""What is unlikely in it: each counts against as much as two likely ones count for it."""

LEVEL_ONE = range(0xB0, 0xD8)
"""Lead bytes of the 3,755 common characters of GB 2312, by sound; the rarer ones come after."""


def encoding_of(path: Path) -> str:
    """UTF-8 or UTF-16, with or without their marks, else the likeliest of what programs write."""
    with path.open("rb") as file:
        head = file.read(SAMPLE)
        for mark, encoding in MARKS:
            if head.startswith(mark):
                return encoding
        if b"\0" in head:
            return _utf16(head)
        file.seek(0)
        return "utf-8" if _is_utf8(file) else _likeliest(head)


def _utf16(head: bytes) -> str:
    """UTF-16 without its mark: separators and digits have their zero byte on one side."""
    even, odd = head[::2].count(0), head[1::2].count(0)
    return "utf-16-be" if even > odd else "utf-16-le"


def _is_utf8(file: BinaryIO) -> bool:
    decoder = codecs.getincrementaldecoder("utf-8")()
    try:
        while chunk := file.read(CHUNK):
            decoder.decode(chunk)
        decoder.decode(b"", final=True)
    except UnicodeDecodeError:
        return False
    return True


def _likeliest(head: bytes) -> str:
    whole_lines = head[: head.rfind(b"\n") + 1] or head
    return max(LIKELY, key=lambda encoding: _likeness(whole_lines, encoding))


def _likeness(sample: bytes, encoding: str) -> float:
    """From 1, all letters beyond ASCII as one expects them, down to below 0."""
    try:
        text = sample.decode(encoding)
    except UnicodeDecodeError:
        return -10.0
    beyond = sum(not character.isascii() for character in text) or 1
    likely = len(LIKELY[encoding].findall(text))
    unlikely = len(UNLIKELY[encoding].findall(text)) if encoding in UNLIKELY else 0
    return (likely - 2 * unlikely) / beyond - (0.0 if encoding != "gb18030" else _rare(sample))


def _rare(sample: bytes) -> float:
    """The share of characters beyond the common ones of GB 2312: nearly all, where a text is in another encoding."""
    leads = re.findall(rb"([\x81-\xfe])[\x40-\xfe]", sample)
    rare = sum(lead[0] not in LEVEL_ONE and lead[0] > 0xA9 for lead in leads)
    return rare / len(leads) if leads else 1.0
