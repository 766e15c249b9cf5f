"""The words people may type, in all languages at once: labels of options, months, and short commands."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

__all__ = ["Vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """`labels`: every name of an option in every language, by message key or `country.<code>`.

    `months`: folded month names and abbreviations to 1..12. `intents`: folded words to what they ask for
    (`yes no back skip done help` ...).
    """

    labels: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    months: Mapping[str, int] = field(default_factory=dict)
    intents: Mapping[str, str] = field(default_factory=dict)
