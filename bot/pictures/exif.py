"""The one thing of a picture's metadata that is needed to see it: which way up it was taken.

Exif is a TIFF in small: a head with its byte order, then a directory of fields (Exif 2.32, 4.5 and 4.6; TIFF 6.0).
"""

from __future__ import annotations

import struct

__all__ = ["UPRIGHT", "orientation", "saying_only"]

UPRIGHT = 1
ORIENTATION, SHORT = 0x0112, 3
MOST_FIELDS = 500


def orientation(exif: bytes) -> int:
    """1 to 8, as Exif counts the ways a picture can be turned and mirrored; 1 where it says nothing."""
    order = {b"II": "<", b"MM": ">"}.get(exif[:2])
    if order is None or len(exif) < 8:
        return UPRIGHT
    (start,) = struct.unpack_from(f"{order}I", exif, 4)
    if start + 2 > len(exif):
        return UPRIGHT
    (count,) = struct.unpack_from(f"{order}H", exif, start)
    for number in range(min(count, MOST_FIELDS)):
        place = start + 2 + 12 * number
        if place + 12 > len(exif):
            break
        tag, kind, _, value = struct.unpack_from(f"{order}HHIH", exif, place)
        if tag == ORIENTATION and kind == SHORT:
            return value if 1 <= value <= 8 else UPRIGHT
    return UPRIGHT


def saying_only(way: int) -> bytes:
    """Exif that says which way up, and nothing else."""
    return b"II*\0" + struct.pack("<IHHHIHHI", 8, 1, ORIENTATION, SHORT, 1, way, 0, 0)
