"""A conversation as the machine sees it: loaded before a step; its state, effects and requests kept after it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from functools import singledispatch
from typing import Any

from sqlalchemy import Row, bindparam, update
from sqlmodel import Session, col, select

from dialogs.domain.conversation import Conversation, Person, State
from dialogs.domain.effects import (
    AnswerGiven,
    AnswerRemoved,
    ContactOrganizers,
    DraftDiscarded,
    DraftKept,
    DraftMoved,
    DraftRestored,
    DraftRevises,
    DraftStarted,
    Effect,
    EntryConfirmed,
    FindEntries,
    FindSimilar,
    Forget,
    GatherMyData,
    HandOver,
    LookAtEntry,
    PersonChanged,
    Query,
    ReadPublished,
    ReadReceipt,
    RevokeHandOver,
    SearchRegister,
    Submit,
    TakeHandOver,
    TakeInvitation,
    TakePersonalLink,
    TopicWanted,
    UnwantedTopics,
    UseLateCode,
    VerifyReceipt,
    WithdrawEntry,
    WriteToReviewer,
)
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.followed_search import FollowedSearches, FollowSearch, StopFollowing
from dialogs.domain.entries.portion import Portions
from dialogs.domain.entries.review import Dossier
from dialogs.domain.link_requests import (
    AgreeToJoin,
    AskToJoin,
    ConfirmJoin,
    LookAtJoin,
    OfferJoin,
    RefuseJoin,
    WithdrawJoin,
)
from dialogs.domain.mailbox import AllowMail, DeclineMail, LookAtMail
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.roles import Right, Role, may
from storage.calls import calls, late_codes
from storage.contacts import contacts
from storage.engine.prepared import execute, table_of
from storage.entries import answers, drafts, entries, freshness, handovers, published_search, rights
from storage.mail import letter_scope, mailboxes
from storage.messaging import inbox, notices, submission
from storage.organizers import invitations
from storage.people import account_linking, conversation_row, privacy
from storage.people.conversation_row import FIELDS
from storage.people.state_codec import read_state, state_as_json
from storage.receipts import check
from storage.review import decisions, dossier, rounds, talk
from storage.search import follows
from storage.tables import (
    AccountRow,
    DraftRow,
    PersonRow,
)

__all__ = [
    *("apply", "check_right", "counted", "fulfil", "keep", "load", "stamp", "state", "stranger", "turn", "turn_of"),
    "turns_at",
]

PEOPLE = table_of(PersonRow)
KEEP = update(PEOPLE).where(PEOPLE.c.id == bindparam("person")).values(state=bindparam("kept"))
KEEP_SEEN = KEEP.values(seen=bindparam("now"))

TURN = "turn"
"""Where a session keeps the `turn` of the person whose conversation it loaded last."""


def load(
    session: Session,
    person: int,
    now: datetime,
    portions: Portions,
    only: str | None = None,
    found: Row[Any] | None = None,
) -> Conversation:
    """Everything a step may look at, as it stands now. `portions` tells what colleagues get of drafts; `only` is the
    one draft that the browser is good for. `found`: the conversation's row, where it was just read.
    """
    row = found if found is not None else conversation_row.of_person(session, person)
    role = Role.OWNER if row.is_named else Role(row.role) if row.role is not None else None
    session.info[TURN] = (person, turn(row.state))
    state, own = read_state(row.state), entries.of_person(session, person) if row.has_entries else ()
    asked = any(entry.state is EntryState.CHANGES_ASKED for entry in own)
    loaded = Conversation(
        person=Person(id=person, **{name: getattr(row, name) for name in FIELDS}),
        state=state,
        drafts=drafts.of_person(session, person, row, portions),
        entries=own,
        calls=calls.for_person(row.calls, now),
        role=role,
        known=contacts.known(session, person) if row.is_contact else {},
        corrections=rounds.corrections(session, person) if asked else {},
        dossier=_before_them(session, person, role, state, now),
    )
    return letter_scope.bound(session, loaded, only) if only is not None else loaded


def _before_them(session: Session, person: int, role: Role | None, state: State, now: datetime) -> Dossier | None:
    """The entry at whose place a reviewer is. Nothing of it is kept with them: what they may see is looked up anew."""
    reference = state.position.args.get("reviewed")
    if not isinstance(reference, str) or not may(role, Right.REVIEW):
        return None
    return dossier.look(session, person, reference, now)


def stranger(session: Session, language: str, now: datetime) -> Conversation:
    """What a step may look at for somebody whom nobody has met yet."""
    return Conversation(person=Person(id=0, language=language), calls=(calls.current(session, now),))


def state(row: PersonRow) -> State:
    """Where this person is, without all that a step may look at."""
    return read_state(row.state)


def stamp(row: PersonRow) -> int:
    """The stamp of the newest screen this person was shown."""
    return state(row).stamp


def keep(session: Session, person: int, state: State, now: datetime | None = None) -> int:
    """Keep where the person is now, and that they were seen `now`. Each time counts: their `turn` by now."""
    kept = {"person": person, "kept": counted(session, person, state)}
    execute(session, KEEP if now is None else KEEP_SEEN, kept if now is None else {**kept, "now": now})
    return turn_of(session, person)


def counted(session: Session, person: int, state: State) -> dict[str, Any]:
    """The state as it is kept next, with the `turn` that this makes it: whoever asks keeps it."""
    before = session.info.get(TURN)
    count = 1 + (
        before[1] if before is not None and before[0] == person else turn(session.get_one(PersonRow, person).state)
    )
    session.info[TURN] = (person, count)
    return {**state_as_json(state), "turn": count}


def turn(kept: Any) -> int:
    """How often a person's state has been kept, by the state as it is kept: whether anything happened since, even where
    the stamp stays.
    """
    count = kept.get("turn") if isinstance(kept, Mapping) else None
    return count if isinstance(count, int) else 0


def turn_of(session: Session, person: int) -> int:
    """The same, for the person whose conversation was loaded in this transaction."""
    found = session.info.get(TURN)
    return int(found[1]) if found is not None and found[0] == person else 0


def turns_at(session: Session, channel: str, addresses: Sequence[str]) -> list[tuple[str, int]]:
    """The `turn` of those who are at these addresses."""
    at = select(AccountRow.address, PersonRow).join(PersonRow, col(AccountRow.person_id) == col(PersonRow.id))
    found = session.exec(at.where(AccountRow.channel == channel, col(AccountRow.address).in_(addresses)))
    return [(address, turn(row.state)) for address, row in found]


def apply(session: Session, person: int, effect: Effect, portions: Portions, only: str | None = None) -> None:
    """Do to the tables what `dialogs.reducer.reduce` does to the conversation. Refused: it is not theirs to want."""
    check_right(session, person, effect, portions, only)
    _apply(effect, session, person)
    session.flush()


def check_right(session: Session, person: int, effect: Effect, portions: Portions, only: str | None = None) -> None:
    """Refused: the effect is not this person's to want, or goes beyond the one draft that the browser is good for."""
    if only is not None:
        letter_scope.check(session, only, effect)
    rights.check(session, person, effect, portions)


@singledispatch
def _apply(effect: Any, session: Session, person: int) -> None:
    raise TypeError(f"no effect: {effect!r}")


@_apply.register
def _(effect: PersonChanged, session: Session, person: int) -> None:
    row = session.get_one(PersonRow, person)
    for name, value in effect.fields.items():
        if name not in FIELDS:
            raise TypeError(f"a person has no {name}")
        setattr(row, name, value)


@_apply.register
def _(effect: TopicWanted, session: Session, person: int) -> None:
    if effect.wanted:
        notices.opt_in(session, person, effect.topic)
    else:
        notices.opt_out(session, person, effect.topic, effect.at)


@_apply.register
def _(effect: EntryConfirmed, session: Session, person: int) -> None:
    freshness.confirm(session, person, effect.reference, effect.at)


@_apply.register
def _(effect: FollowSearch, session: Session, person: int) -> None:
    follows.begin(session, person, effect.wanted, effect.at)


@_apply.register
def _(effect: StopFollowing, session: Session, person: int) -> None:
    follows.end(session, person, effect.id)


@_apply.register
def _(effect: DraftStarted, session: Session, person: int) -> None:
    drafts.start(session, person, effect)


@_apply.register
def _(effect: DraftMoved, session: Session, person: int) -> None:
    row = session.get_one(DraftRow, effect.draft)
    row.call, row.version = effect.call, effect.version


@_apply.register
def _(effect: DraftRevises, session: Session, person: int) -> None:
    row = session.get_one(DraftRow, effect.draft)
    row.revises, row.previous = effect.reference, dict(effect.previous)


@_apply.register
def _(effect: DraftDiscarded, session: Session, person: int) -> None:
    session.get_one(DraftRow, effect.draft).discarded = effect.at


@_apply.register
def _(effect: DraftRestored, session: Session, person: int) -> None:
    session.get_one(DraftRow, effect.draft).discarded = None


@_apply.register
def _(effect: DraftKept, session: Session, person: int) -> None:
    session.get_one(DraftRow, effect.draft).touched = effect.at


@_apply.register
def _(effect: AnswerGiven, session: Session, person: int) -> None:
    drafts.give(session, effect)


@_apply.register
def _(effect: AnswerRemoved, session: Session, person: int) -> None:
    answers.remove(session, effect)


def fulfil(
    session: Session,
    person: int,
    request: Query,
    *,
    now: datetime,
    token: Callable[[], str],
    portions: Portions,
    only: str | None = None,
) -> Any:
    """Carry out a request; its result is as `dialogs.domain.effects` says. `token` makes fresh secrets.

    Refused: it is about a draft, and not theirs to want.
    """
    if type(request) in rights.RULES:
        rights.check(session, person, request, portions)
    whose = letter_scope.whom(session, only, person, request) if only is not None else person
    result = _fulfil(request, session, whose, now, token)
    session.flush()
    return result


@singledispatch
def _fulfil(request: Any, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    raise TypeError(f"no request: {request!r}")


@_fulfil.register
def _(request: Submit, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return submission.submit(session, person, request, now)


@_fulfil.register
def _(request: UnwantedTopics, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return tuple(sorted(notices.opted_out(session, person)))


@_fulfil.register
def _(request: FollowedSearches, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return follows.of_person(session, person)


@_fulfil.register
def _(request: FindEntries, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return entries.find(session, person, request.text)


@_fulfil.register
def _(request: SearchRegister, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return published_search.page(session, request.wanted, request.skip, request.limit)


@_fulfil.register
def _(request: ReadPublished, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return published_search.read(session, request.reference)


@_fulfil.register
def _(request: FindSimilar, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return entries.similar(session, person, request.title, request.organisation, request.country)


@_fulfil.register
def _(request: LookAtEntry, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return entries.files_of(session, person, request.reference)


@_fulfil.register
def _(request: OfferJoin, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return account_linking.offer(session, person, now, token)


@_fulfil.register
def _(request: AskToJoin, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return account_linking.ask(session, person, request.code, now)


@_fulfil.register
def _(request: AgreeToJoin, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return account_linking.agree(session, person, now)


@_fulfil.register
def _(request: WithdrawJoin, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return account_linking.withdraw(session, person)


@_fulfil.register
def _(request: LookAtJoin, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return account_linking.look(session, person, now)


@_fulfil.register
def _(request: ConfirmJoin, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return account_linking.confirm(session, person, request.person, now)


@_fulfil.register
def _(request: RefuseJoin, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return account_linking.refuse(session, person)


@_fulfil.register
def _(request: HandOver, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return handovers.hand_over(session, request.draft, request.section, now, token)


@_fulfil.register
def _(request: TakeHandOver, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return handovers.take(session, person, request.token)


@_fulfil.register
def _(request: RevokeHandOver, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return handovers.revoke(session, request.draft, request.section)


@_fulfil.register
def _(request: GatherMyData, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return privacy.gather(session, person)


@_fulfil.register
def _(request: ReadReceipt, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return entries.receipt_of(session, person, request.reference)


@_fulfil.register
def _(request: VerifyReceipt, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return check.verify(session, request.text)


@_fulfil.register
def _(request: Forget, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return privacy.forget(session, person)


@_fulfil.register
def _(request: ContactOrganizers, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return inbox.receive(session, person, request.text, request.at, now)


@_fulfil.register
def _(request: UseLateCode, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return late_codes.use(session, person, request.code, request.at)


@_fulfil.register
def _(request: TakeInvitation, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return invitations.take(session, person, request.token, now)


@_fulfil.register
def _(request: TakePersonalLink, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return contacts.take(session, person, request.token, request.at)


@_fulfil.register
def _(request: WithdrawEntry, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return decisions.withdraw(session, person, request.reference, now)


@_fulfil.register
def _(request: WriteToReviewer, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return talk.to_reviewer(session, person, request.reference, request.text, now)


@_fulfil.register
def _(request: LookAtMail, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return mailboxes.look(session, person)


@_fulfil.register
def _(request: AllowMail, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return mailboxes.allow(session, person, request.address, request.news, now)


@_fulfil.register
def _(request: DeclineMail, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    return mailboxes.decline(session, person, request.address, now)


@_fulfil.register
def _(request: OrganizersRequest, session: Session, person: int, now: datetime, token: Callable[[], str]) -> Any:
    from storage.organizers.requests.dispatch import dispatch  # few people's; a start waits for none of it

    return dispatch(session, person, request, now, token)
