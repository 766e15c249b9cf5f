"""What a receipt says of answers and files: hashes with a salt, so that a short answer cannot be guessed from it.

Answers about the person have a hash of their own: they are erased from a published entry when its person asks to be
forgotten, and the rest of it can still be checked.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from typing import Any

from storage.receipts.jws import encode

__all__ = ["PERSONAL", "answers_digest", "file_digest", "personal_digest", "text_digest"]

PERSONAL = ("contact_name", "contact_role", "contact_email", "show_contact", "contact_visibility")
"""Answers about the person."""
EXACT = 2**53 - 1
"""The largest whole number that JCS (RFC 8785) writes; larger ones are hashed as texts."""


def answers_digest(answers: Mapping[str, Any], salt: str) -> str:
    """The hash of an entry's answers, but those about its person."""
    return _digest({key: value for key, value in answers.items() if key not in PERSONAL}, salt)


def personal_digest(answers: Mapping[str, Any], salt: str) -> str:
    """The hash of the answers about the person."""
    return _digest({key: value for key, value in answers.items() if key in PERSONAL}, salt)


def file_digest(sha256: str, salt: str) -> str:
    """The hash of a file, of which the plain one is known (hexadecimal)."""
    return encode(hashlib.sha256(f"{salt}.{sha256}".encode()).digest())


def text_digest(text: str) -> str:
    """The hash by which a receipt names the one before it."""
    return encode(hashlib.sha256(text.encode()).digest())


def _digest(value: Mapping[str, Any], salt: str) -> str:
    import rfc8785

    return encode(hashlib.sha256(salt.encode() + b"." + rfc8785.dumps(_exact(value))).digest())


def _exact(value: Any) -> Any:
    """The value with what JCS has no way to write as text."""
    if isinstance(value, Mapping):
        return {str(key): _exact(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_exact(item) for item in value]
    if isinstance(value, int) and not isinstance(value, bool) and abs(value) > EXACT:
        return str(value)
    return value
