"""Who may do what to whose draft: every effect is in the table, and each is tried by everybody in the real store."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, get_args

import pytest
from sqlmodel import Session

from dialogs.commands import LINKS
from dialogs.domain.conversation import Answer
from dialogs.domain.effects import (
    AnswerGiven,
    AnswerRemoved,
    DraftDiscarded,
    DraftKept,
    DraftMoved,
    DraftRestored,
    DraftRevises,
    DraftStarted,
    Effect,
    EntryConfirmed,
    HandOver,
    PersonChanged,
    RevokeHandOver,
    Submit,
    TopicWanted,
)
from dialogs.domain.entries.followed_search import FollowSearch, StopFollowing
from dialogs.domain.events import FileRef
from dialogs.domain.organizers.base import DENIED, OrganizersRequest
from dialogs.domain.organizers.entry_search import Wanted
from dialogs.domain.roles import RIGHTS, Role, may
from storage.calls import calls
from storage.entries import rights
from storage.organizers.requests.dispatch import dispatch
from storage.organizers.requests.handlers import HANDLERS
from storage.people import conversations
from storage.tables import DraftRow, EntryRow, FileRow, HandOverRow, OrganizerRow, PersonRow
from tests.driver import IN_SEASON, MACHINE, Stage

NOW = IN_SEASON
ANSWER = Answer("words", NOW)
FILE = FileRef("hers", "folder:hers", "a.png", "image/png", 3)

OWN = FileRef("own", "folder:own", "b.png", "image/png", 3)

WHO = ("owner", "colleague", "former", "stranger")
"""Ana has the draft; Bob has its section `lasting`; Carl had it; Sam knows the draft's id."""

#                                                                                 owner colleague former stranger
TABLE: dict[str, tuple[Any, str]] = {
    "an answer in the section": (AnswerGiven("d", "results", ANSWER), "            yes   yes       no     no"),
    "an answer elsewhere": (AnswerGiven("d", "contact_name", ANSWER), "            yes   no        no     no"),
    "the short way": (AnswerGiven("d", "short_way", ANSWER), "                     yes   no        no     no"),
    "a file of another draft": (AnswerGiven("d", "results", ANSWER, FILE), "       no    no        no     no"),
    "an answer taken away": (AnswerRemoved("d", "results", NOW), "                 yes   yes       no     no"),
    "an answer elsewhere taken away": (AnswerRemoved("d", "title", NOW), "         yes   no        no     no"),
    "moved": (DraftMoved("d", "2027", "2027"), "                                   yes   no        no     no"),
    "made an update": (DraftRevises("d", "WSIS-2026-000001", {}), "                yes   no        no     no"),
    "kept": (DraftKept("d", NOW), "                                                yes   no        no     no"),
    "discarded": (DraftDiscarded("d", NOW), "                                      yes   no        no     no"),
    "brought back": (DraftRestored("d"), "                                         yes   no        no     no"),
    "submitted": (Submit("d", {}, NOW), "                                          yes   no        no     no"),
    "handed over": (HandOver("d", "people", NOW), "                                yes   no        no     no"),
    "taken back": (RevokeHandOver("d", "lasting"), "                               yes   no        no     no"),
    "begun anew under its id": (DraftStarted("d", "2027", "2027", NOW, "en"), "    no    no        no     no"),
    "begun": (DraftStarted("new", "2027", "2027", NOW, "en"), "                    yes   yes       yes    yes"),
    "begun with her file": (
        DraftStarted("new", "2027", "2027", NOW, "en", files={"own": OWN}),
        "                                                                          yes   no        no     no",
    ),
    "oneself": (PersonChanged({"access": True}), "                                 yes   yes       yes    yes"),
    "confirmed": (EntryConfirmed("WSIS-2027-000900", NOW), "                       yes   no        no     no"),
    "a search followed": (FollowSearch(Wanted("C7"), NOW), "                       yes   yes       yes    yes"),
    "a search left": (StopFollowing(1), "                                          yes   yes       yes    yes"),
    "one's news": (TopicWanted("news", False, NOW), "                              yes   yes       yes    yes"),
}


def the_draft(session: Session) -> dict[str, int]:
    """Ana's draft `d` with its file `own`; `hers` is a file of another draft; and who is who."""
    people = {}
    for who in WHO:
        row = PersonRow(created=NOW, seen=NOW)
        session.add(row)
        session.flush()
        people[who] = row.id or 0
    for id, person in (("d", people["owner"]), ("other", 77)):
        session.add(DraftRow(id=id, person_id=person, call="2027", version="2027", started=NOW, touched=NOW))
    session.flush()
    calls.ensure_current(session, NOW)
    entry = EntryRow(
        reference="WSIS-2027-000900",
        call="2027",
        number=900,
        person_id=people["owner"],
        title="An entry",
        organisation="A body",
        language="en",
        submitted=NOW,
        received=NOW,
    )
    session.add(entry)
    for id, draft in (("own", "d"), ("hers", "other")):
        session.add(FileRow(id=id, draft_id=draft, source=f"folder:{id}", name="f", kind="image/png", size=3))
    for who, revoked in (("colleague", False), ("former", True)):
        given = HandOverRow(
            token=who, draft_id="d", section="lasting", made=NOW, colleague=people[who], revoked=revoked
        )
        session.add(given)
    session.flush()
    return people


@pytest.mark.feature("S4")
async def test_the_store_lets_each_do_what_the_table_says(stage: Stage) -> None:
    people = await stage.database.write(the_draft)

    def verdicts(session: Session) -> dict[str, str]:
        found = {}
        for name, (what, _) in TABLE.items():
            said = ["yes" if _may(session, people[who], what) else "no" for who in WHO]
            found[name] = " ".join(said)
        return found

    wanted = {name: " ".join(said.split()) for name, (_, said) in TABLE.items()}
    assert await stage.database.write(verdicts) == wanted


def _may(session: Session, person: int, what: Any) -> bool:
    try:
        rights.check(session, person, what, MACHINE.portion)
    except rights.Refused:
        return False
    return True


def test_every_effect_is_in_the_table_and_has_a_rule() -> None:
    tried = {type(what) for what, _ in TABLE.values()}
    assert tried == set(rights.RULES)
    assert set(get_args(Effect)) <= tried


async def test_what_is_refused_is_not_applied(stage: Stage) -> None:
    people = await stage.database.write(the_draft)
    stolen = DraftDiscarded("d", NOW)
    with pytest.raises(rights.Refused):
        await stage.database.write(
            lambda session: conversations.apply(session, people["colleague"], stolen, MACHINE.portion)
        )
    assert (await stage.database.read(lambda session: session.get_one(DraftRow, "d"))).discarded is None


LINKS_MOVE = {
    "hand": "a section of a colleague's draft is opened to who follows it",
    "join": "nothing: apps are joined by a code that is written by hand",
    "late": "a call is open longer for who follows it",
    "org": "who follows it becomes an organizer",
    "inv": "a contact of a list is who follows it first",
    "continue": "nothing: an own draft is opened",
}
"""What each kind of link changes by itself: never whose something is that somebody has."""


def test_every_link_is_thought_of() -> None:
    assert set(LINKS) == set(LINKS_MOVE)


ROLES: tuple[Role | None, ...] = (None, *Role)


@pytest.mark.feature("S7")
async def test_an_organizers_request_is_denied_to_every_role_without_its_right(stage: Stage) -> None:
    """Every request there is, by each role, by a former organizer and by a stranger: none of them is carried out."""

    def denied(session: Session) -> set[tuple[str, Role | None]]:
        found = set()
        for number, role in enumerate(ROLES, 500):
            session.add(PersonRow(id=number, created=NOW, seen=NOW))
            if role is not None:
                session.add(OrganizerRow(person_id=number, role=role.value, since=NOW))
            session.flush()
            for kind in _kinds():
                if not may(role, kind.right) and _asked(session, number, kind) is DENIED:
                    found.add((kind.__name__, role))
        return found

    wanted = {(kind.__name__, role) for kind in _kinds() for role in ROLES if not may(role, kind.right)}
    assert await stage.database.write(denied) == wanted
    assert set(RIGHTS) == set(Role)


def _asked(session: Session, person: int, kind: type[OrganizersRequest]) -> Any:
    """Ask without any arguments: whether one may is decided before they are looked at."""
    make: Callable[[type[OrganizersRequest]], OrganizersRequest] = object.__new__
    return dispatch(session, person, make(kind), NOW, lambda: "t")


def _kinds() -> list[type[OrganizersRequest]]:
    return sorted(HANDLERS, key=lambda kind: kind.__name__)


def test_every_organizers_request_has_a_way() -> None:
    """A dataclass with slots leaves a class of the same name behind, so names are compared."""
    assert {kind.__name__ for kind in _of(OrganizersRequest)} == {kind.__name__ for kind in HANDLERS}


def _of(kind: type[OrganizersRequest]) -> set[type[OrganizersRequest]]:
    return {each for sub in kind.__subclasses__() for each in (sub, *_of(sub))} - {OrganizersRequest}
