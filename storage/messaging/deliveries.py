"""The ledger: one row for each notice and person, and what became of it. It is the truth about sending.

    planned --claim--> claimed --go--> going --settle--> sent | failed | skipped
       ^                  |              |
       +- postpone, the --+              +- the courier died: uncertain (listed, never sent again by itself)
          courier died

A row is written once however often it is planned (unique by notice and person), and claimed by one courier. It is noted
as going just before it does: of a courier that died, what it had only claimed was surely not sent.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Index, Select, UniqueConstraint, bindparam, func, text
from sqlalchemy import select as rows
from sqlmodel import Column, Field, Session, SQLModel, col, delete, select, update

from dialogs.domain.channels import TELEGRAM
from dialogs.domain.notice import DeliveryState, NoticeState
from storage.engine.types import BigId, UtcMoment
from storage.messaging.notices import Notice

__all__ = [
    "IN_HAND",
    "Amendment",
    "Claimed",
    "Delivery",
    "Settled",
    "amended",
    "amendments",
    "claim",
    "counts",
    "finish",
    "forget",
    "go",
    "move",
    "orphans",
    "postpone",
    "recallable",
    "release",
    "resend",
    "retry_failed",
    "sent_by",
    "settle",
]


P = DeliveryState.PLANNED.value
IN_HAND = (DeliveryState.CLAIMED.value, DeliveryState.GOING.value)
"""States of a row that a courier has."""
SENT = text("deliveries.state = 'sent'")
"""For queries that a partial index answers: it is used when its condition is known to hold before values are."""


class Delivery(SQLModel, table=True):
    """`due`: not before. `channel`: by which it goes. `message` is the channel's number of what was sent, where that
    can be changed later; `revision` the text it shows.

    `cause`: why it failed or was skipped. `attempt` counts the claims. `settled` is when the state became final.
    """

    __tablename__ = "deliveries"
    # What `claim` looks for is a partial index: its migration makes it, as naming it here loads both engines' dialects.
    __table_args__ = (
        UniqueConstraint("notice_id", "person_id", name="delivery_once"),
        # what `counts` and `finish` look for
        Index("delivery_state", "notice_id", "state", "cause"),
        Index("delivery_person", "person_id"),
    )

    id: int | None = Field(default=None, sa_column=Column(BigId, primary_key=True, autoincrement=True))
    notice_id: int = Field(foreign_key="notices.id")
    person_id: int = Field(sa_column=Column(BigId, nullable=False))
    channel: str = TELEGRAM
    state: str = P
    due: datetime = Field(sa_type=UtcMoment)
    claimed_by: str | None = None
    settled: datetime | None = Field(default=None, sa_type=UtcMoment)
    cause: str | None = None
    message: int | None = Field(default=None, sa_column=Column(BigId, nullable=True))
    revision: int = 0
    attempt: int = 0


@dataclass(frozen=True, slots=True)
class Claimed:
    """A row that this courier may send now, by this channel. `attempt`: how often it was claimed, this time too."""

    id: int
    notice: int
    person: int
    channel: str = TELEGRAM
    attempt: int = 1


@dataclass(frozen=True, slots=True)
class Settled:
    """What became of a claimed row. `cause` for failed and skipped ones."""

    id: int
    state: DeliveryState
    cause: str | None = None
    message: int | None = None
    revision: int = 1


@dataclass(frozen=True, slots=True)
class Amendment:
    """A message that was sent and is to be edited to the text number `revision`, or deleted (`recall`)."""

    id: int
    notice: int
    person: int
    message: int
    recall: bool
    revision: int


CLAIM = {
    "sqlite": text(
        """
        UPDATE deliveries SET state = 'claimed', claimed_by = :who, attempt = attempt + 1
        WHERE id IN (SELECT id FROM deliveries
                     WHERE state = 'planned' AND notice_id = :notice AND channel = :channel AND due <= :now
                       AND EXISTS (SELECT 1 FROM notices WHERE id = :notice AND state = 'running')
                     ORDER BY due, id LIMIT :limit)
        RETURNING id, notice_id, person_id, channel, attempt
        """
    ),
    # by ctid in a CTE: the planner does this well before any ANALYZE, row-IN it does not (41 ms against 2.4)
    "postgresql": text(
        """
        WITH ready AS (SELECT ctid FROM deliveries
                       WHERE state = 'planned' AND notice_id = :notice AND channel = :channel AND due <= :now
                         AND EXISTS (SELECT 1 FROM notices WHERE id = :notice AND state = 'running')
                       ORDER BY due, id LIMIT :limit FOR UPDATE SKIP LOCKED)
        UPDATE deliveries SET state = 'claimed', claimed_by = :who, attempt = attempt + 1
        FROM ready WHERE deliveries.ctid = ready.ctid
        RETURNING deliveries.id, deliveries.notice_id, deliveries.person_id, deliveries.channel, deliveries.attempt
        """
    ),
}


def claim(
    session: Session, notices: Sequence[int], who: str, now: datetime, limit: int, channel: str = TELEGRAM
) -> list[Claimed]:
    """Take up to `limit` rows of a channel that are due, of running notices, in the order given. `who` names the
    courier.
    """
    statement = CLAIM[session.get_bind().dialect.name].bindparams(bindparam("now", type_=UtcMoment()))
    found: list[Claimed] = []
    for notice in notices:
        if len(found) >= limit:
            break
        wanted = {"who": who, "now": now, "notice": notice, "channel": channel, "limit": limit - len(found)}
        found += [Claimed(*row) for row in session.execute(statement, wanted)]
    return found


def go(session: Session, delivery: int, who: str) -> bool:
    """Note that a claimed row goes out now. False: it is another's by now, and must not."""
    result = session.execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery, col(Delivery.claimed_by) == who)
        .where(col(Delivery.state).in_(IN_HAND))
        .values(state=DeliveryState.GOING.value)
        .execution_options(synchronize_session=False)
    )
    return _changed(result) == 1


def settle(session: Session, done: Settled, who: str, now: datetime) -> bool:
    """Keep what became of a row that `who` had claimed; also when it counted as uncertain meanwhile.

    False: the row is another's by now, or settled already.
    """
    result = session.execute(
        update(Delivery)
        .where(
            col(Delivery.id) == done.id,
            col(Delivery.claimed_by) == who,
            col(Delivery.state).in_([*IN_HAND, DeliveryState.UNCERTAIN.value]),
        )
        .values(
            state=done.state.value,
            cause=done.cause,
            message=done.message,
            revision=done.revision if done.state is DeliveryState.SENT else 0,
            settled=now,
        )
        .execution_options(synchronize_session=False)
    )
    return _changed(result) == 1


def postpone(session: Session, delivery: int, who: str, until: datetime) -> None:
    """Put a row in hand back, to be looked at again at `until`: it was surely not sent."""
    session.execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery, col(Delivery.claimed_by) == who)
        .where(col(Delivery.state).in_(IN_HAND))
        .values(state=P, claimed_by=None, due=until)
    )


def move(session: Session, delivery: int, who: str, channel: str) -> None:
    """Put a claimed row back, to go by another channel: that is where its person is written to by now."""
    session.execute(
        update(Delivery)
        .where(col(Delivery.id) == delivery, col(Delivery.claimed_by) == who)
        .where(col(Delivery.state) == DeliveryState.CLAIMED.value)
        .values(state=P, claimed_by=None, channel=channel)
    )


def release(session: Session, deliveries: Sequence[int], who: str) -> int:
    """Put back claimed rows that were surely not sent (a pause, an orderly stop)."""
    result = session.execute(
        update(Delivery)
        .where(col(Delivery.id).in_(deliveries), col(Delivery.claimed_by) == who)
        .where(col(Delivery.state).in_(IN_HAND))
        .values(state=P, claimed_by=None)
    )
    return _changed(result)


def orphans(session: Session, who: str, now: datetime) -> int:
    """Take over from couriers that are no more; `who` is the only one alive. Returns how many rows are uncertain.

    Those were going out; what had only been claimed is planned as before.
    """
    left = update(Delivery).where(col(Delivery.claimed_by) != who, text("state IN ('claimed', 'going')"))
    claimed, going = (left.where(col(Delivery.state) == state) for state in IN_HAND)
    session.execute(claimed.values(state=P, claimed_by=None))
    result = session.execute(going.values(state=DeliveryState.UNCERTAIN.value, cause="courier_died", settled=now))
    return _changed(result)


def finish(session: Session, notice: int, now: datetime) -> bool:
    """Close a running notice of which nothing is left to plan, send or settle. True: it was closed now."""
    left = col(Delivery.state).in_([P, *IN_HAND])
    open_rows = select(Delivery.id).where(col(Delivery.notice_id) == notice, left)
    result = session.execute(
        update(Notice)
        .where(col(Notice.id) == notice, col(Notice.state) == NoticeState.RUNNING.value, col(Notice.planned))
        .where(~open_rows.exists())
        .values(state=NoticeState.DONE.value, finished=now)
    )
    return _changed(result) == 1


def counts(session: Session, notice: int) -> Mapping[tuple[DeliveryState, str | None], int]:
    """How many rows are in each state, by cause."""
    query = (
        select(Delivery.state, Delivery.cause, func.count())
        .where(Delivery.notice_id == notice)
        .group_by(Delivery.state, Delivery.cause)  # type: ignore[arg-type]
    )
    return {(DeliveryState(state), cause): number for state, cause, number in session.exec(query)}


def retry_failed(
    session: Session, notice: int, causes: Sequence[str], now: datetime, people: Select[int] | None = None
) -> int:
    """Plan again what failed for one of these causes, of these `people` only when they are given (a query of ids).

    The notice runs again when there was any.
    """
    return _again(session, notice, DeliveryState.FAILED, causes, now, people)


def resend(session: Session, notice: int, now: datetime) -> int:
    """Plan again what is uncertain: an organizer decided that twice is better than not at all."""
    return _again(session, notice, DeliveryState.UNCERTAIN, None, now)


def recallable(session: Session, notice: int, since: datetime) -> int:
    """How many messages were sent since then and can still be deleted."""
    query = select(func.count()).where(
        Delivery.notice_id == notice, Delivery.state == DeliveryState.SENT.value, col(Delivery.settled) >= since
    )
    return session.exec(query.where(col(Delivery.message).is_not(None))).one()


def sent_by(session: Session, notice: int, channel: str) -> int:
    """How many messages were sent by this channel."""
    query = select(func.count()).where(
        Delivery.notice_id == notice, Delivery.state == DeliveryState.SENT.value, Delivery.channel == channel
    )
    return session.exec(query).one()


def amendments(session: Session, since: datetime, limit: int) -> list[Amendment]:
    """Sent messages whose notice has a newer text, or was recalled (those sent after `since` only).

    Asked every few seconds: so first which notices these are, a handful, and then of each one the rows alone that are
    to be changed. For both questions there is a partial index, whose condition has to stand in the query word for word.
    """
    changed = rows(col(Notice.id), col(Notice.revision), col(Notice.recalled)).where(
        (col(Notice.revision) > 1) | col(Notice.recalled).is_not(None)
    )
    found: list[Amendment] = []
    for notice, revision, recalled in session.execute(changed.order_by(col(Notice.id))).all():
        stale = _recallable(since) if recalled is not None else _outdated(revision)
        mine = rows(col(Delivery.id), col(Delivery.person_id), col(Delivery.message)).where(
            col(Delivery.notice_id) == notice, col(Delivery.message).is_not(None), SENT
        )
        for id, person, message in session.execute(stale(mine).limit(limit - len(found))):
            found.append(Amendment(id, notice, person, message, recalled is not None, revision))
        if len(found) >= limit:
            break
    return found


Sent = Select[int | None, int, int | None]


def _outdated(revision: int) -> Callable[[Sent], Sent]:
    shows = col(Delivery.revision)
    return lambda sent: sent.where(shows < revision).order_by(shows, col(Delivery.id))


def _recallable(since: datetime) -> Callable[[Sent], Sent]:
    there = text("deliveries.revision >= 0")
    return lambda sent: sent.where(there, col(Delivery.settled) >= since).order_by(col(Delivery.settled))


def amended(session: Session, change: Amendment, cause: str | None) -> None:
    """The message shows the new text, or is deleted. With a `cause` it could not be done: it is not tried again."""
    recalled = change.recall and cause is None
    session.execute(
        update(Delivery)
        .where(col(Delivery.id) == change.id, col(Delivery.state) == DeliveryState.SENT.value)
        .values(
            state=(DeliveryState.RECALLED if recalled else DeliveryState.SENT).value,
            revision=-1 if change.recall else change.revision,
            cause=cause,
        )
    )


def forget(session: Session, person: int) -> None:
    """Erase what the ledger keeps about a person."""
    session.execute(delete(Delivery).where(col(Delivery.person_id) == person))


def _again(
    session: Session,
    notice: int,
    state: DeliveryState,
    causes: Sequence[str] | None,
    now: datetime,
    people: Select[int] | None = None,
) -> int:
    rows = update(Delivery).where(col(Delivery.notice_id) == notice, col(Delivery.state) == state.value)
    if causes is not None:
        rows = rows.where(col(Delivery.cause).in_(causes))
    if people is not None:
        rows = rows.where(col(Delivery.person_id).in_(people))
    number = _changed(session.execute(rows.values(state=P, claimed_by=None, cause=None, due=now, settled=None)))
    if number:
        session.execute(
            update(Notice)
            .where(col(Notice.id) == notice, col(Notice.state) == NoticeState.DONE.value)
            .values(state=NoticeState.RUNNING.value, finished=None)
        )
    return number


def _changed(result: object) -> int:
    return int(getattr(result, "rowcount", 0))
