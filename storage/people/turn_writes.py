"""What a turn leaves: its last effects, where the person is now, and the mark "handled", in few statements.

Nearly every turn of a conversation answers one question. On PostgreSQL, where each statement is a way to the server and
back, its five rows are then written by one statement; they are rows of five tables, so the order does not matter. On
SQLite a statement costs a tenth of that, and it knows no writes within a query: there they are written one by one.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache

from sqlalchemy import Insert, insert, update
from sqlmodel import Session

from dialogs.domain.conversation import State
from dialogs.domain.effects import AnswerGiven, Effect
from dialogs.domain.entries.portion import Portions
from storage.engine.prepared import bound, execute, named, table_of
from storage.entries import answers
from storage.people import conversations
from storage.tables import DraftRow, HandledRow, HistoryRow, PersonRow, answer_changed
from storage.updates import processed_updates

__all__ = ["Mark", "keep"]

DRAFTS, HANDLED, HISTORY, PEOPLE = (table_of(row) for row in (DraftRow, HandledRow, HistoryRow, PersonRow))


@dataclass(frozen=True, slots=True)
class Mark:
    """Of an update of this person: see `HandledRow`."""

    channel: str
    update_id: str
    person: int
    screens: str | None
    worker: int | None


def keep(
    session: Session,
    person: int,
    effects: Sequence[Effect],
    state: State,
    now: datetime,
    mark: Mark,
    portions: Portions,
    only: str | None = None,
) -> None:
    """Apply the effects, keep the state and mark the update. Refused: an effect is not theirs to want."""
    answer = effects[0] if len(effects) == 1 else None
    if isinstance(answer, AnswerGiven) and answer.file is None and session.get_bind().dialect.name == "postgresql":
        conversations.check_right(session, person, answer, portions, only)
        _keep_answered(session, person, answer, state, now, mark)
        return
    for effect in effects:
        conversations.apply(session, person, effect, portions, only)
    conversations.keep(session, person, state, now)
    processed_updates.mark(session, mark.channel, mark.update_id, mark.person, mark.screens, now, mark.worker)


def _keep_answered(session: Session, person: int, effect: AnswerGiven, state: State, now: datetime, mark: Mark) -> None:
    values = {
        **answers.values_of(effect.draft, effect.key, effect.answer),
        "removed": False,
        "person": person,
        "state": conversations.counted(session, person, state),
        "now": now,
        "channel": mark.channel,
        "update_id": mark.update_id,
        "person_id": mark.person,
        "screens": mark.screens,
        "worker": mark.worker,
    }
    execute(session, _answered(), named(values))
    answer_changed(session.connection(), effect.draft, effect.key)


@cache
def _answered() -> Insert:
    """The statement of `_keep_answered`, with the parameters of `named`."""
    answered = answers.keeping("postgresql").cte("answered")
    remembered = insert(HISTORY).values({name: bound(HISTORY.c[name]) for name in answers.REMEMBERED}).cte("remembered")
    touched = update(DRAFTS).where(DRAFTS.c.id == bound(HISTORY.c.draft_id)).values(touched=bound(HISTORY.c.at))
    moved = update(PEOPLE).where(PEOPLE.c.id == bound(PEOPLE.c.id, "person"))
    moved = moved.values(state=bound(PEOPLE.c.state), seen=bound(PEOPLE.c.seen, "now"))
    marked = {name: bound(HANDLED.c[name]) for name in ("channel", "update_id", "person_id", "screens", "worker")}
    marked["at"] = bound(HANDLED.c.at, "now")
    return insert(HANDLED).values(marked).add_cte(answered, remembered, touched.cte("touched"), moved.cte("moved"))
