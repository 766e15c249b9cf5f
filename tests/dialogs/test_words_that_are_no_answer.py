"""What people say instead of an answer, and what they say about what was offered back: understood, never kept."""

from __future__ import annotations

import pytest

from dialogs.screens import Kind
from storage.engine.database import Database
from tests.driver import ON_ONE_ENGINE, Stage
from tests.samples import answer_until

pytestmark = ON_ONE_ENGINE


@pytest.fixture
def stage(database: Database) -> Stage:
    return Stage(database)


@pytest.mark.feature("C4", "C12")
@pytest.mark.parametrize("words", ["next", "skip", "I don't know", "n/a", "none", "no", "-", "later", "done"])
async def test_words_without_an_answer_skip_an_optional_question(stage: Stage, words: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "contact_role")
    await anna.says(words)
    assert anna.question == "contact_email"
    await anna.does("back")
    anna.sees("You skipped this question")


@pytest.mark.feature("C10")
@pytest.mark.parametrize("signs", ["?", "？", "؟", "¿?", "???"])
async def test_a_question_mark_asks_for_help(stage: Stage, signs: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "activity_url")
    await anna.says(signs)
    assert anna.question == "activity_url"
    anna.sees("the page that says most about this activity")


@pytest.mark.feature("C10")
@pytest.mark.parametrize("key", ["title", "description", "org_name"])
async def test_a_question_back_is_answered_with_help_and_not_kept(stage: Stage, key: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, key)
    await anna.says("Is it all right if this is long?")
    assert anna.question == key
    anna.sees("reads like a question", "send it once more")
    await anna.does("review")
    anna.misses("Is it all right")


@pytest.mark.feature("C10")
async def test_a_title_that_is_a_question_is_taken_when_it_is_sent_once_more(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "title")
    await anna.says("Who counts the fish?")
    assert anna.question == "title"
    await anna.says("Who counts the fish?")
    assert anna.question == "activity_type"
    await anna.does("review")
    anna.sees("Title: Who counts the fish?")


@pytest.mark.feature("C12", "C13")
@pytest.mark.parametrize("words", ["skip", "I don't know", "n/a", "..."])
async def test_a_required_question_says_so_and_offers_to_wait(stage: Stage, words: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "title")
    await anna.says(words)
    assert anna.question == "title"
    anna.sees("needs an answer", "[Later]")
    await anna.says("Later")
    anna.sees("Left open: Title")
    assert anna.question == "activity_type"
    await anna.does("review")
    anna.sees("Title: still to be answered")


@pytest.mark.feature("C12")
@pytest.mark.parametrize("words", ["done", "готово", "完成", "terminé"])
async def test_who_says_done_once_more_has_not_named_their_organization(stage: Stage, words: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "org_name")
    await anna.says(words)
    assert anna.question == "org_name"
    anna.sees("needs an answer")
    await anna.says("Done Deal Networks")
    await anna.does("back")
    anna.sees("Your answer: Done Deal Networks")


async def test_the_agreement_cannot_wait(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "agree")
    for words in ("later", "next", "perhaps", "I don't know"):
        await anna.says(words)
        assert anna.question == "agree"
        anna.misses("[Later]")


@pytest.mark.feature("C7", "C12")
async def test_an_unclear_word_of_consent_leaves_both_answers_open(stage: Stage) -> None:
    anna, ben = stage.person("anna"), stage.person("ben")
    for one in (anna, ben):
        await answer_until(one, "agree")
        for words in ("Pages of blah, ok?", "well ok then", "yes and no", "not yes", "no idea"):
            await one.says(words)
            assert one.question == "agree"
            assert one.offers("yes") and one.offers("no")
    await anna.says("yes")
    assert anna.question == "contact_name"
    await ben.says("no")
    ben.sees("without your agreement")


@pytest.mark.feature("C6")
async def test_a_text_that_is_on_its_way_is_not_lost_by_such_a_word(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "description")
    await anna.says("Solar power for twelve villages.")
    await anna.says("later")
    anna.sees("Left open: Description")
    await anna.does("back")
    while anna.question != "description":
        await anna.does("back")
    await anna.says("And for their schools.")
    anna.sees("9 words so far")


@pytest.mark.feature("C7", "C9")
async def test_what_is_offered_back_is_taken_by_yes_and_by_its_number(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "org_country")
    await anna.says("Keny")
    anna.sees("1. Kenya")
    await anna.says("no")
    anna.misses("1. Kenya")
    await anna.says("Keny")
    await anna.says("yes")
    assert anna.question == "org_url"
    await anna.does("back")
    await anna.says("Ugnda")
    await anna.says("1")
    await anna.does("back")
    anna.sees("Your answer: Uganda")


@pytest.mark.feature("C12")
async def test_after_what_was_no_answer_all_options_are_there_again(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "lines")
    await anna.says("local")
    assert not anna.offers("C2")
    await anna.says("Kenya")
    anna.sees("I cannot find")
    assert anna.offers("C2")


@pytest.mark.feature("C10")
async def test_who_asks_back_gets_the_help_and_loses_no_try(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "org_type")
    for _ in range(4):
        await anna.says("What does this mean?")
        anna.sees("A ministry, a regulator, a state company")
        anna.misses("I cannot find", "[Later]")


@pytest.mark.feature("C9")
@pytest.mark.parametrize(
    ("said", "meant"),
    [("NGO", "Civil society"), ("ONG", "Civil society"), ("University", "Academia"), ("شركة", "Private sector")],
)
async def test_an_organisation_is_called_what_people_call_it(stage: Stage, said: str, meant: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "org_type")
    await anna.says(said)
    await anna.does("back")
    anna.sees(f"Your answer: {meant}")


@pytest.mark.feature("Q1")
@pytest.mark.parametrize("signs", [".", "!!", "🙂"])
async def test_signs_alone_are_no_text(stage: Stage, signs: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "org_name")
    await anna.says(signs)
    assert anna.question == "org_name"


@pytest.mark.feature("C12")
async def test_a_text_in_which_nothing_is_seen_skips_no_question(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "contact_role")
    for nothing in ("\u200b \u2060", "\u2800", "\u3164", "\ufeff\n", "\u200f\u200e"):
        await anna.says(nothing)
        assert anna.question == "contact_role"
        anna.sees("I did not receive any text")


@pytest.mark.feature("N22")
@pytest.mark.parametrize("way", ["sections", "review"])
async def test_nothing_is_asked_behind_an_agreement_that_was_not_given(stage: Stage, way: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "agree")
    await anna.does(way)
    await anna.taps("section:contact" if way == "sections" else ".mend")
    assert anna.question == "agree"
    await anna.says("Anna Otieno")
    assert anna.question == "agree"
    await anna.does("mydata")
    anna.misses("Anna Otieno")


@pytest.mark.feature("C13")
async def test_what_cannot_wait_comes_with_its_help_after_three_bad_answers(stage: Stage) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "agree")
    for _ in range(3):
        await anna.says("perhaps")
    anna.sees("Without your agreement we cannot save anything")
    anna.misses("Later")


async def test_a_number_without_its_button_is_no_entry_to_be_updated(stage: Stage) -> None:
    anna = stage.person("anna")
    await anna.does("update")
    await anna.says("1")
    anna.sees("I did not understand", "Which entry do you want to update?")


@pytest.mark.feature("C12")
async def test_a_letter_and_the_name_of_an_entry_are_taken_whole_or_refused_with_the_limit(stage: Stage) -> None:
    anna = stage.person("anna")
    await anna.does("contact")
    await anna.says("\u200b\u2060\u3164")
    anna.misses("is with the organizers")
    await anna.says("x" * 3_001)
    anna.sees("3,001 characters", "3,000")
    await anna.says("May a ministry \u202esend two?")
    anna.sees("is with the organizers")
    await anna.does("update")
    await anna.says("x" * 301)
    anna.sees("301 characters", "Which entry do you want to update?")
    await anna.says("\u202eLake networks")
    anna.sees("I did not find that entry")
    await anna.does("mydata")
    anna.sees('"Lake networks"', '"May a ministry send two?"')


@pytest.mark.feature("C12", "C19")
@pytest.mark.parametrize("place", ["start", "language", "sections", "review", "drafts", "reminders", "contact"])
async def test_what_means_nothing_elsewhere_gets_a_word_and_the_same_choices(stage: Stage, place: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "contact_role")
    await anna.does(place)
    offered = anna.screen.rows
    for act in (anna.shows("sticker"), anna.says("\u2060"), anna.sends("a.exe", "x/y"), anna.edits("no", "x")):
        await act
        assert {line.kind for line in anna.screen.lines} & {Kind.NOTE, Kind.ERROR}, anna.text
        assert anna.screen.rows == offered
    await anna.does("continue")
    assert anna.question == "contact_role"


@pytest.mark.feature("C7", "C12")
@pytest.mark.parametrize(("words", "place"), [("cancel", "home"), ("menu", "home"), ("annuler", "home")])
async def test_a_word_for_a_command_does_what_the_command_does(stage: Stage, words: str, place: str) -> None:
    anna = stage.person("anna")
    await answer_until(anna, "title")
    await anna.says(words)
    assert anna.screen.name == place


@pytest.mark.feature("C7")
@pytest.mark.parametrize("words", ["help", "aide", "справка"])
async def test_help_is_given_by_its_word_where_no_button_says_so(stage: Stage, words: str) -> None:
    anna = stage.person("anna")
    await anna.does("settings")
    assert not anna.offers(".help")
    await anna.says(words)
    helped = anna.text
    await anna.does("help")
    assert anna.text == helped
