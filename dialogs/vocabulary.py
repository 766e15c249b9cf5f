"""The words the conversation understands, whatever language they are typed in. Made from the catalogues."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

__all__ = ["Vocabulary"]


@dataclass(frozen=True, slots=True)
class Vocabulary:
    """Words in every language at once: someone who reads English may answer «Китай» or 中国.

    `labels`: every way of naming a choice, as written, by message key (`option.org_type.GOV`, `goal.4`,
        `action_line.C1`, `choice.back`), by `country.KE` and by `language.fr`.
    `months`: folded names of months, long and short, to 1..12.
    `intents`: folded words that want something (`back`, `yes`) to the name of what they want.
    `languages`: codes of the languages the bot speaks, in the order they are offered.
    """

    labels: Mapping[str, tuple[str, ...]]
    months: Mapping[str, int]
    intents: Mapping[str, str]
    languages: tuple[str, ...] = ()
