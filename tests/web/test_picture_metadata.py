"""Pictures reach others without place, time, camera and author; Chromium sees the same picture, the right way up."""

from __future__ import annotations

import base64
import random
import struct
import zlib
from collections.abc import Callable
from typing import Any

import pytest
from playwright.async_api import Browser

from bot.pictures.exif import saying_only
from bot.pictures.metadata import is_picture, without_metadata

pytestmark = pytest.mark.feature("S6")

SECRET = b"46.2276N 6.1377E by Ana"
EXIF = saying_only(6) + SECRET
DRAW = """async kind => {
  const canvas = Object.assign(document.createElement('canvas'), {width: 48, height: 32});
  const pen = canvas.getContext('2d');
  for (let x = 0; x < 48; x++) for (let y = 0; y < 32; y++) {
    pen.fillStyle = `rgb(${x * 5}, ${y * 7}, ${(x * y) % 255})`; pen.fillRect(x, y, 1, 1);
  }
  return canvas.toDataURL(kind, 0.9).split(',')[1];
}"""
SEEN = """async ([kind, data]) => {
  const image = new Image();
  image.src = `data:${kind};base64,${data}`;
  await image.decode();
  const size = {width: image.naturalWidth, height: image.naturalHeight};
  const canvas = Object.assign(document.createElement('canvas'), size);
  const pen = canvas.getContext('2d');
  pen.drawImage(image, 0, 0);
  return [size.width, size.height, Array.from(pen.getImageData(0, 0, size.width, size.height).data).join()];
}"""


def jpeg(plain: bytes) -> bytes:
    def segment(marker: int, body: bytes) -> bytes:
        return bytes((0xFF, marker)) + struct.pack(">H", len(body) + 2) + body

    xmp = b"http://ns.adobe.com/xap/1.0/\0<x>" + SECRET + b"</x>"
    more = segment(0xE1, b"Exif\0\0" + EXIF) + segment(0xE1, xmp) + segment(0xED, b"Photoshop 3.0\0" + SECRET)
    return plain[:2] + more + segment(0xFE, SECRET) + plain[2:] + b"\xff\xd8" + SECRET


def png(plain: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + kind + body + struct.pack(">I", zlib.crc32(kind + body))

    more = chunk(b"tEXt", b"Author\0" + SECRET) + chunk(b"zTXt", b"Place\0\0" + SECRET) + chunk(b"vpAg", SECRET)
    return plain[:33] + more + chunk(b"eXIf", EXIF) + plain[33:] + SECRET


def webp(plain: bytes) -> bytes:
    def chunk(kind: bytes, body: bytes) -> bytes:
        return kind + struct.pack("<I", len(body)) + body + b"\0" * (len(body) % 2)

    body = plain[12:] if plain[12:16] != b"VP8X" else plain[30:]
    head = bytes((0x0C, 0, 0, 0)) + (47).to_bytes(3, "little") + (31).to_bytes(3, "little")
    content = b"WEBP" + chunk(b"VP8X", head) + body + chunk(b"EXIF", EXIF) + chunk(b"XMP ", SECRET)
    return b"RIFF" + struct.pack("<I", len(content)) + content + SECRET


def gif(plain: bytes) -> bytes:
    comment = b"\x21\xfe" + bytes((len(SECRET),)) + SECRET + b"\0"
    xmp = b"\x21\xff\x0bXMP DataXMP" + bytes((len(SECRET),)) + SECRET + b"\0"
    return plain[:-1] + comment + xmp + b"\x3b" + SECRET


DOT = base64.b64decode("R0lGODlhAQABAIAAAP8AAAAAACH5BAAAAAAALAAAAAABAAEAAAICRAEAOw==")
KINDS: dict[str, Callable[[bytes], bytes]] = {
    "image/jpeg": jpeg,
    "image/png": png,
    "image/webp": webp,
    "image/gif": gif,
}


async def test_a_picture_is_the_same_without_what_it_says_of_people(chromium: Browser) -> None:
    page = await chromium.new_page()

    async def seen(kind: str, data: bytes) -> Any:
        return await page.evaluate(SEEN, [kind, base64.b64encode(data).decode()])

    for kind, told in KINDS.items():
        plain = DOT if kind == "image/gif" else base64.b64decode(await page.evaluate(DRAW, kind))
        sent = told(plain)
        clean = without_metadata(sent)
        assert clean is not None and SECRET in sent, kind
        assert SECRET not in clean and b"Photoshop" not in clean and b"xap" not in clean, kind
        assert await seen(kind, clean) == await seen(kind, sent), f"{kind}: Chromium sees another picture"
        assert without_metadata(clean) == clean, f"{kind}: there was more to be taken away"
        width, height, _ = await seen(kind, clean)
        assert kind != "image/jpeg" or (width, height) == (32, 48), "which way up it was taken is still known"
    await page.close()


def test_what_is_damaged_is_no_picture_that_can_be_passed_on() -> None:
    pieces = [
        b"\xff\xd8\xff\xe0\x00\x10JFIF\0" + bytes(9),
        DOT,
        b"RIFF\x40\0\0\0WEBPVP8 ",
        b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR",
    ]
    chance = random.Random(7)
    for piece in pieces:
        for _ in range(300):
            cut = bytearray(piece + chance.randbytes(chance.randrange(60)))
            cut[chance.randrange(len(cut))] = chance.randrange(256)
            found = without_metadata(bytes(cut))
            assert found is None or is_picture("x", found)
        assert without_metadata(piece[:-1]) is None
    assert without_metadata(b"") is None and not is_picture("report.pdf", b"%PDF-1.7")
    assert is_picture("photo.HEIC", b"....ftypheic"), "which cannot be cleaned, and so is not passed on"
