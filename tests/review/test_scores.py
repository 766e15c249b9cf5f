"""Where a call asks for scores: each reviewer gives one or abstains, and reads the others' only after their own."""

from __future__ import annotations

import pytest

from dialogs.domain.entries.review import Trouble
from dialogs.domain.scores import Criterion, Middle, Rubric
from storage.calls import calls
from storage.people import people
from storage.review import score_list, scores
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.review.acting import REFERENCE, arrives, sends, to
from tests.samples import ANSWERS, walk

RUBRIC = Rubric((Criterion("relevance", 3), Criterion("impact", 1)), Middle.MEAN)


async def number_of(stage: Stage, address: str) -> int:
    found = await stage.database.read(lambda session: people.person_at(session, "telegram", address))
    assert found is not None
    return found


async def asks_for_scores(stage: Stage, rubric: Rubric | None = RUBRIC) -> None:
    now = stage.clock.now()
    assert await stage.database.write(lambda session: calls.set_rubric(session, None, "2027", rubric, now)) is None


async def scores_it(person: Person, *given: int, remark: str = "") -> None:
    await person.taps_unasked(f"review:open:{REFERENCE}")
    await person.taps(".score")
    for each in given:
        await person.taps(f"score:{each}")
    if not given:
        await person.taps(".abstain")
    await (person.says(remark) if remark else person.taps("none"))


@ON_ONE_ENGINE
@pytest.mark.feature("V13", "V16")
async def test_an_organizer_sets_the_criteria_and_authors_read_them_before_they_send(
    olga: Person, stage: Stage
) -> None:
    anna = await arrives(stage, "200", "fr", "Anna")
    await olga.does("calls")
    await olga.taps("call:2027")
    await olga.taps("Criteria and scores")
    await olga.says("Impact 101")
    olga.sees("Please write up to 10 criteria")
    await olga.says("Pertinence 3\nImpact 1\nLocal words 0")
    await olga.taps("Mean")
    olga.sees("Relevance (weight 3), Impact (weight 1) and Local words (does not count)", "Mean")
    await olga.taps(".yes")
    await olga.taps("call:2027")
    olga.sees("Criteria: Relevance (weight 3)")
    await olga.does("log")
    olga.sees("set the criteria of the call 2027: 3")

    await anna.does("new")
    await walk(anna, ANSWERS)
    anna.sees("Pertinence (poids 3)", "Sont acceptées les fiches")


@pytest.mark.feature("V2", "V13", "V16")
async def test_others_scores_are_read_once_ones_own_is_given_and_then_they_are_one(
    anna: Person, remi: Person, rosa: Person, olga: Person, stage: Stage
) -> None:
    await asks_for_scores(stage)
    await remi.does("queue")
    remi.sees("1 entry waits for your score.")
    await remi.taps(".show:unscored")
    remi.sees("Solar networks for lake villages")
    await scores_it(remi, 5, 1, remark="Réseau utile.")
    remi.sees(
        "Your score is kept.", "Your score: 4.0 (Relevance 5 and Impact 1)", "Score of the entry: 4.0 of 5 (Mean)"
    )
    await remi.does("queue")
    remi.misses("waits for your score")
    await rosa.taps_unasked(f"review:open:{REFERENCE}")
    rosa.sees("Scored by: Relevance (weight 3) and Impact (weight 1)", "once you have scored it or abstained")
    rosa.misses("4.0", "Réseau utile.")
    await scores_it(rosa, 2, 2)
    rosa.sees("Your score: 2.0", "Rémi: 4.0 (Relevance 5 and Impact 1)", "Réseau utile.", "Score of the entry: 3.0")
    await scores_it(olga)
    olga.sees("Your score: abstained", "Score of the entry: 3.0 of 5 (Mean)")
    await scores_it(rosa, 3, 3)
    rosa.sees("Your score: 3.0", "Score of the entry: 3.5")
    await rosa.taps(".history")
    rosa.sees("Rosa: changed their score", "Rémi: scored it")
    assert to(await Post(stage).goes_out(), "200") == [], "the author is told of none of it"
    [entry] = await stage.database.read(lambda session: score_list.every(session, "2027"))
    assert [each.name for each in entry.scores] == ["Rémi", "Rosa", "Olga"] and entry.total == 3.5


@pytest.mark.feature("V11", "V13")
async def test_a_score_is_none_where_there_is_an_interest_a_newer_version_or_a_decision(
    anna: Person, remi: Person, rosa: Person, stage: Stage
) -> None:
    now, first, second = stage.clock.now(), await number_of(stage, "300"), await number_of(stage, "301")
    author = await number_of(stage, "200")
    given = {"relevance": 4, "impact": 4}

    async def gives(person: int, version: int = 1, what: dict[str, int] | None = given) -> Trouble | None:
        return await stage.database.write(
            lambda session: scores.give(session, person, REFERENCE, version, what, "", now, by=person)
        )

    assert await gives(first) is Trouble.NOT_NOW, "the call asks for none"
    await asks_for_scores(stage)
    assert await gives(author) is Trouble.GONE
    assert await gives(first, 2) is Trouble.CHANGED
    assert await gives(first, 1, {"relevance": 4}) is Trouble.CRITERIA
    assert await gives(first) is None and await gives(second) is None
    await rosa.taps_unasked(f"review:open:{REFERENCE}")
    await rosa.taps("do:take")
    await rosa.taps("do:interest")
    [entry] = await stage.database.read(lambda session: score_list.every(session))
    assert [each.name for each in entry.scores] == ["Rémi"], "who has an interest is left out"
    await sends(remi, title="Radio school of the valley")  # he is of the same organization now
    assert await stage.database.read(lambda session: score_list.every(session)) == []


@ON_ONE_ENGINE
@pytest.mark.feature("V13")
async def test_a_reviewer_who_scores_while_it_is_decided_is_told_so_and_nothing_is_kept(
    anna: Person, remi: Person, rosa: Person, stage: Stage
) -> None:
    await asks_for_scores(stage)
    await rosa.taps_unasked(f"review:open:{REFERENCE}")
    await rosa.taps(".score")
    await rosa.taps("score:4")
    await rosa.taps(".back")
    await rosa.taps("score:5")
    await rosa.taps("score:5")
    await remi.taps_unasked(f"review:open:{REFERENCE}")
    await remi.taps("do:take")
    await remi.taps("input:accept")
    await remi.taps("none")
    await rosa.says("A fine project.")
    rosa.sees("cannot be done")
    assert await stage.database.read(lambda session: score_list.every(session)) == []
