"""Two apps become one person's when both have said yes, having seen what moves and to whom; then nothing is left."""

from __future__ import annotations

from datetime import timedelta

import pytest
from sqlmodel import Session, SQLModel, select

from storage.calls import late_codes
from storage.entries import handovers
from storage.people import account_linking, people
from storage.tables import AccountRow, EntryRow, HandOverRow, LateUseRow, PersonRow
from tests.dialogs.test_drafts import send_an_entry
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.joining import asks, code_of, join
from tests.rights.rows import PEOPLE, fill
from tests.samples import ANSWERS, answer_until, walk

pytestmark = ON_ONE_ENGINE


async def id_of(person: Person) -> int:
    found = await person.stage.database.read(lambda session: people.person_at(session, person.channel, person.name))
    assert found is not None
    return found


def victim(stage: Stage) -> Person:
    return stage.person("500", channel="telegram", called="Vera")


@pytest.mark.feature("S3")
async def test_a_link_alone_moves_nothing(stage: Stage) -> None:
    vera, mallory = victim(stage), stage.person("mallory", channel="web")
    await answer_until(vera, "status")
    code = await code_of(mallory)
    for payload in (f"join-{code}", f"join-{code.replace('-', '')}"):
        await vera.does("start", payload)
        vera.sees("No link joins apps")
        assert vera.screen.name == "home"
    new = stage.person("new", channel="web")
    await new.does("start", f"join-{code}")
    await new.taps("English")
    new.sees("No link joins apps")
    await mallory.taps("look")
    mallory.sees("Nobody has said yes")
    await mallory.does("drafts")
    mallory.sees("no drafts")


@pytest.mark.feature("S3")
async def test_both_sides_are_asked_and_told_what_moves_and_whose_it_is(stage: Stage) -> None:
    vera, other = victim(stage), stage.person("other", channel="web")
    await send_an_entry(vera)
    await vera.does("new")
    await walk(vera, {**ANSWERS, "title": "Lake radio"}, until="activity_type")
    await other.does("start")
    code = await code_of(other)
    await vera.does("join", code.lower().replace("-", " "))
    assert vera.screen.name == "joining_ask"
    vera.sees("somebody without a name, who made this code (web browser)", "One unfinished entry", "Lake radio")
    vera.sees("One entry that was sent", "If it is not your own app, say no")
    assert not await moved(vera)
    await vera.taps("yes")
    vera.sees("One more yes is needed", "Nothing moves before")
    assert not await moved(vera)
    await other.taps("look")
    assert other.screen.name == "joining_confirm"
    other.sees("Vera (Telegram) entered your code", "Lake radio", "One entry that was sent")
    other.sees("read, change and send everything of yours")
    assert not await moved(vera)
    await other.taps("yes")
    other.sees("joined now", "Continue: Lake radio")
    assert await id_of(vera) == await id_of(other)


async def moved(person: Person) -> bool:
    """Whether somebody's account has become somebody else's: theirs was the first row."""
    row = await person.stage.database.read(lambda session: session.get_one(PersonRow, 1))
    return row.merged_into is not None or await id_of(person) != 1


@pytest.mark.feature("S3")
async def test_either_side_can_say_no(stage: Stage) -> None:
    vera, other = victim(stage), stage.person("other", channel="web")
    await answer_until(vera, "org_name")
    await other.does("start")
    await vera.does("join", await code_of(other))
    await vera.taps("no")
    vera.sees("Nothing was moved")
    assert vera.question == "org_name", "one goes on where one was"
    await other.taps("look")
    other.sees("Nobody has said yes")
    await asks(vera, other)
    await vera.taps("no")
    await other.taps("look")
    other.sees("Nobody has said yes")
    await asks(vera, other)
    await other.taps("look")
    await other.taps("no")
    other.sees("Nothing was moved")
    assert not await moved(vera)
    await asks(vera, other)
    await other.does("join")
    assert other.screen.name == "joining_confirm", "who asks is shown again, until they are answered"


@pytest.mark.feature("S3")
async def test_a_code_ends_after_a_quarter_of_an_hour_at_every_step(stage: Stage) -> None:
    vera, other = victim(stage), stage.person("other", channel="web")
    await vera.does("start")
    await other.does("start")
    code = await code_of(other)
    over = account_linking.VALID + timedelta(seconds=1)
    stage.clock.at += over
    await vera.does("join", code)
    vera.sees("not valid any more")
    await vera.does("join", await code_of(other))
    stage.clock.at += over
    await vera.taps("yes")
    vera.sees("not valid any more")
    await asks(vera, other)
    stage.clock.at += over
    await other.taps("look")
    other.sees("not valid any more")
    await asks(vera, other)
    await other.taps("look")
    stage.clock.at += over
    await other.taps("yes")
    other.sees("Nothing was moved")
    assert await id_of(vera) != await id_of(other)


@pytest.mark.feature("S3")
async def test_a_new_code_ends_the_older_and_a_code_is_held_by_who_wrote_it_first(stage: Stage) -> None:
    vera, other, third = victim(stage), stage.person("other", channel="web"), stage.person("third", channel="web")
    for person in (vera, other, third):
        await person.does("start")
    older = await code_of(other)
    newer = await code_of(other)
    await vera.does("join", older)
    vera.sees("not valid any more")
    await vera.does("join", newer)
    assert vera.screen.name == "joining_ask"
    await third.does("join", newer)
    third.sees("not valid any more")
    await vera.taps("yes")
    await other.taps("look")
    await vera.taps("no")
    await third.does("join", newer)
    await third.taps("yes")
    await other.taps("yes")
    other.sees("Nothing was moved")  # a yes is to whom one has seen
    assert len({await id_of(vera), await id_of(other), await id_of(third)}) == 3


@pytest.mark.feature("S3")
async def test_ones_own_code_joins_nothing_and_one_stays_reachable(stage: Stage) -> None:
    vera = victim(stage)
    await vera.does("start")
    code = await code_of(vera)
    await vera.says(code)
    vera.sees("This code is your own", code)
    row = await stage.database.read(lambda session: session.get_one(PersonRow, 1))
    assert row.merged_into is None
    other = stage.person("other", channel="web")
    await other.does("start")
    await other.does("join", code)
    assert other.screen.name == "joining_ask", "the code is still good for another app"


@pytest.mark.feature("S3")
async def test_old_buttons_of_the_app_that_came_do_nothing_in_the_conversation_it_came_to(stage: Stage) -> None:
    vera, other = victim(stage), stage.person("other", channel="web")
    await answer_until(vera, "coverage")  # many screens, with high stamps
    await other.does("start")
    await join(vera, other)
    held = vera.screen
    await other.does("language")
    while int(other.screen.stamp) < int(held.stamp):
        await other.does("language")
    assert int(other.screen.stamp) > int(held.stamp)
    await vera.taps("no", held)
    vera.sees("belongs to an earlier message")


@pytest.mark.feature("S3")
async def test_what_is_asked_while_one_is_forgotten_or_moves_elsewhere_comes_to_nothing(stage: Stage) -> None:
    vera, other = victim(stage), stage.person("other", channel="web")
    await vera.does("start")
    await other.does("start")
    await asks(vera, other)
    await other.taps("look")
    await vera.does("forget")
    await vera.taps("forget")
    await other.taps("yes")
    other.sees("Nothing was moved")


@pytest.mark.feature("S3", "N14")
async def test_everything_of_both_is_one_persons_and_nothing_is_left_with_the_other(stage: Stage) -> None:
    """Entries, sections of colleagues' drafts, late codes, consent, zone, wishes: whatever names the one who moved."""
    vera, other, ana = victim(stage), stage.person("other", channel="web"), stage.person("ana")
    reference = await send_an_entry(vera, {**ANSWERS, "title": "Radio school"})
    await answer_until(ana, "results")
    draft = await draft_of(ana)
    token = await stage.database.write(
        lambda s: handovers.hand_over(s, draft, "lasting", stage.clock.now(), lambda: "h")
    )
    await vera.does("start", f"hand-{token}")
    await vera.says("Vera wrote the results.")
    await give_late_code(stage, vera)
    await vera.taps_unasked("news:stop:calls")
    await vera.taps_unasked("remind:never:")
    vera_id = await id_of(vera)
    await stage.database.write(lambda session: setattr(session.get_one(PersonRow, vera_id), "zone", "Africa/Nairobi"))
    await other.does("start")
    await join(vera, other)
    now = await id_of(other)
    assert now != vera_id
    left = await stage.database.read(lambda session: naming(session, vera_id))
    assert left == {"people.id"}, "only a number is left"
    row = await stage.database.read(lambda session: session.get_one(PersonRow, vera_id))
    assert (row.name, row.zone, row.consent, row.state, row.declined_call) == ("", None, None, None, None)
    kept = await stage.database.read(lambda session: session.get_one(PersonRow, now))
    assert (kept.name, kept.zone, kept.declined_call) == ("Vera", "Africa/Nairobi", "2027") and kept.consent
    found = await stage.database.read(lambda session: session.get_one(EntryRow, reference))
    assert found.person_id == now
    await other.does("update")
    other.sees(reference)
    uses = await stage.database.read(lambda session: session.exec(select(LateUseRow)).all())
    assert [use.person_id for use in uses] == [now]
    await other.does("continue", draft)
    other.sees("Solar networks for lake villages")
    await ana.does("sections")
    ana.sees("with a colleague")


async def give_late_code(stage: Stage, person: Person) -> None:
    until = stage.clock.now() + timedelta(days=3)
    await stage.database.write(lambda session: late_codes.make(session, "LATE", "2027", until, 5))
    await person.does("late", "LATE")


async def handed(stage: Stage, draft: str, section: str) -> str:
    """The token of a section for a colleague."""
    now = stage.clock.now()
    return await stage.database.write(lambda session: handovers.hand_over(session, draft, section, now, lambda: "h"))


async def draft_of(person: Person) -> str:
    await person.does("drafts")
    return next(c.code.partition(":")[2] for row in person.screen.rows for c in row if c.code.startswith("continue:"))


@pytest.mark.feature("S3")
async def test_who_is_joined_with_the_owner_of_a_section_is_not_locked_out_by_themselves(stage: Stage) -> None:
    ana, bob = stage.person("ana"), stage.person("bob", channel="web")
    await answer_until(ana, "results")
    draft = await draft_of(ana)
    token = await stage.database.write(
        lambda s: handovers.hand_over(s, draft, "lasting", stage.clock.now(), lambda: "h")
    )
    await bob.does("start", f"hand-{token}")
    await bob.taps("English")
    await join(bob, ana)
    await ana.does("continue", draft)
    await ana.does("sections")
    ana.misses("with a colleague")
    rows = await stage.database.read(lambda session: session.exec(select(HandOverRow)).all())
    assert all(row.revoked for row in rows)


def naming(session: Session, person: int) -> set[str]:
    """The columns in which a person's number stands."""
    found = set()
    for name in PEOPLE:
        table, _, column = name.partition(".")
        of = SQLModel.metadata.tables[table].c[column]
        if session.execute(of.table.select().where(of == person).limit(1)).first() is not None:
            found.add(name)
    return found


@pytest.mark.feature("S3")
async def test_whatever_names_the_one_names_the_other(stage: Stage) -> None:
    """A row in every table, made by hand: none is left behind, and where both have one nothing collides."""
    ana, bob = stage.person("ana", channel="web"), stage.person("bob", channel="telegram", called="Bob")
    await ana.does("start")
    await bob.does("start")
    await asks(bob, ana)
    of_ana, of_bob = await id_of(ana), await id_of(bob)
    await stage.database.write(lambda session: fill(session, of_ana, of_bob, stage.clock.now()))
    named = await stage.database.read(lambda session: naming(session, of_bob))
    assert named == PEOPLE - {"people.merged_into", "organizers.person_id", "join_codes.person_id"}
    await ana.taps("look")
    await ana.taps("yes")
    ana.sees("joined now")
    assert await stage.database.read(lambda session: naming(session, of_bob)) == {"people.id"}
    merged = await stage.database.read(lambda session: session.get_one(PersonRow, of_bob))
    assert merged.merged_into == of_ana
    account = await stage.database.read(lambda session: session.get_one(AccountRow, ("telegram", "bob")))
    assert account.person_id == of_ana
