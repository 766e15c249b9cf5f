"""Codes and tokens are kept as hashes only: who reads the tables cannot use them."""

from __future__ import annotations

import hashlib

__all__ = ["hashed", "readable"]

LETTERS = "23456789ABCDEFGHJKLMNPQRSTUVWXYZ"
"""Digits and capitals that nobody mistakes for one another: 5 bits each."""


def hashed(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.strip().encode()).hexdigest()


def readable(token: str, length: int) -> str:
    """A code to be copied by hand, from a random token."""
    number = int(hashed(token), 16)
    return "".join(LETTERS[number // len(LETTERS) ** place % len(LETTERS)] for place in range(length))
