"""GIF without metadata: without comments, and without what programs put beside the pictures (GIF89a, 17 to 27)."""

from __future__ import annotations

__all__ = ["clean"]

PICTURE, EXTENSION, END = 0x2C, 0x21, 0x3B
CONTROL, TEXT, APPLICATION = 0xF9, 0x01, 0xFF
REPEATS = (b"NETSCAPE2.0", b"ANIMEXTS1.0")
"""Applications whose extension says how often a moving picture is shown."""


def clean(data: bytes) -> bytes | None:
    """The picture without metadata, and without what follows its end; None: it is none, or not whole."""
    if data[:6] not in (b"GIF87a", b"GIF89a") or len(data) < 13:
        return None
    at = 13 + _colours(data[10])
    kept = [data[:at]]
    while at < len(data):
        if data[at] == END:
            return b"".join([*kept, b"\x3b"])
        end = _end(data, at)
        if end is None:
            return None
        if _stays(data, at):
            kept.append(data[at:end])
        at = end
    return None


def _stays(data: bytes, at: int) -> bool:
    if data[at] == PICTURE:
        return True
    if data[at + 1] == APPLICATION:
        return data[at + 3 : at + 14] in REPEATS
    return data[at + 1] in (CONTROL, TEXT)


def _colours(flags: int) -> int:
    """Bytes of the table of colours that such a flag announces."""
    return 3 << ((flags & 7) + 1) if flags & 0x80 else 0


def _end(data: bytes, at: int) -> int | None:
    """Where a block ends that begins here; None: it is none, or not whole."""
    if data[at] == EXTENSION:
        at += 2
    elif data[at] == PICTURE and at + 11 <= len(data):
        at += 11 + _colours(data[at + 9])
    else:
        return None
    while at < len(data):
        if data[at] == 0:
            return at + 1
        at += 1 + data[at]
    return None
