"""Long answers as people send them, and files."""

from __future__ import annotations

import pytest

from tests.driver import ON_ONE_ENGINE, Person
from tests.samples import ANSWERS, DESCRIPTION, answer_until

pytestmark = ON_ONE_ENGINE

HALF = " ".join(["network"] * 20)


@pytest.mark.feature("N8", "Q13")
async def test_a_text_in_several_messages_is_one_answer_with_a_count(anna: Person) -> None:
    await answer_until(anna, "description")
    await anna.says(HALF)
    anna.sees("20 words so far", "10 more")
    await anna.says(HALF, forwarded=True)
    anna.sees("40 words so far")
    assert anna.screen.in_place
    await anna.taps("Undo last")
    anna.sees("20 words so far")
    await anna.says(HALF)
    await anna.taps("Done")
    anna.sees("Saved: 40 words")
    assert anna.question == "activity_url"


@pytest.mark.feature("N8")
async def test_start_over_forgets_the_pieces(anna: Person) -> None:
    await answer_until(anna, "description")
    await anna.says(HALF)
    await anna.taps("Start over")
    await anna.says(DESCRIPTION)
    assert anna.question == "activity_url"
    await anna.does("back")
    anna.misses(HALF)


@pytest.mark.feature("Q1")
async def test_too_many_words_are_refused_with_the_count_and_the_limit(anna: Person) -> None:
    await answer_until(anna, "description")
    await anna.says(" ".join(["word"] * 230))
    anna.sees("230 words", "200", "30 too many")
    assert anna.question == "description"


@pytest.mark.feature("Q11")
async def test_files_are_checked_kept_and_shown_again(anna: Person) -> None:
    await answer_until(anna, "documents")
    await anna.sends("virus.exe", "application/x-msdownload")
    assert anna.question == "documents"
    anna.misses("Saved: virus.exe")
    await anna.sends("huge.pdf", "application/pdf", size=40 * 2**20)
    anna.misses("Saved: huge.pdf")
    await anna.sends("village.jpg", "image/jpeg")
    anna.sees("Saved: village.jpg")
    await anna.taps("Done")
    assert anna.question == "lines"
    await anna.does("back")
    anna.sees("village.jpg")


@pytest.mark.feature("Q12")
async def test_an_album_is_one_answer(anna: Person) -> None:
    await answer_until(anna, "documents")
    for number in range(3):
        await anna.sends(f"{number}.jpg", "image/jpeg", album="trip")
        assert anna.question == "documents"
    anna.sees("0.jpg", "1.jpg", "2.jpg")
    await anna.sends("3.jpg", "image/jpeg", album="trip")
    anna.misses("Saved: 3.jpg")


async def test_a_file_sent_early_goes_to_its_question_and_the_open_one_stays(anna: Person) -> None:
    await answer_until(anna, "title")
    await anna.sends("village.jpg", "image/jpeg")
    assert anna.question == "title"
    anna.sees("I have put the file under")


@pytest.mark.feature("N1", "C14")
async def test_editing_a_message_changes_that_answer_and_keeps_the_open_question(anna: Person) -> None:
    await answer_until(anna, "contact_email")
    await anna.says("amina@lakenet.org", ref="m7")
    await anna.says(ANSWERS["org_name"], ref="m8")
    assert anna.question == "org_type"
    await anna.edits("m7", "not an address")
    assert anna.question == "org_type"
    anna.sees("could not use your edited message")
    await anna.edits("m7", "amina.otieno@lakenet.org")
    assert anna.question == "org_type"
    anna.sees("Changed", "amina.otieno@lakenet.org")
    await anna.does("review")
    anna.sees("amina.otieno@lakenet.org")


@pytest.mark.feature("N1")
async def test_editing_one_piece_of_a_long_text_changes_that_piece(anna: Person) -> None:
    await answer_until(anna, "description")
    await anna.says(HALF, ref="m1")
    await anna.says(HALF, ref="m2")
    await anna.taps("Done")
    await anna.edits("m2", "completely new words " * 8)
    anna.sees("Changed")
    await anna.does("review")
    await anna.taps("section:activity")
    anna.sees("completely new words", "network network")
