"""The country that a person is taken to be in, kept with the person: no sweep has to look for it among all answers.

What they answered last counts; else what their newest entry says; else a list of contacts that they followed a link of.
It is found again in the flush that writes an answer or an entry; whoever writes answers past the ORM calls
`answer_changed`, whoever moves rows in bulk `find_country`.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection, event, inspect, text
from sqlalchemy.orm import Mapper

from storage.tables.drafts import AnswerRow
from storage.tables.entries import EntryRow

__all__ = ["answer_changed", "find_country"]

QUESTION = "org_country"
"""The question whose answer is a country."""

FIND = """
    UPDATE people SET country = coalesce(
        (SELECT replace(answers.value, '"', '') FROM answers JOIN drafts ON drafts.id = answers.draft_id
         WHERE drafts.person_id = people.id AND answers.key = 'org_country' AND answers.value IS NOT NULL
         ORDER BY answers.at DESC LIMIT 1),
        (SELECT entries.country FROM entries WHERE entries.person_id = people.id AND entries.country IS NOT NULL
         ORDER BY entries.submitted DESC LIMIT 1),
        (SELECT contacts.country FROM contacts WHERE contacts.person_id = people.id AND contacts.country <> ''
         ORDER BY contacts.started DESC LIMIT 1))
    WHERE NOT forgotten AND merged_into IS NULL
"""
OF_PERSON = text(f"{FIND} AND id = :person")
OF_AUTHOR = text(f"{FIND} AND id = (SELECT person_id FROM drafts WHERE drafts.id = :draft)")


def find_country(connection: Connection, person: int) -> None:
    """Find a person's country again."""
    connection.execute(OF_PERSON, {"person": person})


def answer_changed(connection: Connection, draft: str, key: str) -> None:
    """Find the country of a draft's author again, if that is what the question is about."""
    if key == QUESTION:
        connection.execute(OF_AUTHOR, {"draft": draft})


def _answered(mapper: Mapper[Any], connection: Connection, answer: AnswerRow) -> None:
    answer_changed(connection, answer.draft_id, answer.key)


for moment in ("after_insert", "after_update", "after_delete"):
    event.listen(AnswerRow, moment, _answered)


@event.listens_for(EntryRow, "after_insert")
@event.listens_for(EntryRow, "after_update")
def _sent(mapper: Mapper[Any], connection: Connection, entry: EntryRow) -> None:
    state: Any = inspect(entry)
    if entry.person_id is not None and state.attrs.country.history.has_changes():
        find_country(connection, entry.person_id)
