"""Something is done to an entry from the command line, and what came of it is said in a line."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import datetime
from typing import Any

from bot.cli.input import fail
from bot.cli.runtime import with_app

__all__ = ["TROUBLES", "as_json_text", "done", "named"]

TROUBLES = {
    "gone": "there is no entry {reference}",
    "taken": "another reviewer has {reference}",
    "changed": "a newer version of {reference} has come in",
    "not_now": "this cannot be done with {reference} as it stands (see: stocktaking entries show {reference})",
    "past": "the due date must be later than now",
    "nobody": "the author of {reference} asked to be forgotten: nobody can be asked",
    "empty": "there is no comment to send: add --comment",
    "criteria": "it must be scored by the criteria of its call, 1 to 5 each (see: stocktaking calls criteria)",
    "interest": "they are no reviewer, or have an interest in {reference}",
    "too_late": "it was not the last thing that happened to {reference}",
}


def done(reference: str, deed: Callable[[Any, datetime], Any], as_json: bool) -> None:
    """Do something to an entry, and say how it stands; one line and exit code 1 when it could not be done."""
    name = named(reference)

    async def work(app: Any) -> tuple[Any, str]:
        now = app.turns.now()

        def both(session: Any) -> tuple[Any, str]:
            from storage.tables import EntryRow

            trouble = deed(session, now)
            row = session.get(EntryRow, name)
            return trouble, row.state if row is not None else ""

        return await app.database.write(both)  # type: ignore[no-any-return]

    trouble, state = with_app(work)
    if trouble is not None:
        fail(TROUBLES[str(trouble)].format(reference=name))
    print(as_json_text({"reference": name, "state": state}) if as_json else f"{name}: {state}")


def named(reference: str) -> str:
    """A reference as it is kept, however it was typed."""
    return reference.strip().upper()


def as_json_text(value: Any) -> str:
    """Anything, for a program."""
    return json.dumps(value, ensure_ascii=False, indent=2, default=str)
