"""WebP without metadata: of its chunks only those stay that say how to draw it (RFC 9649, clause 2)."""

from __future__ import annotations

from bot.pictures import exif

__all__ = ["clean"]

KEPT = frozenset({b"VP8 ", b"VP8L", b"VP8X", b"ALPH", b"ANIM", b"ANMF", b"ICCP"})
HAS_EXIF, HAS_XMP = 0x08, 0x04
"""Flags of the head of an extended file."""


def clean(data: bytes) -> bytes | None:
    """The picture without metadata, and without what follows its end; None: it is none, or not whole."""
    if data[:4] != b"RIFF" or data[8:12] != b"WEBP":
        return None
    end = 8 + int.from_bytes(data[4:8], "little")
    if end > len(data):
        return None
    kept: list[tuple[bytes, bytes]] = []
    at, way, drawn = 12, exif.UPRIGHT, False
    while at + 8 <= end:
        kind, length = data[at : at + 4], int.from_bytes(data[at + 4 : at + 8], "little")
        body = data[at + 8 : at + 8 + length]
        if at + 8 + length > end:
            return None
        if kind == b"EXIF":
            way = exif.orientation(body.removeprefix(b"Exif\0\0"))
        if kind in KEPT:
            drawn = drawn or kind in (b"VP8 ", b"VP8L", b"ANMF")
            kept.append((kind, body))
        at += 8 + length + length % 2
    return _written(kept, way) if drawn else None


def _written(chunks: list[tuple[bytes, bytes]], way: int) -> bytes:
    turned = way != exif.UPRIGHT and chunks[0][0] == b"VP8X"
    pieces = [_chunk(kind, _flagged(body, turned) if kind == b"VP8X" else body) for kind, body in chunks]
    if turned:
        pieces.append(_chunk(b"EXIF", exif.saying_only(way)))
    content = b"WEBP" + b"".join(pieces)
    return b"RIFF" + len(content).to_bytes(4, "little") + content


def _flagged(body: bytes, turned: bool) -> bytes:
    flags = body[0] & ~(HAS_EXIF | HAS_XMP) | (HAS_EXIF if turned else 0)
    return bytes((flags,)) + body[1:]


def _chunk(kind: bytes, body: bytes) -> bytes:
    return kind + len(body).to_bytes(4, "little") + body + b"\0" * (len(body) % 2)
