"""Entries are given to reviewers: by hand, evenly, for a while; never to somebody with an interest in one."""

from __future__ import annotations

import pytest

from dialogs.domain.entries.review import Trouble
from dialogs.domain.organizers.review import QueueFilter
from storage.organizers import organizers
from storage.people import people
from storage.review import assignments, conflicts, distribution
from storage.tables import EntryRow
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.review.acting import REFERENCE, arrives, sends, to

pytestmark = ON_ONE_ENGINE

SECOND = "WSIS-2027-000002"


async def number_of(stage: Stage, address: str) -> int:
    found = await stage.database.read(lambda session: people.person_at(session, "telegram", address))
    assert found is not None
    return found


@pytest.mark.feature("V12")
async def test_an_entry_is_given_to_a_reviewer_who_is_told_once_and_has_it_first(
    anna: Person, remi: Person, rosa: Person, olga: Person, stage: Stage
) -> None:
    post = Post(stage)
    await sends(await arrives(stage, "201", "en", "Ben"), title="Radio school of the valley", org_name="Valley Radio")
    await post.goes_out()
    who = await number_of(stage, "300")
    await olga.taps_unasked(f"review:open:{SECOND}")
    await olga.taps(".assign")
    olga.sees("Rémi: 0 entries", "Rosa: 0 entries")
    await olga.taps(f"who:{who}")
    olga.sees("They are told", "Rémi: 1 entry")
    await olga.taps(f"who:{who}")
    await olga.taps(f"who:{who}")
    [letter] = to(await post.goes_out(), "300")
    assert "Radio school of the valley" in letter.text
    await olga.taps(".back")
    olga.sees("Kept for: Rémi")
    await rosa.does("queue")
    rosa.sees("1 entry waits")
    await remi.does("queue")
    remi.sees("2 entries wait", "1 entry is given to you")
    await remi.taps(".show:assigned")
    remi.sees("Radio school of the valley")
    await remi.taps(".next")
    remi.sees("Radio school of the valley", "Kept for: Rémi")
    await remi.taps("do:release")
    assert await post.goes_out() == []
    stage.clock.passes(days=15)
    await rosa.does("queue")
    rosa.sees("2 entries wait")


@pytest.mark.feature("V11", "V12")
async def test_nobody_is_given_what_they_have_an_interest_in_and_no_count_tells_of_it(
    anna: Person, remi: Person, rosa: Person, olga: Person, stage: Stage
) -> None:
    post = Post(stage)
    await sends(rosa, title="Radio school of the valley")
    await post.goes_out()
    first, second = await number_of(stage, "300"), await number_of(stage, "301")
    await olga.taps_unasked(f"review:open:{REFERENCE}")
    await olga.taps(".assign")
    olga.sees("Rémi")
    olga.misses("Rosa")  # who is of the same organization, as her own entry says
    await olga.taps_unasked(f"who:{second}")
    now = stage.clock.now()
    pairs = [(REFERENCE, second), (SECOND, second), (REFERENCE, first), ("WSIS-2027-000009", first)]
    came = await stage.database.write(lambda session: assignments.assign(session, None, pairs, now))
    assert came == {
        (REFERENCE, second): Trouble.INTEREST,
        (SECOND, second): Trouble.INTEREST,
        (REFERENCE, first): None,
        ("WSIS-2027-000009", first): Trouble.GONE,
    }
    assert [letter.address for letter in await post.goes_out()] == ["300"]
    row = await stage.database.read(lambda session: session.get_one(EntryRow, REFERENCE))
    await stage.database.write(lambda session: conflicts.declare(session, first, row, now))
    await remi.does("queue")
    remi.misses("given to you")
    remi.sees("1 entry waits")


@pytest.mark.feature("V12")
async def test_entries_are_given_out_evenly_by_line_language_and_load(
    anna: Person, remi: Person, rosa: Person, olga: Person, stage: Stage
) -> None:
    post = Post(stage)
    await post.goes_out()
    for number in range(201, 206):
        ben = await arrives(stage, str(number), "en", f"Ben {number}")
        await sends(ben, title=f"Radio school {number}", org_name=f"Radio {number}", lines="C3", main_line="C3")
    first, second = await number_of(stage, "300"), await number_of(stage, "301")
    await remi.does("queue")
    await remi.taps(".next")  # he has one to do already
    now = stage.clock.now()
    given = await stage.database.write(
        lambda session: distribution.spread(session, None, QueueFilter(line="C3"), [first, second], now)
    )
    assert len(given) == 5 and REFERENCE not in {reference for reference, _ in given}
    assert sum(person == second for _, person in given) == 3
    again = await stage.database.write(
        lambda session: distribution.spread(session, None, QueueFilter(line="C3"), [first, second], now)
    )
    none = await stage.database.write(
        lambda session: distribution.spread(session, None, QueueFilter(language="fr"), [first], now)
    )
    assert again == none == {}
    letters = await post.goes_out()
    assert {(each.address, each.text.count("Radio school")) for each in letters} == {("300", 2), ("301", 3)}
    await stage.database.write(lambda session: organizers.dismiss(session, None, second, now))
    loads = await stage.database.read(lambda session: assignments.loads(session, [first, second], now))
    assert loads == {first: 3, second: 0}
