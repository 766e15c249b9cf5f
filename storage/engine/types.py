"""Column types that both engines keep alike: moments in UTC, JSON as text, and what is sealed where a key is set."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import BigInteger, DateTime, Dialect, Integer, String, Text, TypeDecorator

from storage.engine import sealing

__all__ = ["BigId", "Json", "Sealed", "SealedJson", "UtcMoment"]

BigId = BigInteger().with_variant(Integer(), "sqlite")
"""A 64-bit number that counts by itself on both engines (SQLite counts only `INTEGER`)."""


class UtcMoment(TypeDecorator[datetime]):
    """An aware moment in UTC. SQLite has no zones: it is kept there as plain UTC and comes back aware."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError(f"{value!r} has no time zone: keep aware moments only")
        moment = value.astimezone(UTC)
        return moment.replace(tzinfo=None) if dialect.name == "sqlite" else moment

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class Json(TypeDecorator[Any]):
    """A plain JSON value, kept as readable text."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else json.dumps(value, ensure_ascii=False, separators=(",", ":"))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(value)


class Sealed(TypeDecorator[str]):
    """A text that is sealed on its way in, where a key is set (`storage.engine.sealing`); `findable`: looked up by."""

    impl = String
    cache_ok = True

    def __init__(self, *, findable: bool = False) -> None:
        super().__init__()
        self.findable = findable

    def process_bind_param(self, value: str | None, dialect: Dialect) -> str | None:
        return None if value is None else sealing.seal(value, findable=self.findable)

    def process_result_value(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else sealing.unseal(value, findable=self.findable)


class SealedJson(TypeDecorator[Any]):
    """A plain JSON value, sealed as a text where a key is set."""

    impl = Text
    cache_ok = True

    def process_bind_param(self, value: Any, dialect: Dialect) -> str | None:
        return None if value is None else sealing.seal(json.dumps(value, ensure_ascii=False, separators=(",", ":")))

    def process_result_value(self, value: Any, dialect: Dialect) -> Any:
        return None if value is None else json.loads(sealing.unseal(value))
