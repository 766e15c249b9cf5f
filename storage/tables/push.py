"""What is told to receivers outside, and what becomes of it: the outbox.

Rows are written in the transaction that changes the entry (`storage.push.outbox`): whoever writes an entry has nothing
to do for it. The session notes what each entry was before it was first touched, and compares at the commit.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Index, event, inspect
from sqlalchemy.orm import Mapper, object_session
from sqlalchemy.orm import Session as AnySession
from sqlmodel import Column, Field, Session, SQLModel

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.entry_event import Snapshot
from storage.engine.types import BigId, Json, UtcMoment
from storage.tables.entries import EntryRow

__all__ = ["QUIET", "PushReceiverRow", "PushRow"]

BEFORE = "push_before"
"""Under this name a session notes what entries were before it touched them: by reference, None for a new one."""
QUIET = "push_quiet"
"""Set in a session's `info`: what it does to entries is told to nobody. An import of old ones is nothing new."""


class PushReceiverRow(SQLModel, table=True):
    """A receiver that the settings name; its address and secrets stand there only.

    `events`: what it wants, as `EntryEvent` values; `public`: it gets what the public is shown, and nothing else.
    `set`: the settings still name it. `stopped`: since when it gets nothing, for it said 410. `not_before` and
    `failures`: when it may be tried again, and how often it could not be reached in a row.
    """

    __tablename__ = "push_receivers"

    name: str = Field(primary_key=True)
    events: Any = Field(default=None, sa_type=Json, nullable=True)
    public: bool = False
    set: bool = True
    stopped: datetime | None = Field(default=None, sa_type=UtcMoment)
    not_before: datetime | None = Field(default=None, sa_type=UtcMoment)
    failures: int = 0


class PushRow(SQLModel, table=True):
    """An event of an entry for a receiver. It holds no answer: the body is made from the version when it is sent.

    `id` grows with each event of an entry, in the order of their commits. `state`: waiting, sent, dead, dropped.
    `due`: not before; `first`: when it was tried first; `cause`: why the last try failed.
    """

    __tablename__ = "push_outbox"
    __table_args__ = (
        Index("push_due", "receiver", "state", "due"),
        Index("push_order", "reference", "receiver", "id"),
        {"sqlite_autoincrement": True},
    )

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    receiver: str = Field(foreign_key="push_receivers.name")
    reference: str
    version: int
    event: str
    at: datetime = Field(sa_type=UtcMoment)
    state: str = "waiting"
    due: datetime = Field(sa_type=UtcMoment)
    attempt: int = 0
    first: datetime | None = Field(default=None, sa_type=UtcMoment)
    settled: datetime | None = Field(default=None, sa_type=UtcMoment)
    cause: str | None = None


@event.listens_for(EntryRow, "before_insert")
def _inserted(mapper: Mapper[Any], connection: Connection, entry: EntryRow) -> None:
    _note(entry, None)


@event.listens_for(EntryRow, "before_update")
@event.listens_for(EntryRow, "before_delete")
def _changed(mapper: Mapper[Any], connection: Connection, entry: EntryRow) -> None:
    publish = (_was(entry, "answers") or {}).get("publish") is True
    state, person = EntryState(_was(entry, "state")), _was(entry, "person_id")
    _note(entry, Snapshot(_was(entry, "version"), state, publish, person is not None))


def _was(entry: EntryRow, name: str) -> Any:
    """What a column held before this change."""
    history = inspect(entry).attrs[name].load_history()
    return history.deleted[0] if history.deleted else getattr(entry, name)


def _note(entry: EntryRow, before: Snapshot | None) -> None:
    session = object_session(entry)
    if session is not None and not session.info.get(QUIET):
        session.info.setdefault(BEFORE, {}).setdefault(entry.reference, before)


@event.listens_for(AnySession, "before_commit")
def _committing(session: AnySession) -> None:
    if not isinstance(session, Session):
        return
    session.flush()
    touched = session.info.pop(BEFORE, None)
    if touched:
        from storage.push.outbox import follow

        follow(session, touched)


@event.listens_for(AnySession, "after_rollback")
def _rolled_back(session: AnySession) -> None:
    session.info.pop(BEFORE, None)
