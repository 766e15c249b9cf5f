"""No way on destroys what is there, and what is shown of it is true."""

from __future__ import annotations

import pytest

from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.samples import ANSWERS, answer_until, walk

pytestmark = ON_ONE_ENGINE

ROLE = "Director of networks"


async def back_at_the_role(stage: Stage) -> Person:
    """Somebody who has answered an optional question and looks at it again."""
    anna = stage.person("anna")
    await answer_until(anna, "contact_role")
    await anna.says(ROLE)
    await anna.taps("Back")
    assert anna.question == "contact_role"
    return anna


@pytest.mark.feature("U3")
@pytest.mark.parametrize("word", ["skip", "next", "later", "I don't know", "-"])
async def test_a_word_for_going_on_keeps_the_answer_that_is_there(stage: Stage, word: str) -> None:
    anna = await back_at_the_role(stage)
    assert not anna.offers(".skip")
    await anna.says(word)
    if anna.question != "contact_role":
        await anna.taps("Back")
    anna.sees(f"Your answer: {ROLE}")


@pytest.mark.feature("U3")
async def test_an_answer_is_removed_by_its_name_only_and_can_be_put_back(stage: Stage) -> None:
    anna = await back_at_the_role(stage)
    await anna.says("skip")
    anna.sees("your answer stays", "Remove this answer")
    await anna.taps(".remove")
    anna.sees("Removed: Your role", "You skipped this question")
    await anna.taps(".put_back")
    anna.sees(f"Your answer: {ROLE}")
    assert not anna.offers(".put_back")


@pytest.mark.feature("U3")
@pytest.mark.parametrize("word", ["skip", "no", "done"])
async def test_files_that_were_saved_stay_whatever_one_says_to_go_on(stage: Stage, word: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "documents")
    await anna.sends("village.jpg", "image/jpeg")
    assert not anna.offers(".skip")
    await anna.says(word)
    assert anna.question == "lines"
    await anna.taps("Back")
    anna.sees("village.jpg")


@pytest.mark.parametrize("publish", ["yes", "no"])
async def test_the_receipt_names_the_files_and_follows_the_consent(stage: Stage, publish: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "documents")
    await anna.sends("village.jpg", "image/jpeg")
    await anna.says("done")
    await walk(anna, ANSWERS | {"publish": publish})
    await anna.taps(".send")
    anna.sees("Documents: village.jpg")
    if publish == "yes":
        anna.sees("becomes part of the WSIS Stocktaking Report")
    else:
        anna.sees("it will not be published")
        anna.misses("Stocktaking Report.")
