"""Languages in which people may use a service."""

from __future__ import annotations

from dialogs.knowledge.data_files import facts

__all__ = ["SPOKEN"]

SPOKEN: tuple[str, ...] = tuple(facts("languages")["spoken"])
"""ISO 639 codes, the six languages of the United Nations first."""
