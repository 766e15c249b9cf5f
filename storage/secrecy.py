"""Codes and tokens are kept as hashes only: who reads the tables cannot use them."""

from __future__ import annotations

import hashlib

__all__ = ["hashed"]


def hashed(code: str) -> str:
    """What is kept of a code."""
    return hashlib.sha256(code.strip().encode()).hexdigest()
