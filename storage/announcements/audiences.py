"""Who an announcement goes to: a query over people, counted before it is sent and written to the ledger then.

Only people whom the bot may write to are ever in it: they began a conversation, did not block it, did not
ask to be forgotten, and want news of the topic.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, Text, and_, exists, func, insert, literal, or_, type_coerce
from sqlalchemy import select as rows
from sqlmodel import Session, col

from dialogs.domain.channels import PUSHED, TELEGRAM
from dialogs.domain.notice import DeliveryState, NoticeState
from storage.announcements.entry_conditions import FACETS, wrote, wrote_any
from storage.engine.types import UtcMoment
from storage.messaging import notices, reach
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice, OptOut
from storage.tables import AccountRow, AnswerRow, ContactGroupRow, ContactRow, DraftRow, EntryRow, PersonRow

__all__ = [
    "ABOUT_A_CALL",
    "EVERYONE",
    "SLICE",
    "THE_CHANNEL",
    "Audience",
    "add",
    "by_language",
    "can_be_written_to",
    "concerns",
    "count",
    "holds",
    "left_out",
    "plan",
    "reachable_people",
]

THE_CHANNEL = 0
"""Stands in the ledger for the channel that an announcement is posted to: no person has this id."""
SLICE = 10_000
"""People planned in one transaction: short enough that no conversation waits for it."""


ABOUT_A_CALL = ("unfinished", "returning", "started", "submitted", "nominated", "not_submitted", "not_declined")
"""What is true of people in a call: an audience that is cut by it says in which."""
OF_ENTRIES = (*FACETS, "states", "standings", "entries")
"""What an audience is cut by that is true of an entry."""


@dataclass(frozen=True, slots=True)
class Audience:
    """All that is set must hold (`and`); within one field any value does (`or`). Empty: everyone.

    `languages`: the people's own. `countries`: ISO codes, of an entry of theirs or what they told last; a region is
    given as its countries. `kinds`: of organisation (`GOV`). Who has told neither is taken for what a list of contacts
    says of them. `unfinished`: with a draft of `call` that is not submitted.
    `returning`: with an entry of an earlier call and none of `call`. `started`: who began a draft of `call`,
    finished or not. The fields that begin with `not_` leave people out; `not_declined`: who said "not this year".
    `submitted`: who sent an entry to `call`; `nominated`: with a nomination for a Prize. `lines`, `goals`, `prizes`
    (categories), `states` and `standings` (announced steps of the Prizes) are of one entry that they sent to `call`
    (None: to any); `entries`: who sent these.
    `groups`: of contacts, and `contacts`, by their numbers: those of them who followed their links.
    `channel`: a public channel of the app that it is posted to as well (`@wsis`); it changes nobody's being in it.
    """

    languages: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    call: str | None = None
    unfinished: bool = False
    returning: bool = False
    started: bool = False
    submitted: bool = False
    nominated: bool = False
    lines: tuple[str, ...] = ()
    goals: tuple[str, ...] = ()
    prizes: tuple[str, ...] = ()
    states: tuple[str, ...] = ()
    standings: tuple[str, ...] = ()
    entries: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    contacts: tuple[int, ...] = ()
    not_languages: tuple[str, ...] = ()
    not_countries: tuple[str, ...] = ()
    not_kinds: tuple[str, ...] = ()
    not_lines: tuple[str, ...] = ()
    not_goals: tuple[str, ...] = ()
    not_prizes: tuple[str, ...] = ()
    not_states: tuple[str, ...] = ()
    not_standings: tuple[str, ...] = ()
    not_entries: tuple[str, ...] = ()
    not_groups: tuple[str, ...] = ()
    not_contacts: tuple[int, ...] = ()
    not_submitted: bool = False
    not_declined: bool = False
    not_notices: tuple[int, ...] = ()
    channel: str = ""

    def __post_init__(self) -> None:
        if not self.call and any(getattr(self, name) for name in ABOUT_A_CALL):
            raise ValueError("this audience is about a call: say which")

    def as_json(self) -> dict[str, Any]:
        """Plain data, to be kept with an announcement."""
        return {name: list(value) if isinstance(value, tuple) else value for name, value in asdict(self).items()}

    @classmethod
    def of(cls, data: Mapping[str, Any]) -> Audience:
        """From what `as_json` gave; TypeError for fields that there are not."""
        fields: dict[str, Any] = {k: tuple(v) if isinstance(v, list) else v for k, v in data.items()}
        return cls(**fields)


EVERYONE = Audience()


def count(session: Session, audience: Audience, topic: str) -> int:
    """How many people it is now."""
    query = rows(func.count()).select_from(PersonRow).where(_in(audience, topic))
    return int(session.execute(query).scalar_one())


def holds(session: Session, audience: Audience, topic: str, person: int) -> bool:
    """Whether this person is in it now."""
    query = rows(exists().where(col(PersonRow.id) == person, _in(audience, topic)))
    return bool(session.execute(query).scalar_one())


def concerns(session: Session, audience: Audience, topic: str, person: int) -> bool:
    """Whether this person would be in it if messages could reach them."""
    meant = (_wants(topic), *_wanted(audience), *(~each for each in _unwanted(audience)))
    query = rows(exists().where(col(PersonRow.id) == person, *meant))
    return bool(session.execute(query).scalar_one())


def can_be_written_to(session: Session, person: int) -> bool:
    """Whether messages reach this person in an app. A letter is read some time: pages show its news all the same."""
    found = reach.reached(session, person, reach.OWN_AFFAIRS[0])
    return found is not None and found.channel == TELEGRAM


def by_language(session: Session, audience: Audience, topic: str) -> dict[str, int]:
    """How many people it is in each of their languages."""
    query = rows(col(PersonRow.language), func.count()).where(_in(audience, topic)).group_by(col(PersonRow.language))
    return {row[0]: int(row[1]) for row in session.execute(query)}


def left_out(session: Session, audience: Audience, topic: str) -> dict[str, int]:
    """How many people the audience leaves out though they may be meant, by reason; none of 0.

    `opted_out` do not want the topic, `unreachable` cannot be written to; of `no_country` and `no_kind` it is not known
    whether they are of those that the audience is cut down to.
    """
    wants, reached = _wants(topic), reach.can_be_reached(topic)
    there = (~col(PersonRow.forgotten), col(PersonRow.merged_into).is_(None))
    meant = (*there, *_wanted(audience), *(~each for each in _unwanted(audience)))
    found = {
        "opted_out": _how_many(session, *meant, reached, ~wants),
        "unreachable": _how_many(session, *meant, wants, ~reached),
    }
    if audience.countries:
        anywhere = _in(replace(audience, countries=()), topic)
        found["no_country"] = _how_many(session, anywhere, ~_from_somewhere())
    if audience.kinds:
        of_any = _in(replace(audience, kinds=()), topic)
        listed = exists().where(col(ContactRow.person_id) == col(PersonRow.id), col(ContactRow.kind) != "")
        found["no_kind"] = _how_many(session, of_any, ~_answered("org_type"), ~listed)
    return {reason: number for reason, number in found.items() if number}


def _how_many(session: Session, *conditions: ColumnElement[bool]) -> int:
    query = rows(func.count()).select_from(PersonRow).where(*conditions)
    return int(session.execute(query).scalar_one())


def _from_somewhere() -> ColumnElement[bool]:
    entry = exists().where(col(EntryRow.person_id) == col(PersonRow.id), col(EntryRow.country).is_not(None))
    return or_(entry, col(PersonRow.country).is_not(None))


def plan(session: Session, notice: int, now: datetime) -> bool:
    """Write the next `SLICE` people of a notice into the ledger; True when all are there.

    Each person once, however often and by however many processes this is done.
    """
    found = notices.get(session, notice, lock=True)
    if found.planned or found.state != NoticeState.RUNNING.value:
        return True
    last = _last_of_slice(session, found.planned_to)
    if last is None:
        found.planned = True
    else:
        _write(session, found, last, now)
        found.planned_to = last
    session.add(found)
    session.flush()
    return found.planned


def add(
    session: Session, notice: int, people: Iterable[int], due: datetime, topic: str = "desk", channel: str = ""
) -> int:
    """Write these people into the ledger of a notice, each by the channel that reaches them about its topic; all by
    `channel`, where one is given. Returns how many were not in it yet.
    """
    who = list(people)
    ways = {} if channel else reach.channels(session, who, topic)
    planned = {"notice_id": notice, "state": "planned", "due": due, "revision": 0, "attempt": 0}
    values = [{**planned, "person_id": person, "channel": channel or ways.get(person, TELEGRAM)} for person in who]
    if not values:
        return 0
    # Of many rows at once no driver says how many were written: those that were come back.
    written = _insert(session).on_conflict_do_nothing().returning(col(Delivery.person_id))
    return len(session.execute(written, values).all())


def _insert(session: Session) -> Any:
    """The engine's own INSERT. Only that of the engine in use is loaded: a start must be quick."""
    if session.get_bind().dialect.name == "postgresql":
        from sqlalchemy.dialects import postgresql

        return postgresql.insert(Delivery)
    from sqlalchemy.dialects import sqlite

    return sqlite.insert(Delivery)


def reachable_people() -> Select[int]:
    """A query of the ids of all people whom messages can reach."""
    return rows(col(AccountRow.person_id)).where(col(AccountRow.channel).in_(PUSHED), col(AccountRow.reachable))


def _last_of_slice(session: Session, after: int) -> int | None:
    """The id that ends the next slice of people, whoever of them is meant."""
    ids = rows(col(PersonRow.id)).where(col(PersonRow.id) > after).order_by(col(PersonRow.id)).limit(SLICE).subquery()
    return session.execute(rows(func.max(ids.c.id))).scalar_one_or_none()


def _write(session: Session, notice: Notice, last: int, now: datetime) -> None:
    audience = Audience.of(notice.audience)
    people = rows(
        literal(notice.id),
        col(PersonRow.id),
        literal(DeliveryState.PLANNED.value),
        literal(max(notice.due, now), UtcMoment()),
        literal(0),
        literal(0),
        reach.channel_of(notice.topic),
    ).where(col(PersonRow.id) > notice.planned_to, col(PersonRow.id) <= last, _in(audience, notice.topic), _new(notice))
    columns = ["notice_id", "person_id", "state", "due", "revision", "attempt", "channel"]
    session.execute(insert(Delivery).from_select(columns, people))


def _new(notice: Notice) -> ColumnElement[bool]:
    """Not in the ledger of this notice yet. The notice's row is locked, so nobody writes it meanwhile."""
    return ~exists().where(col(Delivery.notice_id) == notice.id, col(Delivery.person_id) == col(PersonRow.id))


def _in(audience: Audience, topic: str) -> ColumnElement[bool]:
    return and_(
        _wants(topic), reach.can_be_reached(topic), *_wanted(audience), *(~each for each in _unwanted(audience))
    )


def _wants(topic: str) -> ColumnElement[bool]:
    return and_(
        col(PersonRow.news),
        ~col(PersonRow.forgotten),
        col(PersonRow.merged_into).is_(None),
        ~exists().where(col(OptOut.person_id) == col(PersonRow.id), col(OptOut.topic) == topic),
    )


def _wanted(audience: Audience) -> Iterable[ColumnElement[bool]]:
    if audience.languages:
        yield col(PersonRow.language).in_(audience.languages)
    if audience.countries:
        yield _from(audience.countries)
    if audience.kinds:
        yield _of_kind(audience.kinds)
    if audience.unfinished:
        yield _has_draft(audience.call, col(DraftRow.submitted).is_(None), col(DraftRow.corrects).is_(None))
    if audience.started:
        yield _has_draft(audience.call)
    if audience.returning:
        yield exists().where(col(EntryRow.person_id) == col(PersonRow.id), col(EntryRow.call) != audience.call)
        yield ~_has_submitted(audience.call)
    if audience.groups or audience.contacts:
        yield _on_lists(audience.groups, audience.contacts)
    if audience.submitted:
        yield _has_submitted(audience.call)
    fields = {name: getattr(audience, name) for name in OF_ENTRIES}
    if audience.nominated or any(fields.values()):
        yield wrote(fields, audience.call, nominated=audience.nominated)


def _unwanted(audience: Audience) -> Iterable[ColumnElement[bool]]:
    if audience.not_languages:
        yield col(PersonRow.language).in_(audience.not_languages)
    if audience.not_countries:
        yield _from(audience.not_countries)
    if audience.not_kinds:
        yield _of_kind(audience.not_kinds)
    yield from wrote_any({name: getattr(audience, f"not_{name}") for name in OF_ENTRIES}, audience.call)
    if audience.not_groups or audience.not_contacts:
        yield _on_lists(audience.not_groups, audience.not_contacts)
    if audience.not_submitted:
        yield _has_submitted(audience.call)
    if audience.not_declined:
        yield func.coalesce(col(PersonRow.declined_call), "") == audience.call
    if audience.not_notices:
        yield exists().where(
            col(Delivery.person_id) == col(PersonRow.id),
            col(Delivery.notice_id).in_(audience.not_notices),
            col(Delivery.state) == DeliveryState.SENT.value,
        )


def _on_lists(groups: Iterable[str], contacts: Iterable[int]) -> ColumnElement[bool]:
    """A contact of these groups, or one of these contacts."""
    members = rows(col(ContactGroupRow.contact_id)).where(col(ContactGroupRow.name).in_(list(groups)))
    chosen = or_(col(ContactRow.id).in_(members), col(ContactRow.id).in_(list(contacts)))
    return exists().where(col(ContactRow.person_id) == col(PersonRow.id), chosen)


def _has_draft(call: str | None, *more: ColumnElement[bool]) -> ColumnElement[bool]:
    return exists().where(
        col(DraftRow.person_id) == col(PersonRow.id),
        col(DraftRow.call) == call,
        col(DraftRow.discarded).is_(None),
        *more,
    )


def _has_submitted(call: str | None) -> ColumnElement[bool]:
    """Sent an entry to the call, new or an update of an earlier one."""
    own = exists().where(col(EntryRow.person_id) == col(PersonRow.id), col(EntryRow.call) == call)
    return or_(own, _has_draft(call, col(DraftRow.submitted).is_not(None)))


def _from(countries: Iterable[str]) -> ColumnElement[bool]:
    """An entry of theirs is from there, or they are (`storage.tables.person_country`)."""
    entry = exists().where(col(EntryRow.person_id) == col(PersonRow.id), col(EntryRow.country).in_(list(countries)))
    return or_(entry, col(PersonRow.country).in_(list(countries)))


def _of_kind(kinds: Iterable[str]) -> ColumnElement[bool]:
    told = _answered("org_type")
    return or_(_answered("org_type", kinds), and_(~told, _listed(col(ContactRow.kind), kinds)))


def _listed(column: Any, values: Iterable[str]) -> ColumnElement[bool]:
    """A list of contacts says so of them: the word of others, for those who have not told it themselves."""
    return exists().where(col(ContactRow.person_id) == col(PersonRow.id), column.in_(list(values)))


def _answered(key: str, values: Iterable[str] | None = None) -> ColumnElement[bool]:
    """Gave one of these answers (None: any) in a draft of theirs, submitted or not."""
    given = () if values is None else (_text_of(AnswerRow).in_([json.dumps(value) for value in values]),)
    return exists().where(
        col(DraftRow.person_id) == col(PersonRow.id),
        col(DraftRow.discarded).is_(None),
        col(AnswerRow.draft_id) == col(DraftRow.id),
        col(AnswerRow.key) == key,
        *given,
    )


def _text_of(row: type[AnswerRow]) -> ColumnElement[str]:
    """The JSON text of an answer, as it is kept."""
    return type_coerce(col(row.value), Text)
