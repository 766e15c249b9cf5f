"""JPEG without metadata: its segments are copied but for those that speak of the people, and what follows its end.

Nothing is encoded anew: the picture is the same, dot by dot. Behind the end of the picture phones append others, films
and depth maps with metadata of their own (ITU-T T.81, Annex B, has the markers; CIPA DC-007 the appended pictures).
"""

from __future__ import annotations

from collections.abc import Iterator

from bot.pictures import exif

__all__ = ["clean"]

START, END, SCAN, TEMPORARY = 0xD8, 0xD9, 0xDA, 0x01
RESTARTS = range(0xD0, 0xD8)
APPLICATION = range(0xE0, 0xF0)
COMMENT = 0xFE
EXIF = b"Exif\0\0"
KEPT = ((0xE0, b"JFIF\0"), (0xE2, b"ICC_PROFILE\0"), (0xEE, b"Adobe"))
"""Application segments that say how to decode and show the colours."""


def clean(data: bytes) -> bytes | None:
    """The picture without metadata; None: it is none, or not whole."""
    kept, way = [], exif.UPRIGHT
    whole = False
    for marker, body in _segments(data):
        if marker == END:
            whole = True
        elif marker == 0xE1 and body.startswith(EXIF) and way == exif.UPRIGHT:
            way = exif.orientation(body[len(EXIF) :])
        elif _stays(marker, body):
            kept.append(_segment(marker, body))
    if not whole:
        return None
    turned = [_segment(0xE1, EXIF + exif.saying_only(way))] if way != exif.UPRIGHT else []
    return b"".join([b"\xff\xd8", *turned, *kept, b"\xff\xd9"])


def _stays(marker: int, body: bytes) -> bool:
    if marker in APPLICATION:
        return any(marker == number and body.startswith(name) for number, name in KEPT)
    return marker != COMMENT


def _segment(marker: int, body: bytes) -> bytes:
    """A segment as it is written; the picture's own data stands behind the head of its scan."""
    if marker != SCAN:
        return bytes((0xFF, marker)) + (len(body) + 2).to_bytes(2, "big") + body
    return b"\xff\xda" + body


def _segments(data: bytes) -> Iterator[tuple[int, bytes]]:
    """Markers with their content, up to the end of the picture; a scan's is its head with all of its data."""
    if data[:2] != b"\xff\xd8":
        return
    at = 2
    while at + 2 <= len(data):
        if data[at] != 0xFF:
            return
        marker = data[at + 1]
        if marker == 0xFF:  # a byte that fills
            at += 1
            continue
        if marker == END:
            yield END, b""
            return
        if marker in RESTARTS or marker == TEMPORARY or at + 4 > len(data):
            return
        length = int.from_bytes(data[at + 2 : at + 4], "big")
        if length < 2 or at + 2 + length > len(data):
            return
        if marker != SCAN:
            yield marker, data[at + 4 : at + 2 + length]
            at += 2 + length
            continue
        end = _end_of_scan(data, at + 2 + length)
        yield SCAN, data[at + 2 : end]
        at = end


def _end_of_scan(data: bytes, at: int) -> int:
    """Where the next marker stands that is not within a scan."""
    while (found := data.find(b"\xff", at)) >= 0 and found + 1 < len(data):
        if data[found + 1] != 0 and data[found + 1] not in RESTARTS:
            return found
        at = found + 2
    return len(data)
