"""Which columns name people is known, so that none is forgotten where people are joined or erased."""

from __future__ import annotations

from sqlmodel import SQLModel

from storage.engine.types import BigId
from tests.rights.rows import NOBODY, PEOPLE


def test_every_column_that_may_name_a_person_is_known() -> None:
    """A new one has to be thought of: is it moved when two people are one, and erased when they ask for it?"""
    tables = SQLModel.metadata.tables.values()
    found = {f"{table.name}.{column.name}" for table in tables for column in table.columns if column.type is BigId}
    assert found == PEOPLE | NOBODY
    assert not PEOPLE & NOBODY
