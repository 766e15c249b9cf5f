"""What people write reaches the organizers in their chats, and the answer comes back without breaking in."""

from __future__ import annotations

import pytest

from bot.app import App
from bot.channels.web import chat
from bot.channels.web.access.identity import Visitor
from bot.settings import Settings
from dialogs.domain.events import Commanded, Said
from tests.announcements.posting import Post
from tests.driver import Person, Stage
from tests.organizing.inviting import joins
from tests.samples import answer_until

QUESTION = "Can a ministry send two entries?"
ANSWER = "Yes: one entry for each activity."


@pytest.fixture
async def otto(olga: Person, stage: Stage) -> Person:
    await olga.does("organize")
    return await joins(olga, stage.person("300", channel="telegram", called="Otto"), "organizer")


async def asks(person: Person) -> None:
    await person.does("contact")
    await person.says(QUESTION)


async def test_a_message_reaches_every_organizer_who_answers_once_with_name_and_language(
    otto: Person, olga: Person, anna: Person, stage: Stage
) -> None:
    await joins(olga, stage.person("301", channel="telegram"), "translator")
    await asks(anna)
    post = Post(stage)
    letters = [letter for letter in await post.goes_out() if QUESTION in letter.text]
    assert sorted(letter.address for letter in letters) == ["100", "300"]
    assert all("A message from Anna, in English" in letter.text and QUESTION in letter.text for letter in letters)
    assert await post.goes_out() == []


@pytest.mark.feature("C19")
async def test_a_reply_to_the_letter_reaches_its_author_who_stays_at_their_question(
    otto: Person, anna: Person, stage: Stage
) -> None:
    await answer_until(anna, "org_name")
    await asks(anna)
    assert anna.question == "org_name"
    post = Post(stage)
    mine = next(letter for letter in await post.goes_out() if letter.address == "300")
    await answer_until(otto, "contact_role")
    await otto.says(ANSWER, reply=mine.message)
    otto.sees("Your answer is on its way to Anna")
    assert otto.question == "contact_role"
    [back] = await post.goes_out()
    assert back.address == "200"
    assert QUESTION in back.text and ANSWER in back.text and "Otto" not in back.text
    await anna.says("Lake Networks")
    assert anna.question == "org_type"


async def test_the_answer_button_works_wherever_one_is(otto: Person, anna: Person, stage: Stage) -> None:
    await asks(anna)
    post = Post(stage)
    mine = next(letter for letter in await post.goes_out() if letter.address == "300")
    await answer_until(otto, "contact_role")
    await otto.taps_unasked(mine.code("Answer"))
    otto.sees(QUESTION, "Write your answer")
    await otto.says(ANSWER)
    otto.sees("on its way to Anna")
    assert otto.question == "contact_role"
    assert [letter.address for letter in await post.goes_out()] == ["200"]


async def test_the_other_organizers_see_that_it_is_answered_and_by_whom(
    otto: Person, olga: Person, anna: Person, stage: Stage
) -> None:
    await asks(anna)
    post = Post(stage)
    letters = {letter.address: letter for letter in await post.goes_out()}
    await otto.says(ANSWER, reply=letters["300"].message)
    changed = await post.changes()
    assert changed[letters["100"].message].count("Answered by Otto") == 1
    assert ANSWER in changed[letters["100"].message]
    await olga.does("messages")
    olga.sees("There is no message here")
    await olga.taps(".show:done")
    olga.sees("1. Anna: Can a ministry send two entries? (answered)")
    await olga.taps("Read: Anna")
    olga.sees("Otto answered on", ANSWER)


@pytest.mark.feature("C19")
async def test_a_message_is_taken_given_closed_and_opened_again_and_answering_leads_back_to_the_list(
    otto: Person, olga: Person, anna: Person, stage: Stage
) -> None:
    await asks(anna)
    post = Post(stage)
    letters = {letter.address: letter for letter in await post.goes_out()}
    await otto.does("messages")
    otto.sees("Waiting for an answer", "1. Anna", "Those I take care of: 0")
    await otto.taps("Read: Anna")
    await otto.taps("do:take")
    otto.sees("Otto takes care of it.")
    changed = await post.changes()
    assert "Otto takes care of it." in changed[letters["100"].message]
    await otto.taps(".assign")
    await otto.taps("Olga")
    otto.sees("Olga takes care of it.")
    await olga.does("messages")
    await olga.taps(".show:mine")
    await olga.taps("Read: Anna")
    await olga.taps("do:close")
    olga.sees("Closed without an answer on")
    await olga.taps(".back")
    olga.sees("There is no message here")
    await olga.taps(".show:done")
    await olga.taps("Read: Anna")
    await olga.taps("do:reopen")
    await olga.says(ANSWER)
    olga.sees("on its way to Anna", "Answered or closed", "1. Anna: Can a ministry send two entries? (answered)")
    assert [letter.address for letter in await post.goes_out()] == ["200"]
    await olga.does("log")
    olga.sees("said who takes care of message 1", "closed message 1 without an answer", "opened message 1 again")


async def test_a_reply_to_anything_else_is_what_it_always_was(otto: Person) -> None:
    await answer_until(otto, "org_name")
    await otto.says("Lake Networks", reply=4711)
    assert otto.question == "org_type"


@pytest.mark.feature("H3")
async def test_nobody_else_can_answer_or_read_by_a_forged_button(anna: Person, olga: Person, stage: Stage) -> None:
    await asks(anna)
    ben = stage.person("204", channel="telegram")
    await ben.does("start")
    await ben.taps_unasked("no:such:1")
    unknown = ben.text
    await ben.taps_unasked("help:answer:1")
    assert ben.text == unknown
    ben.misses(QUESTION)


@pytest.mark.feature("H3")
async def test_a_letter_under_way_to_someone_who_is_no_organizer_any_more_is_not_sent(
    otto: Person, olga: Person, anna: Person, stage: Stage
) -> None:
    await asks(anna)
    await olga.does("organizers")
    await olga.taps("Change: Otto")
    await olga.taps("Take the role away")
    await olga.taps("Yes, remove it")
    assert [letter.address for letter in await Post(stage).goes_out()] == ["100"]


@pytest.mark.feature("H5")
async def test_who_is_forgotten_is_forgotten_by_the_help_desk_too(otto: Person, anna: Person, stage: Stage) -> None:
    await asks(anna)
    post = Post(stage)
    letters = [letter for letter in await post.goes_out() if QUESTION in letter.text]
    await anna.does("forget")
    await anna.taps("Yes, erase everything")
    await otto.does("messages")
    otto.sees("There is no message here")
    assert set(await post.changes()) == {letter.message for letter in letters}


async def test_in_the_web_chat_the_answer_stands_on_the_next_page_once(otto: Person, stage: Stage) -> None:
    app = App(Settings(_env_file=None), stage.database, stage.words, stage.turns)
    visitor = Visitor("w" * 43, "en", None, False)
    await chat.take(app, visitor, "web-1", Commanded("contact", stage.clock.now()))
    await chat.take(app, visitor, "web-2", Said(QUESTION, stage.clock.now()))
    mine = next(letter for letter in await Post(stage).goes_out() if letter.address == "300")
    await otto.says(ANSWER, reply=mine.message)
    before = await chat.current(app, visitor)
    assert [screen.name for screen in before.news] == ["news/answer"]
    assert before.screen.name == "home"
    again = await chat.current(app, visitor)
    assert (again.news, again.said) == (before.news, before.said)
