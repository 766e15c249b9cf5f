"""A row in every table that names people, made from the tables' own description: a new table gets one by itself."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Boolean, Column, Float, Integer, LargeBinary, Table, insert
from sqlmodel import Session, SQLModel

from storage.engine.types import BigId, Json, UtcMoment

__all__ = ["NOBODY", "PEOPLE", "fill"]

PEOPLE = {
    *("accounts.person_id", "answers.by", "answer_history.by", "contact_lists.person_id", "contacts.person_id"),
    *("deliveries.person_id", "drafts.person_id", "entries.person_id", "hand_overs.colleague", "late_uses.person_id"),
    *("handled_updates.person_id", "join_codes.asked_by", "join_codes.person_id", "live_messages.person_id"),
    *("notices.approved_by", "notices.author", "opt_outs.person_id", "organizer_answers.person_id"),
    *("organizer_invitations.by", "organizer_invitations.used_by", "organizer_log.person_id"),
    *("organizer_messages.person_id", "organizers.by", "organizers.person_id", "people.id", "people.merged_into"),
    *("transcripts.person_id", "web_sessions.person_id"),
    *("entries.reviewer", "entry_history.person_id", "review_rounds.person_id", "review_messages.person_id"),
    *("review_assignments.person_id", "review_assignments.by", "followed_searches.person_id"),
    *("review_scores.person_id", "organizer_messages.assignee"),
    *("review_conflicts.person_id", "console_links.person_id", "console_sessions.person_id"),
    *("mailboxes.person_id", "letter_tokens.person_id", "report_orders.person_id"),
}
"""Every column that names a person."""

NOBODY = {
    *(
        "accounts.asked_first",
        "accounts.asked_message",
        "accounts.last_message",
        "answer_history.id",
        "contact_lists.size",
        "contacts.id",
        "contact_groups.contact_id",
        "deliveries.id",
    ),
    *("followed_searches.id", "followed_searches.looked"),
    *("drafts.corrects", "entry_history.id", "review_rounds.id", "review_messages.id", "review_comments.round_id"),
    *("review_scores.id",),
    *("deliveries.message", "files.size", "live_messages.message", "organizer_answers.id"),
    *(
        "organizer_answers.message_id",
        "notices.planned_to",
        "push_outbox.id",
        "organizer_log.id",
        "organizer_messages.id",
        "parked_updates.update_id",
        "register_entries.changed_in",
        "register_state.version",
        "transcripts.id",
    ),
}
"""Every other number of that kind."""

LEFT_OUT = {"people", "accounts", "join_codes", "organizers"}
"""People and their accounts are there; who asks to join has a code; an organizer's account does not move."""

Values = dict[str, Any]


def fill(session: Session, one: int, other: int, now: datetime) -> None:
    """Name `other` in every column that names people, and `one` beside them where the key has a person."""
    made: dict[str, Values] = {"calls": {"code": "2027"}}
    for table in SQLModel.metadata.sorted_tables:
        named = [name.partition(".")[2] for name in PEOPLE if name.partition(".")[0] == table.name]
        if table.name in LEFT_OUT or table.name in made or not (named or table.name == "calls"):
            continue
        made[table.name] = _row(table, made, now) | dict.fromkeys(named, other)
        session.execute(insert(table).values(made[table.name]))
        if any(table.c[name].primary_key for name in named) or table.name == "deliveries":
            session.execute(insert(table).values(made[table.name] | dict.fromkeys(named, one) | _fresh(table)))
    organizers = SQLModel.metadata.tables["organizers"]
    session.execute(insert(organizers).values(person_id=99, role="owner", by=other, since=now))


def _row(table: Table, made: dict[str, Values], now: datetime) -> Values:
    return {column.name: _value(column, made, now) for column in table.columns if not _counts(column)}


def _counts(column: Column[Any]) -> bool:
    """Whether the database numbers it by itself."""
    return column.primary_key and column.name == "id" and isinstance(column.type, BigInteger | Integer)


def _fresh(table: Table) -> Values:
    """What must not be the same in a second row."""
    return {column.name: f"{column.name} 2" for column in table.columns if column.unique}


def _value(column: Column[Any], made: dict[str, Values], now: datetime) -> Any:
    for key in column.foreign_keys:
        target = key.column
        return made.get(target.table.name, {}).get(target.name, 1)
    if isinstance(column.type, UtcMoment):
        return now
    if isinstance(column.type, Json):
        return {} if not column.nullable else None
    if isinstance(column.type, LargeBinary):
        return b""
    if isinstance(column.type, Boolean):
        return False
    if column.type is BigId or isinstance(column.type, Integer | Float):
        return 1
    if column.name in ("state", "old", "new"):
        return "received"
    return f"{column.name} 1"
