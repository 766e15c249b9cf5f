"""Whole walks through the questionnaire: by typing alone, by tapping where one can, and the shortest way."""

from __future__ import annotations

import pytest

from dialogs.screens import Style
from tests.driver import Person, Stage
from tests.samples import ANSWERS, REQUIRED, walk


@pytest.mark.feature("C7", "D3", "Q9", "Q10", "D1")
async def test_a_whole_entry_is_typed_and_its_receipt_shows_all_answers(anna: Person) -> None:
    await anna.does("start")
    await anna.says("English")
    anna.sees("about 15 minutes", "1 March 2027")
    await anna.does("new")
    await walk(anna, ANSWERS)
    anna.sees("Please check your answers", "Solar networks for lake villages", "amina@lakenet.org")
    await anna.taps("Send my entry")
    anna.sees("Your entry has been received", "WSIS-2027-000001", "Lightning, and spare parts")
    assert anna.question == "sent"


@pytest.mark.feature("C11")
async def test_progress_counts_only_what_this_person_is_asked(anna: Person) -> None:
    await anna.does("new")
    totals: dict[str, list[int]] = {}
    while anna.question != "review":
        progress = next(line for line in anna.text.splitlines() if " · section " in line)
        section, _, counted = progress.partition(" · ")[0].rpartition(" ")
        number, total = map(int, counted.split("/"))
        totals.setdefault(section, []).append(total)
        assert 1 <= number <= total
        await anna.says(ANSWERS[anna.question])
    assert any(min(counts) < max(counts) for counts in totals.values()), "branches must show in the total"
    assert all(counts[-1] >= len(counts) - 1 for counts in totals.values())


async def test_the_required_answers_alone_take_at_most_25_messages(anna: Person) -> None:
    await anna.does("new")
    sent = 0
    while anna.question != "review":
        if anna.offers(".short"):
            await anna.taps(".short")
        else:
            await anna.says(REQUIRED[anna.question])
        sent += 1
    anna.misses("still to be answered")
    assert sent <= 25
    await anna.taps("Send my entry")
    anna.sees("WSIS-2027-000001")


@pytest.mark.feature("Q4", "Q5")
async def test_an_entry_by_tapping_wherever_there_is_a_button(anna: Person) -> None:
    """Every choice question is answered by taps alone; only free texts are typed."""
    await anna.does("new")
    typed: list[str] = []
    for _ in range(200):
        if anna.question == "review":
            break
        options = [
            choice
            for row in anna.screen.rows
            for choice in row
            if choice.style is Style.PLAIN and not choice.code.startswith(".")
        ]
        wanted = ANSWERS[anna.question]
        if wanted == "skip":
            await anna.taps(".skip")
        elif options and anna.question not in ("countries", "org_country"):
            await _tap_options(anna, [part.strip() for part in wanted.split(",")])
        else:
            typed.append(anna.question)
            await anna.says(wanted)
    assert anna.question == "review"
    assert "org_type" not in typed and "lines" not in typed and "goals" not in typed
    await anna.taps(".send")
    anna.sees("WSIS-2027-000001")


def _offered(anna: Person, wanted: str) -> str | None:
    """The code of the choice on this page that has this code, or bears this number."""
    here = [choice for row in anna.screen.rows for choice in row]
    found = [c for c in here if c.code == wanted] or [c for c in here if str(c.number) == wanted]
    return found[0].code if found else None


async def _tap_options(anna: Person, codes: list[str]) -> None:
    question = anna.question
    for code in codes:
        while (choice := _offered(anna, code)) is None:
            later = [c.code for row in anna.screen.rows for c in row if c.code.startswith(".page:")]
            await anna.taps(later[-1])
        await anna.taps(choice)
    if anna.question == question and anna.offers(".done"):
        await anna.taps(".done")


@pytest.mark.feature("D5", "C17")
async def test_an_update_that_comes_again_and_a_second_send_change_nothing(anna: Person) -> None:
    await anna.does("new")
    await walk(anna, ANSWERS)
    review = anna.screen
    await anna.taps("Send my entry")
    anna.sees("WSIS-2027-000001")
    await anna.taps(".send", review)
    anna.sees("belongs to an earlier message")
    await anna.does("submit")
    anna.misses("WSIS-2027-000002")


@pytest.mark.feature("Q6", "Q7")
async def test_other_asks_which_and_c7_asks_for_its_applications(anna: Person) -> None:
    await anna.does("new")
    answers = {**ANSWERS, "org_type": "OTH", "org_type_other": "A library network"}
    await walk(anna, answers, until="org_type_other")
    anna.sees("kind")
    await walk(anna, answers, until="sublines")
    await anna.says("e-health")
    assert anna.question == "main_line"


@pytest.mark.feature("E3")
async def test_the_deadline_is_said_in_geneva_time_and_the_days_left(anna: Person, stage: Stage) -> None:
    await anna.does("deadline")
    anna.sees("1 March 2027", "23:59", "Geneva")
    anna.sees("101 days left")
