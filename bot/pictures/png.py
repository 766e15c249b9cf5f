"""PNG without metadata: of its chunks only those stay that say how to draw it (PNG, third edition, clause 11)."""

from __future__ import annotations

import zlib

from bot.pictures import exif

__all__ = ["clean"]

HEAD = b"\x89PNG\r\n\x1a\n"
KEPT = frozenset(
    {
        *(b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP", b"sBIT", b"bKGD", b"pHYs"),
        *(b"hIST", b"sPLT", b"cICP", b"mDCV", b"cLLI", b"acTL", b"fcTL", b"fdAT"),
    }
)


def clean(data: bytes) -> bytes | None:
    """The picture without metadata, and without what follows its end; None: it is none, or not whole."""
    kept, at, way = [HEAD], len(HEAD), exif.UPRIGHT
    if not data.startswith(HEAD):
        return None
    while at + 12 <= len(data):
        length = int.from_bytes(data[at : at + 4], "big")
        kind, end = data[at + 4 : at + 8], at + 12 + length
        if end > len(data):
            return None
        if kind == b"eXIf":
            way = exif.orientation(data[at + 8 : end - 4])
        if kind == b"IDAT" and way != exif.UPRIGHT:
            kept.append(_chunk(b"eXIf", exif.saying_only(way)))
            way = exif.UPRIGHT
        if kind in KEPT:
            kept.append(data[at:end])
        if kind == b"IEND":
            return b"".join(kept)
        at = end
    return None


def _chunk(kind: bytes, body: bytes) -> bytes:
    return len(body).to_bytes(4, "big") + kind + body + zlib.crc32(kind + body).to_bytes(4, "big")
