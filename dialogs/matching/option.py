"""One option of a question, as it is offered and as it may be typed."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.domain.messages import Country, LanguageName, Message, Value

__all__ = ["Option"]


@dataclass(frozen=True, slots=True)
class Option:
    """`code` is stored; `label` is the full name, `short` fits a button, `detail` explains.

    `group` keeps related options together; an `exclusive` option stands alone ("none of these").
    """

    code: str
    label: Value
    short: Value | None = None
    detail: Value | None = None
    group: str = ""
    exclusive: bool = False

    @property
    def keys(self) -> tuple[str, ...]:
        """The vocabulary keys under which this option's names are found, the full name first."""
        return tuple(key for key in (_key(self.label), _key(self.short)) if key)


def _key(label: Value | None) -> str | None:
    if isinstance(label, Message):
        return label.key
    if isinstance(label, Country):
        return f"country.{label.code}"
    if isinstance(label, LanguageName):
        return f"language.{label.code}"
    return None
