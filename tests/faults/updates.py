"""Updates of every kind the Bot API knows, made from aiogram's models: valid ones, mutated ones, hostile ones."""

from __future__ import annotations

import random
import types
from collections.abc import Callable, Iterator, Mapping
from copy import deepcopy
from datetime import datetime, timedelta
from enum import Enum
from functools import cache
from itertools import count
from typing import Annotated, Any, Literal, Union, get_args, get_origin

from aiogram.client.default import Default
from aiogram.types import Update, User
from aiogram.types.base import TelegramObject
from pydantic.fields import FieldInfo

__all__ = ["FIRST_PERSON", "KINDS", "hostile_updates", "says_something"]

KINDS = tuple(name for name in Update.model_fields if name != "update_id")

FREQUENT = ("message", "callback_query", "edited_message", "my_chat_member", "inline_query")
"""Kinds that the service listens to: these make up half of what comes."""

NASTY: tuple[Any, ...] = (
    *("", " ", "\u0000", "\ud800", "\u202e\u2066abc", "<b>&amp;</i>", "'; DROP TABLE people; --", "💥" * 2_000),
    *("/start " + "a" * 3_000, "/\u0663", "/new@other_bot", "/skip", "A" * 4_096, "ﷺ" * 1_000, "٢٠١٥-٠٣", "%s%n{0}{x}"),
    *(0, -1, 1, 2**31, 2**53, 2**63, 2**64, -(2**63), 10**40, 1.5, float(10**300), True, False, None),
    *([], {}, [[]], {"a": {}}, [None] * 50),
)
"""What somebody might put where something else belongs."""

FIRST_PERSON = 500_000
"""People's ids go on from here."""

DEPTH = 4
"""How far optional parts of parts are filled in."""


@cache
def _fields(model: type[TelegramObject]) -> Mapping[str, FieldInfo]:
    """The fields of a model whose annotations are known by now: aiogram's models are made when first used."""
    model.model_rebuild()
    return model.model_fields


class Making:
    """Makes values for the annotations of the models, by chance."""

    def __init__(self, seed: int, people: int) -> None:
        self.chance = random.Random(seed)
        self.people = people
        self.ids = count(10_000_000)

    def update(self, kind: str) -> dict[str, Any]:
        """A valid update of a kind."""
        field = _fields(Update)[kind]
        return {"update_id": next(self.ids), kind: self.value(field.annotation, 0)}

    def person(self) -> int:
        return FIRST_PERSON + self.chance.randrange(self.people)

    def value(self, kind: Any, depth: int) -> Any:
        origin, parts = get_origin(kind), get_args(kind)
        if origin in (Union, types.UnionType):
            return self.value(
                self.chance.choice([part for part in parts if part is not type(None) and part is not Default]), depth
            )
        if origin is Annotated:
            return self.value(parts[0], depth)
        if origin is Literal:
            return self.chance.choice(parts)
        if origin in (list, tuple):
            return [self.value(parts[0], depth + 1) for _ in range(self.chance.randint(1, 2))]
        if isinstance(kind, type) and issubclass(kind, TelegramObject):
            return self.object(kind, depth + 1)
        if isinstance(kind, type) and issubclass(kind, Enum):
            return self.chance.choice(list(kind)).value
        return self.plain(kind)

    def plain(self, kind: Any) -> Any:
        makers: dict[Any, Callable[[], Any]] = {
            int: lambda: self.chance.choice([1, 7, 2_000, self.person()]),
            bool: lambda: self.chance.random() < 0.5,
            float: lambda: round(self.chance.uniform(-90, 90), 3),
            str: self.text,
            datetime: lambda: 1_795_600_000 - self.chance.randrange(10_000),
            timedelta: lambda: 60,
        }
        return makers.get(kind, self.text)()

    def text(self) -> str:
        said = ("yes", "/new", "/back", "/review", "Kenya", "C2, C4", "1|.next", "2|.done", "Lake Networks", "9")
        return self.chance.choice(said)

    def object(self, model: type[TelegramObject], depth: int) -> dict[str, Any]:
        """A model's fields: those that it must have, and some that it may have."""
        made: dict[str, Any] = {}
        for name, field in _fields(model).items():
            needed = field.is_required() or get_origin(field.annotation) is Literal
            if needed or (depth < DEPTH and self.chance.random() < 0.12):
                made[field.alias or name] = self.value(field.annotation, depth)
        return self.placed(model.__name__, made)

    def placed(self, name: str, made: dict[str, Any]) -> dict[str, Any]:
        """Most of it is from people, in their chats: what is not is let go by the service at once."""
        if name == "User":
            made |= {"id": self.person(), "is_bot": self.chance.random() < 0.02}
        if name == "Chat" and self.chance.random() < 0.85:
            made |= {"id": self.person(), "type": "private"}
        if name in ("Message", "InaccessibleMessage"):
            made.setdefault("from", self.object(User, DEPTH))
        if name == "Message" and self.chance.random() < 0.5:
            made["text"] = self.text()
        if name == "CallbackQuery":
            made["data"] = self.text()
        return made


def mutated(update: dict[str, Any], chance: random.Random) -> dict[str, Any]:
    """The update with one to three of its values replaced, wherever they stand."""
    for _ in range(chance.randint(1, 3)):
        places = [place for place in _places(update) if place[1] != "update_id"]
        holder, key = chance.choice(places)
        holder[key] = deepcopy(chance.choice(NASTY))
    return update


def _places(value: Any) -> list[tuple[Any, Any]]:
    found: list[tuple[Any, Any]] = []
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, item in items:
        found.append((value, key))
        found += _places(item)
    return found


def hostile_updates(seed: int, people: int) -> Iterator[dict[str, Any]]:
    """Updates without end: every kind in turn, every second one mutated."""
    making = Making(seed, people)
    while True:
        for kind in (*KINDS, *FREQUENT * 5):
            update = making.update(kind)
            yield mutated(update, making.chance) if making.chance.random() < 0.5 else update


def says_something(update: dict[str, Any]) -> bool:
    """Whether this is a text of a person in their own chat, however odd what stands beside it: it must not be lost."""
    message = update.get("message")
    if not isinstance(message, dict) or update.keys() != {"update_id", "message"}:
        return False
    chat, user = message.get("chat"), message.get("from")
    if not isinstance(chat, dict) or not isinstance(user, dict):
        return False
    texts = [user.get("first_name"), message.get("text"), *(user.get(n, "") for n in ("last_name", "username"))]
    texts += [user.get("language_code", ""), message.get("caption", ""), message.get("media_group_id", "")]
    numbers = [chat.get("id"), user.get("id"), message.get("message_id"), message.get("date")]
    numbers.append(message.get("edit_date", 1))
    return (
        all(isinstance(text, str) for text in texts)
        and all(type(number) is int and 0 < number < 2**52 for number in numbers)
        and chat.get("type") == "private"
        and user.get("is_bot") is False
        and max(message["date"], message.get("edit_date", 1)) < 2**33
    )
