"""Every kind of link, followed by everybody: it does what it says for whom it is meant, and nothing for the others.

And the buttons of reminders about a draft, pressed by whom it does not concern: kind words, and nothing happens.
"""

from __future__ import annotations

import itertools

import pytest
from sqlmodel import Session, col, select

from bot.turns import screen_codec
from dialogs.commands import LINKS
from dialogs.domain.conversation import Position, State
from dialogs.domain.events import Chose, Commanded
from dialogs.domain.messages import M
from storage.organizers import organizers
from storage.people import conversations
from storage.tables import AccountRow, ContactRow, HandOverRow, LateUseRow, PersonRow
from tests.driver import ON_ONE_ENGINE, Stage
from tests.rights.cast import Cast, Rehearsal, assemble, rows, seen_by_mistake

pytestmark = pytest.mark.feature("S4", "S7")

WHO = ("ana", "bob", "carl", "sam", "felix", "organizer")
#                            ana  bob  carl sam  felix organizer
FOLLOWED = {
    "hand, unused's": "      no   yes  yes  yes  yes   yes",
    "hand, bob's": "         no   yes  no   no   no    no",
    "hand, carl's": "        no   no   no   no   no    no",
    "org, unused's": "       yes  yes  yes  yes  yes   no",
    "org, felix's": "        no   no   no   no   no    no",
    "inv, unused": "         yes  yes  yes  yes  yes   yes",
    "inv, Ana's": "          yes  no   no   no   no    no",
    "late": "                yes  yes  yes  yes  yes   yes",
    "late, used up": "       no   no   no   no   no    no",
    "join": "                no   no   no   no   no    no",
    "continue": "            yes  yes  no   no   no    no",
}
"""Whether it leads where it says. An organizer keeps their role, and the link stays good."""

UPDATES = itertools.count(1)


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    return await assemble(stage)


def led(session: Session, cast: Cast, name: str, link: str) -> bool:
    """Whether this person has what the link gives."""
    id, kind = cast.ids[name], link.partition("-")[0]
    if kind == "hand":
        section = {"hand-handbob": "lasting", "hand-handcarl": "people"}.get(link, "sdgs")
        held = select(HandOverRow).where(HandOverRow.colleague == id, HandOverRow.section == section)
        return session.exec(held.where(col(HandOverRow.revoked).is_(False))).first() is not None
    if kind == "org":
        role = organizers.role_of(session, id)
        return role is not None and name != role.value
    if kind == "inv":
        return session.exec(select(ContactRow).where(ContactRow.token == link[4:])).one().person_id == id
    if kind == "late":
        return session.get(LateUseRow, (id, "2027")) is not None
    if kind == "join":
        return len(session.exec(select(AccountRow).where(AccountRow.person_id == id)).all()) > 1
    state = conversations.state(session.get_one(PersonRow, id))
    return state.draft == cast.draft and state.position.name != "home"


def test_every_kind_of_link_is_followed() -> None:
    assert {name.partition(",")[0] for name in FOLLOWED} == set(LINKS)


@ON_ONE_ENGINE
async def test_a_link_leads_those_whom_it_is_for(cast: Cast) -> None:
    found = {}
    for name, link in cast.links.items():
        if name not in FOLLOWED:
            continue
        said = []
        for who in WHO:
            rehearsal = Rehearsal(
                cast.stage.database, cast.ids[who], State(Position("home"), stamp=5, last=cast.stage.clock.now())
            )
            rehearsal.look_after = lambda session, who=who, link=link: led(session, cast, who, link)
            event = Commanded("start", cast.stage.clock.now(), link)
            outcome = await rehearsal.turns(cast.stage).take("test", who, f"link{next(UPDATES)}", event)
            said.append("yes" if rehearsal.after else "no")
            assert rehearsal.after or not seen_by_mistake(who, screen_codec.dump(outcome.screens)), (name, who)
        found[name] = " ".join(said)
    assert found == {name: " ".join(said.split()) for name, said in FOLLOWED.items()}


@ON_ONE_ENGINE
@pytest.mark.parametrize("code", ["remind:keep:", "remind:continue:"])
async def test_a_button_about_a_draft_says_kindly_that_it_is_not_theirs(cast: Cast, code: str) -> None:
    before = await cast.stage.database.read(rows)
    for who in WHO:
        state = State(Position("home"), stamp=5, last=cast.stage.clock.now())
        rehearsal = Rehearsal(cast.stage.database, cast.ids[who], state, rows)
        event = Chose(f"{code}{cast.draft}", "", cast.stage.clock.now())
        outcome = await rehearsal.turns(cast.stage).take("test", who, f"link{next(UPDATES)}", event)
        said = [line.text for line in outcome.screens[-1].lines]
        assert M("odd.our_mistake") not in said
        assert not seen_by_mistake(who, screen_codec.dump(outcome.screens))
        goes = who == "ana" or (who == "bob" and code == "remind:continue:")
        assert (M("odd.old_button") in said or M("drafts.none") in said) is not goes, (who, said)
        assert who == "ana" or rehearsal.after["drafts"] == before["drafts"]
