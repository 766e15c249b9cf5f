"""Figures tell how a call stands, and nothing about anybody."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

import pytest
from sqlmodel import Session

from dialogs.charts import Bars, Curves
from dialogs.domain.organizers.statistics import REST, Figures, sections_of
from dialogs.organizers.statistics.charts import CHARTS
from dialogs.questionnaire.source import loader
from storage.calls import statistics
from storage.calls.small_groups import folded
from storage.tables import EntryVersionRow
from tests.driver import Person, Stage
from tests.organizing.inviting import joins
from tests.organizing.season import draft, season


async def read(stage: Stage, call: str | None = None) -> Figures:
    sections, now = sections_of(loader.version("2027")), stage.clock.now()
    found = await stage.database.read(lambda session: statistics.read(session, call, sections, now))
    assert found is not None
    return found


@pytest.mark.feature("X3", "D2")
async def test_a_call_is_counted_by_what_its_entries_say(stage: Stage) -> None:
    await season(stage)
    found = await read(stage)
    assert (found.call, found.drafts, found.entries) == ("2027", 29, 20)
    assert found.groups == {
        "regions": (("AFR", 10), ("ARB", 5), ("EUR", 5)),
        "countries": (("EG", 5), ("FR", 5), ("KE", 5), ("NG", 5)),
        "lines": (("C2", 20), ("C7", 10)),
        "goals": (("4", 20),),
        "kinds": (("CSO", 10), ("GOV", 10)),
        "languages": (("en", 14), ("fr", 6)),
        "prizes": (),
        "consent": (("no", 20),),
    }
    assert found.season.entries[-1][1] == 20
    assert found.before is not None and found.before.entries[-1][1] == 30


@pytest.mark.feature("X3")
async def test_the_funnel_shows_where_people_stop(stage: Stage) -> None:
    await season(stage)
    found = await read(stage)
    assert found.funnel[0] == ("start", 29)
    assert dict(found.funnel)["sent"] == 20
    assert found.stops == ((REST, 9),), "two stopped at the activity: the seven must not tell how many"


@pytest.mark.feature("D2", "X3")
async def test_a_group_of_four_is_not_shown_and_cannot_be_worked_out(stage: Stage) -> None:
    await season(stage)
    found = await read(stage)
    assert "9" not in dict(found.groups["goals"]), "two entries about goal 9 would point at two people"
    shown = [number for counts in (*found.groups.values(), found.funnel, found.stops) for _, number in counts]
    assert min(shown) >= 5
    steps = [number for _, number in found.funnel]
    assert all(one - other == 0 or one - other >= 5 for one, other in pairwise(steps))


def test_the_sum_of_small_groups_is_never_small() -> None:
    assert folded({"a": 9, "b": 6, "c": 2}, REST) == (("a", 9), (REST, 8))
    assert folded({"a": 9, "b": 3, "c": 2}, REST) == (("a", 9), (REST, 5))
    assert folded({"a": 3}, REST) == ()
    assert folded({"a": 9, "b": 0}, REST) == (("a", 9),)


@pytest.mark.feature("D2")
async def test_few_drafts_are_only_said_to_be_few(stage: Stage, olga: Person) -> None:
    def work(session: Session) -> None:
        for number in range(4):
            draft(session, f"d{number}", "2027", stage.clock.now(), {"contact_name": "A"})

    await olga.does("organize")
    await stage.database.write(work)
    await olga.does("stats")
    olga.sees("Fewer than 5 entries have been begun")
    assert olga.screen.picture is None


@pytest.mark.feature("X3")
async def test_an_organizer_looks_at_every_chart(stage: Stage, olga: Person) -> None:
    await season(stage)
    await olga.does("stats")
    olga.sees("29 entries have been started", "20 entries have been sent", "call of 2026, 30 entries")
    assert olga.screen.picture is not None and isinstance(olga.screen.picture.chart, Curves)
    for name in (name for name in CHARTS if name != "time"):
        if olga.offers(name):
            await olga.taps(name)
            assert olga.screen.picture is not None and isinstance(olga.screen.picture.chart, Bars)
            bar = olga.screen.picture.chart.bars[0]
            olga.sees(f": {bar.number}")
    await olga.taps("lines")
    olga.sees("C2 Information and communication infrastructure")


@pytest.mark.feature("X3", "H3")
async def test_a_reviewer_sees_figures_and_a_translator_does_not(stage: Stage, olga: Person) -> None:
    rita = await joins(olga, stage.person("300", channel="telegram"), "reviewer")
    await rita.does("stats")
    assert rita.screen.name == "organize_stats"
    tom = await joins(olga, stage.person("400", channel="telegram"), "translator")
    await tom.does("stats")
    tom.sees("I do not know /stats")


@pytest.mark.feature("X3")
async def test_minutes_are_counted_without_pauses(stage: Stage) -> None:
    await season(stage)
    assert (await read(stage)).minutes == 7


async def test_an_entry_that_is_changed_counts_once(stage: Stage) -> None:
    await season(stage)

    def change(session: Session) -> None:
        now, reference = stage.clock.now(), "WSIS-2027-000001"
        answers = {"title": "Project 1", "lines": ["C9"]}
        draft(session, "again", "2027", now, answers, sent=reference)
        again: dict[str, Any] = {"call": "2027", "submitted": now, "received": now, "answers": answers}
        session.add(EntryVersionRow(reference=reference, version=2, draft_id="again", **again))

    await stage.database.write(change)
    found = await read(stage)
    assert found.entries == 20
    assert dict(found.groups["lines"])["C2"] == 19


@pytest.mark.feature("B8")
async def test_an_owner_sees_all_that_was_sent_and_of_drafts_no_small_group(stage: Stage, olga: Person) -> None:
    await season(stage)
    sections, now = sections_of(loader.version("2027")), stage.clock.now()
    found = await stage.database.read(lambda session: statistics.read(session, None, sections, now, full=True))
    assert found is not None
    assert ("9", 2) in found.groups["goals"]
    assert found.groups["countries"] == (("EG", 5), ("FR", 5), ("KE", 5), ("NG", 5))
    assert found.before_groups["lines"] == (("C1", 30),)
    assert found.stops == ((REST, 9),), "drafts are nobody's to read: their small groups stay hidden"
    rita = await joins(olga, stage.person("300", channel="telegram"), "reviewer")
    await rita.does("stats")
    await rita.taps("goals")
    assert "Goal 9" not in rita.text and "Industry" not in rita.text
    await olga.does("stats")
    olga.sees("All that was sent is shown. Of drafts, groups of fewer than 5 are not shown")
    await olga.taps("goals")
    olga.sees("Industry, innovation and infrastructure: 2")
    assert olga.screen.picture is not None
    note = olga.screen.picture.chart.note
    assert "Call of 2027" in olga.stage.words.say(note, "en") and "20 entries sent" in olga.stage.words.say(note, "en")
    await olga.taps("countries")
    olga.sees("Kenya: 5", "Nigeria: 5")
    await olga.taps("consent")
    olga.sees("Not to be published: 20")
