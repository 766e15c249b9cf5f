"""Everybody who might want something of Ana's: she has a draft with secrets, a sent entry, a letter to the organizers.

Bob has a section of the draft, Carl had one, Sam knows its id only, Felix was an organizer; and there is one organizer
of every role.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from sqlmodel import Session, SQLModel, col, select

from bot.turns.turn import Turns
from dialogs.domain.conversation import State
from dialogs.domain.roles import Right, Role, may
from storage.announcements import announcement_actions
from storage.announcements.audiences import Audience
from storage.calls import late_codes
from storage.contacts import contacts
from storage.contacts.contacts import Contact
from storage.engine.database import Database
from storage.entries import handovers
from storage.messaging import inbox
from storage.organizers import invitations, organizers
from storage.people import people
from storage.people.state_codec import state_as_json
from storage.tables import ContactRow, DraftRow, EntryRow, OrganizerMessageRow, PersonRow
from tests.driver import MACHINE, Person, Stage
from tests.samples import ANSWERS, walk

__all__ = ["COLUMNS", "PORTION", "Cast", "Rehearsal", "Rows", "assemble", "rows", "seen_by_mistake"]

SECRETS = {
    "contact_name": "Secretname Otieno",
    "contact_role": "Secretrole",
    "contact_email": "secretmail@example.org",
    "org_name": "Secretorg",
    "title": "Sharedtitle",
    "description": f"Secretdescription. {ANSWERS['description']}",
    "link_example": f"Secretexample. {ANSWERS['link_example']}",
    "results": "Sharedresults: all twelve villages are connected and run their own network.",
}
MARKS: Mapping[str, Right | None] = {
    "secret": None,
    "shared": None,
    "letterwords": Right.HELP,
    "calledname": Right.HELP,
    "announcewords": Right.TRANSLATE,
    "dossierwords": Right.REVIEW,
}
"""Words in what is not everybody's, and the right by which an organizer sees it. None: no organizer does."""

PORTION = ("results", "challenges", "sustainability", "replicability", "wsis_values", "future")
"""The questions of the section that Bob has."""

T = TypeVar("T")
Rows = Mapping[str, frozenset[tuple[Any, ...]]]
"""By table, every row."""


@dataclass
class Cast:
    """Who is who. `links`: payloads by what they are."""

    stage: Stage
    who: dict[str, Person]
    ids: dict[str, int]
    draft: str = ""
    announcement: int = 0
    letter: int = 0
    links: dict[str, str] = field(default_factory=dict)


class Undone(Exception):
    """Carries what came of a unit that is rolled back."""

    def __init__(self, result: Any) -> None:
        super().__init__()
        self.result = result


@dataclass
class Rehearsal:
    """A database in which nothing lasts: every unit is undone, after a look at what it did.

    `person` is put into `state` before it, `after` says what the tables came to.
    """

    real: Database
    person: int
    state: State
    look_after: Callable[[Session], Any] = lambda session: None
    after: Any = None

    async def write(self, work: Callable[[Session], T]) -> T:
        def rehearsed(session: Session) -> None:
            session.get_one(PersonRow, self.person).state = state_as_json(self.state)
            session.flush()
            result = work(session)
            session.flush()
            self.after = self.look_after(session)
            raise Undone(result)

        try:
            await self.real.write(rehearsed)
        except Undone as undone:
            return undone.result  # type: ignore[no-any-return]
        raise AssertionError("it was kept")

    async def read(self, work: Callable[[Session], T]) -> T:
        return await self.real.read(work)

    async def look(self, work: Callable[[Session], T]) -> T:
        return await self.real.look(work)

    def turns(self, stage: Stage) -> Turns:
        return Turns(self, MACHINE, now=stage.clock.now, edition_of=str)  # type: ignore[arg-type]


def seen_by_mistake(name: str, shown: str) -> set[str]:
    """The marks of what this person must not see, in what they were shown."""
    role = Role(name) if name in list(Role) else None
    theirs = {mark for mark, right in MARKS.items() if right is not None and may(role, right)}
    theirs |= {"ana": {"secret", "shared", "letterwords", "calledname", "dossierwords"}, "bob": {"shared"}}.get(
        name, set()
    )
    return {mark for mark in MARKS if mark in shown.lower()} - theirs


def rows(session: Session) -> Rows:
    """Everything that the tables hold, as the database has it."""
    connection = session.connection()
    return {name: frozenset(map(tuple, connection.exec_driver_sql(sql))) for name, sql in SELECTS.items()}


COLUMNS = {table.name: [column.name for column in table.columns] for table in SQLModel.metadata.sorted_tables}


def _quoted(column: str) -> str:
    return f'"{column}"'


SELECTS = {
    name: f"SELECT {', '.join(_quoted(column) for column in columns)} FROM {name}" for name, columns in COLUMNS.items()
}


async def assemble(stage: Stage) -> Cast:
    ana = stage.person("ana", called="Calledname")
    await ana.does("start")
    await ana.taps("English")
    await ana.does("new")
    await walk(ana, {**ANSWERS, **SECRETS})
    names = ("bob", "carl", "sam", "felix", *(role.value for role in Role))
    who = {"ana": ana} | {name: stage.person(name) for name in names}
    for name in names:
        await who[name].does("start")
        await who[name].taps("English")
    cast = Cast(stage, who, {})
    await stage.database.write(lambda session: _share(session, cast))
    for name in ("bob", "carl"):
        await who[name].does("start", cast.links[f"hand, {name}'s"])
    for name in names:
        if f"org, {name}'s" in cast.links:
            await who[name].does("start", cast.links[f"org, {name}'s"])
            assert who[name].screen.name == "organize", who[name].text
    await stage.database.write(lambda session: _take_back(session, cast))
    return cast


def _share(session: Session, cast: Cast) -> None:
    now = cast.stage.clock.now()
    cast.ids |= {name: people.person_at(session, "test", name) or 0 for name in cast.who}
    ana = cast.ids["ana"]
    draft = session.exec(select(DraftRow).where(DraftRow.person_id == ana)).one()
    cast.draft = draft.id
    for name, section in (("bob", "lasting"), ("carl", "people"), ("unused", "sdgs")):
        token = handovers.hand_over(session, draft.id, section, now, lambda name=name: f"hand{name}")
        cast.links[f"hand, {name}'s"] = f"hand-{token}"
    for name, role in (*((role.value, role) for role in Role), ("felix", Role.ORGANIZER), ("unused", Role.OWNER)):
        token = invitations.invite(session, None, role, now, lambda name=name: f"org{name}").token
        cast.links[f"org, {name}'s"] = f"org-{token}"
    answers = {"title": "Dossierwords", "contact_name": "Dossierwords Otieno", "publish": True}
    session.add(
        EntryRow(
            reference="WSIS-2027-000900",
            call="2027",
            number=900,
            person_id=ana,
            title="An entry",
            organisation="A body",
            language="en",
            submitted=now,
            received=now,
            answers=answers,
        )
    )
    inbox.receive(session, ana, "Letterwords", now, now)
    cast.letter = session.exec(select(OrganizerMessageRow.id)).one() or 0
    contacts.keep(session, [Contact(name="Secretcontact", email="a@example.org"), Contact(name="Other")], now)
    for row in session.exec(select(ContactRow).order_by(col(ContactRow.id))):
        cast.links["inv, Ana's" if row.email else "inv, unused"] = f"inv-{row.token}"
        row.person_id = ana if row.email else None
    late_codes.make(session, "LATECODE", "2027", now.replace(year=2098), 9)
    late_codes.make(session, "USEDUP", "2027", now.replace(year=2098), 0)
    cast.links |= {"late": "late-LATECODE", "late, used up": "late-USEDUP", "continue": f"continue-{draft.id}"}
    cast.links["join"] = "join-ABCD-EFGH"


def _take_back(session: Session, cast: Cast) -> None:
    now = cast.stage.clock.now()
    handovers.revoke(session, cast.draft, "people")
    assert organizers.dismiss(session, None, cast.ids["felix"], now)
    texts = {"en": "Announcewords"}
    audience = Audience().as_json()
    cast.announcement = announcement_actions.compose(session, cast.ids["owner"], now, texts=texts, audience=audience)
