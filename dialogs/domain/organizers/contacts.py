"""Requests about contacts: who of them can be reached, and lists that are sent in the chat."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any, ClassVar

from dialogs.domain.events import FileRef
from dialogs.domain.messages import Code, Message, Value
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right

__all__ = [
    "ContactCard",
    "Group",
    "ListState",
    "Reach",
    "ReadReach",
    "TakeList",
    "frozen",
    "group_name",
    "thawed",
    "total",
]


@dataclass(frozen=True, slots=True)
class Group:
    """Contacts of a country and a language (empty: the list doesn't say).

    `started` is `reachable + opted_out + blocked + web_only`; `invited` is everyone.
    """

    country: str
    language: str
    invited: int = 0
    started: int = 0
    reachable: int = 0
    opted_out: int = 0
    blocked: int = 0
    web_only: int = 0


def total(groups: Iterable[Group]) -> Group:
    """All groups together."""
    there = list(groups)
    names = ("invited", "started", "reachable", "opted_out", "blocked", "web_only")
    return Group("", "", **{name: sum(getattr(group, name) for group in there) for name in names})


LONGEST_GROUP = 40
"""Characters of a group's name."""


def group_name(text: str) -> str:
    """The name of a group of contacts as it is kept: in small letters, so that it is one group however it is typed."""
    return " ".join(text.split()).casefold()[:LONGEST_GROUP].strip()


@dataclass(frozen=True, slots=True)
class ContactCard:
    """One contact as organizers see it. `started`: somebody followed the personal link."""

    id: int
    name: str = ""
    organisation: str = ""
    email: str = ""
    country: str = ""
    language: str = ""
    kind: str = ""
    groups: tuple[str, ...] = ()
    started: bool = False


@dataclass(frozen=True, slots=True)
class ListState:
    """A list that was sent: not read yet (`result` None), or what became of it.

    `result`: the numbers `new`, `changed`, `same`, `unwanted`, `refused`; `problems`, the first rows that were left
    out, each with its number and what is wrong (`frozen`); or `error`, why it is no list at all (`frozen`).
    """

    name: str
    result: Mapping[str, Any] | None = None


@dataclass(frozen=True, slots=True)
class Reach:
    """Who can be reached, the largest group first; and the newest list of whoever asks."""

    groups: tuple[Group, ...] = ()
    list: ListState | None = None


@dataclass(frozen=True, slots=True)
class ReadReach(OrganizersRequest):
    """Result: Reach."""

    right: ClassVar[Right | None] = Right.CONTACTS
    looks: ClassVar[bool] = True


@dataclass(frozen=True, slots=True)
class TakeList(OrganizersRequest):
    """Keep a list that was sent, to be read as soon as its bytes are here. Result: Reach."""

    right: ClassVar[Right | None] = Right.CONTACTS
    file: FileRef = field(default_factory=lambda: FileRef("", "", "", "", 0))


def frozen(message: Message) -> list[Any]:
    """What is wrong with a row or a list, as plain JSON."""
    return [message.key, {name: _frozen(value) for name, value in message.values.items()}, message.count]


def _frozen(value: Value) -> Any:
    if isinstance(value, Code):
        return {"code": value.text}
    return {"key": value.key} if isinstance(value, Message) else value


def thawed(kept: Any) -> Message:
    """What `frozen` gave, said again."""
    key, values, count = kept
    return Message(key, {name: _thawed(value) for name, value in values.items()}, count)


def _thawed(value: Any) -> Value:
    if isinstance(value, Mapping):
        return Code(value["code"]) if "code" in value else Message(value["key"])
    return value if isinstance(value, int) else str(value)
