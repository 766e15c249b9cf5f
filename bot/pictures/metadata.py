"""A picture as others than its sender may have it: the same picture, and nothing that it says beside."""

from __future__ import annotations

from bot.pictures import gif, jpeg, png, webp

__all__ = ["is_picture", "without_metadata"]

ENDINGS = (".jpg", ".jpeg", ".png", ".gif", ".webp", ".heic", ".heif")
BEGINNINGS = (b"\xff\xd8\xff", b"\x89PNG", b"GIF8", b"RIFF")
"""How pictures are named and how they begin, whether or not they can be cleaned."""


def is_picture(name: str, data: bytes) -> bool:
    """Whether a file is a picture, by its name or its bytes. HEIC is one that cannot be cleaned."""
    return name.casefold().endswith(ENDINGS) or data.startswith(BEGINNINGS)


def without_metadata(data: bytes) -> bytes | None:
    """The picture without place, time, camera, author, comments and previews; None: it is none that can be cleaned.

    What it is is told from its bytes, whatever its name says.
    """
    return next((found for each in (jpeg, png, webp, gif) if (found := each.clean(data)) is not None), None)
