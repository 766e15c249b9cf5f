"""Receipts, in a chain for each call, and the keys that sign them."""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Field, SQLModel, Text

from storage.engine.types import UtcMoment

__all__ = ["ReceiptKeyRow", "ReceiptRow"]


class ReceiptKeyRow(SQLModel, table=True):
    """A key. Without `private` it signs nothing any more; its `public` part stays, for the receipts that it signed."""

    __tablename__ = "receipt_keys"

    kid: str = Field(primary_key=True)
    public: str
    private: str | None = None
    made: datetime = Field(sa_type=UtcMoment)


class ReceiptRow(SQLModel, table=True):
    """A receipt, the `number`th of its call. It says nothing about a person.

    `erased`: its entry was erased at its author's wish. A version has a second one when a file's bytes came after it.
    """

    __tablename__ = "receipts"

    call: str = Field(primary_key=True, foreign_key="calls.code")
    number: int = Field(primary_key=True)
    reference: str = Field(index=True)
    version: int
    jws: str = Field(sa_type=Text)
    erased: bool = False
