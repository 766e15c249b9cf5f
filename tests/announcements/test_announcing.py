"""Announcements composed in chat: a text per language, to whom, a look at it, a second yes, a second organizer."""

from __future__ import annotations

import asyncio
from datetime import UTC, datetime

import pytest
from sqlmodel import Session, select

from bot.channels.terminal.text_renderer import as_text
from dialogs.domain.announcements.announcement import AnnouncementAction
from dialogs.domain.notice import DeliveryState
from dialogs.domain.organizers.announcements import ActionResult
from storage.announcements import announcement_actions, announcements, messaging_settings
from storage.announcements.messaging_settings import Terms
from storage.messaging import notices
from storage.messaging.deliveries import Delivery
from storage.messaging.notices import Notice
from storage.people import people
from storage.tables import PersonRow
from tests.announcements.posting import Post
from tests.driver import Person, Stage
from tests.joining import join
from tests.organizing.inviting import joins


async def somebody(stage: Stage, number: int, language: str) -> Person:
    """A person who has said hello in this language."""
    person = stage.person(str(number), channel="telegram", language=language)
    await person.does("start")
    return person


async def compose(olga: Person, **texts: str) -> None:
    """Begin an announcement and write its texts."""
    await olga.does("announcements")
    await olga.taps("New announcement")
    await olga.taps("Texts")
    for language, text in texts.items():
        await olga.taps(f"in:{language}")
        await olga.says(text)
    await olga.taps(".done")


async def newest(stage: Stage) -> Notice:
    return (await stage.database.read(announcements.listed))[0]


@pytest.mark.feature("A1")
async def test_an_announcement_has_a_text_per_language_and_says_who_reads_what(olga: Person, stage: Stage) -> None:
    for number, language in enumerate(["en", "fr", "fr", "ru"], 500):
        await somebody(stage, number, language)
    await olga.does("start")
    await compose(olga, en="The **call** is open", fr="L’appel est ouvert")
    olga.sees(
        "English: 2 people, who have a text of their own",
        "Français: 2 people, who have a text of their own",
        "Русский: one person, who reads English instead",
        "It goes to 5 people.",
    )
    await olga.taps("Preview")
    olga.sees("As readers of English will see it", "The call is open")
    await olga.taps("in:ru")
    olga.sees("As readers of Russian", "they read the one in English", "The call is open")
    await olga.taps("in:fr")
    olga.sees("L’appel est ouvert")


@pytest.mark.feature("A1")
async def test_what_is_missing_is_shown_before_sending(olga: Person, anna: Person) -> None:
    await olga.does("announcements")
    await olga.taps("New announcement")
    olga.sees("English: 2 people, who have no text yet", "It cannot be sent yet", "It has no text")
    assert not olga.offers("send")
    await olga.taps("Texts")
    await olga.taps("in:fr")
    await olga.says("L’appel est ouvert")
    await olga.taps(".done")
    olga.sees("There is no text in English. Everyone without a text in their own language reads that one")
    assert not olga.offers("send")


@pytest.mark.feature("A5")
async def test_a_second_yes_repeats_the_number_which_may_be_typed(olga: Person, anna: Person, stage: Stage) -> None:
    await somebody(stage, 501, "fr")
    await compose(olga, en="The call is open")
    await olga.taps("send")
    await olga.taps("now")
    olga.sees("It goes to 3 people", "Sending takes about a minute", "To confirm, tap the button or type this number")
    await olga.says("4")
    olga.sees("That is not the number: it goes to 3 people")
    assert (await newest(stage)).state == "draft"
    await olga.says("3")
    olga.sees("It is being sent")
    assert (await newest(stage)).state == "scheduled"
    assert (await newest(stage)).due == stage.clock.now()


@pytest.mark.feature("A5")
async def test_who_came_since_the_number_was_confirmed_is_counted_again(olga: Person, stage: Stage) -> None:
    await olga.does("start")
    await compose(olga, en="The call is open")
    await olga.taps("send")
    await olga.taps("now")
    for number in range(510, 520):
        await somebody(stage, number, "en")
    await olga.taps("Send it to one person")
    olga.sees("The number of people has changed", "It goes to 11 people")
    await olga.taps("Send it to 11 people")
    olga.sees("It is being sent")


@pytest.mark.feature("A2")
async def test_an_audience_is_cut_down_step_by_step_with_its_size(olga: Person, stage: Stage) -> None:
    for number, language in enumerate(["en", "fr", "fr", "ru"], 520):
        await somebody(stage, number, language)
    await compose(olga, en="The call is open")
    await olga.taps("audience")
    olga.sees("Everyone who can be reached", "It goes to 5 people")
    await olga.taps("languages")
    await olga.taps("fr")
    await olga.taps("ru")
    await olga.taps(".done")
    olga.sees("Only readers of French or Russian", "It goes to 3 people")
    await olga.taps(".out")
    await olga.taps("languages")
    await olga.taps("ru")
    await olga.taps(".done")
    await olga.taps(".in")
    olga.sees("Not readers of Russian", "It goes to 2 people")
    await olga.taps(".everyone")
    olga.sees("It goes to 5 people")
    await olga.taps("regions")
    await olga.taps("AFR")
    await olga.taps(".done")
    await olga.taps("countries")
    await olga.says("Fiji, Kenya")
    await olga.taps(".done")
    olga.sees("Only from Africa or Fiji", "It goes to 0 people")
    await olga.taps("who")
    await olga.taps("unfinished")
    olga.sees("With an unfinished entry in this call", "Only from Africa or Fiji")
    kept = (await newest(stage)).audience
    assert kept["unfinished"] and kept["call"] == "2027"
    assert {"FJ", "KE", "NG"} <= set(kept["countries"])


@pytest.mark.feature("A4")
async def test_what_is_scheduled_is_called_off_and_a_draft_again(olga: Person, anna: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open")
    await olga.taps("send")
    await olga.taps("now")
    await olga.taps("launch")
    await olga.taps("call_off")
    olga.sees("It is called off, and is a draft again")
    assert (await newest(stage)).state == "draft"
    assert olga.offers("texts")


@pytest.mark.feature("A6")
async def test_when_many_pause_it_in_the_same_moment_it_is_paused_once(olga: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open")
    await olga.taps("send")
    await olga.taps("now")
    await olga.taps("launch")
    id, at = (await newest(stage)).id or 0, stage.clock.now()
    await stage.database.write(lambda session: notices.due(session, at))
    acts = [
        stage.database.write(lambda s: announcement_actions.drive(s, None, id, AnnouncementAction.PAUSE, at))
        for _ in range(8)
    ]
    assert sorted(await asyncio.gather(*acts)) == sorted([ActionResult.PAUSED, *[ActionResult.NOT_NOW] * 7])


@pytest.mark.feature("A5")
async def test_where_the_settings_ask_a_second_organizer_approves(olga: Person, anna: Person, stage: Stage) -> None:
    await stage.database.write(lambda session: messaging_settings.keep(session, Terms(approval=True)))
    await compose(olga, en="Too early")
    await olga.taps("Send it")
    olga.sees("there is none yet")
    await olga.taps("discard")
    await olga.taps("discard!")
    ben = await joins(olga, stage.person("300", channel="telegram", called="Ben"), "organizer")
    await compose(olga, en="The call is open")
    olga.sees("A second organizer has to approve it")
    assert not olga.offers("send") and not olga.offers("approve")
    await olga.taps("Send it")
    olga.sees("A second organizer has to approve it")
    post = Post(stage)
    *_invitation_used, told = await post.goes_out()
    assert told.address == "300"
    assert "The call is open" in told.text and "A second organizer has to approve it" in told.text
    await ben.taps_unasked(told.code("Show the announcement"))
    await ben.taps("approve")
    ben.sees("You approved it", "A second organizer approved it")
    await olga.taps("texts")
    await olga.taps("in:en")
    await olga.says("The call is open!")
    await olga.taps(".done")
    olga.sees("A second organizer has to approve it")
    await ben.does("announcements")
    await ben.taps(f"see:{(await newest(stage)).id}")
    await ben.taps("approve")
    await ben.taps("send")
    await ben.taps("now")
    await ben.taps("launch")
    ben.sees("It is being sent")


@pytest.mark.feature("H3")
async def test_a_translator_writes_texts_and_nothing_else(olga: Person, stage: Stage) -> None:
    tina = await joins(olga, stage.person("300", channel="telegram", called="Tina"), "translator")
    await compose(olga, en="The call is open")
    await tina.does("announcements")
    assert not tina.offers(".compose")
    await tina.taps("see:1")
    offered = {choice.code for row in tina.screen.rows for choice in row}
    assert offered == {"texts", "preview", ".back", ".home"}
    await tina.taps("texts")
    await tina.taps("in:fr")
    await tina.says("L’appel est ouvert")
    texts = await stage.database.read(lambda session: notices.texts(session, 1))
    assert texts == {"en": "The call is open", "fr": "L’appel est ouvert"}


@pytest.mark.feature("H6")
async def test_every_act_stands_in_the_log(olga: Person, anna: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open")
    await olga.taps("send")
    await olga.taps("now")
    await olga.taps("launch")
    await olga.does("log")
    olga.sees(
        "Olga began announcement #1",
        "Olga wrote the text in English of announcement #1 The call is open",
        "Olga sent announcement #1 The call is open (people: 2)",
    )


async def test_a_draft_is_thrown_away_only_after_a_second_yes(olga: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open")
    await olga.taps("discard")
    await olga.taps(".keep")
    await olga.taps("discard")
    await olga.taps("discard!")
    olga.sees("no longer there", "There are none yet")
    assert (await stage.database.read(lambda session: session.exec(select(Notice)).all())) == []


async def test_a_test_send_uses_up_no_number(olga: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open")
    await olga.taps("preview")
    await olga.taps(".test")
    assert [each.address for each in await Post(stage).goes_out()] == ["100"]
    await compose(olga, en="The call is nearly over")
    olga.sees("Announcement no. 2")
    for number in (2, 1):
        await olga.does("announcements")
        await olga.taps(f"see:{number}")
        await olga.taps("discard")
        await olga.taps("discard!")
    await compose(olga, en="The call is over")
    assert (await newest(stage)).id in (1, 3)


async def test_buttons_have_a_link_and_words_in_each_language(olga: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open", fr="L’appel est ouvert")
    await olga.taps("buttons")
    await olga.taps(".add")
    await olga.says("not a link")
    olga.sees("This is not a web address")
    await olga.says("www.itu.int/stocktaking")
    await olga.says("Take part")
    await olga.says("Participer")
    olga.sees("Take part: https://www.itu.int/stocktaking")
    await olga.taps(".done")
    await olga.taps("preview")
    assert olga.choice("Take part").url == "https://www.itu.int/stocktaking"
    await olga.taps("in:fr")
    assert olga.choice("Participer").url == "https://www.itu.int/stocktaking"


async def test_a_picture_with_its_caption_is_both_at_once(olga: Person, stage: Stage) -> None:
    await compose(olga)
    await olga.taps("texts")
    await olga.taps("in:en")
    await olga.sends("hymn.mp3", "audio/mpeg")
    olga.sees("Please send the text as a message")
    await olga.sends("poster.jpg", "image/jpeg", caption="The call is open")
    await olga.taps(".done")
    olga.sees("Picture: poster.jpg", "English: one person, who has a text of their own")


@pytest.mark.feature("A4")
async def test_a_time_is_ones_own_and_is_said_back_in_genevas_too(olga: Person, anna: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open")

    def in_tokyo(session: Session) -> None:
        session.get_one(PersonRow, people.person_at(session, "telegram", "100")).zone = "Asia/Tokyo"

    await stage.database.write(in_tokyo)
    await olga.taps("send")
    olga.sees("Times are those of Asia/Tokyo")
    await olga.says("yesterday")
    assert olga.screen.name == "organize_announcement_send"
    await olga.says("2026-11-19 09:00")
    olga.sees("This moment has passed already")
    await olga.says("1 February 2027 9:00")
    assert olga.outcome is not None
    shown = olga.clean(as_text(olga.screen, stage.words, "en", olga.outcome.zone))
    assert "It is sent on 1 February 2027, 09:00 your time (01:00 Geneva time)" in shown
    await olga.taps("launch")
    olga.sees("It is scheduled")
    scheduled = await newest(stage)
    assert scheduled.state == "scheduled"
    assert scheduled.due == datetime(2027, 2, 1, tzinfo=UTC)


@pytest.mark.feature("A2")
async def test_the_channel_of_the_settings_gets_one_post_that_nobody_can_stop(olga: Person, stage: Stage) -> None:
    await stage.database.write(lambda session: messaging_settings.keep(session, Terms(channel="@wsis")))
    await olga.does("start")
    await compose(olga, en="The call is open")
    await olga.taps("audience")
    await olga.taps("channel")
    await olga.taps("In @wsis")
    olga.sees("Also posted in @wsis", "It goes to one person")
    await olga.taps(".done")
    await olga.taps("send")
    await olga.taps("now")
    await olga.taps("launch")
    sent = {each.address: each for each in await Post(stage).goes_out()}
    assert set(sent) == {"100", "@wsis"}
    assert "The call is open" in sent["@wsis"].text
    assert sent["@wsis"].letter.rows == () and sent["100"].code("No more") == "news:stop:news"


@pytest.mark.feature("A11")
async def test_who_joins_two_apps_keeps_what_they_stopped_in_either(olga: Person, anna: Person, stage: Stage) -> None:
    await anna.taps_unasked("news:stop:news")
    web = stage.person("page", channel="web")
    await web.does("start")
    await join(anna, web)
    await compose(olga, en="The call is open")
    await olga.taps("send")
    await olga.taps("now")
    await olga.taps("launch")
    assert [each.address for each in await Post(stage).goes_out()] == ["100"]


@pytest.mark.feature("A14")
async def test_a_text_too_long_for_telegram_replaces_nothing(olga: Person, anna: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open")
    for tap in ("send", "now", "launch"):
        await olga.taps(tap)
    post = Post(stage)
    assert len(await post.goes_out()) == 2
    await olga.does("announcements")
    await olga.taps("see:1")
    await olga.taps("texts")
    await olga.taps("in:en")
    await olga.says("o" * 4100)
    olga.sees("The text in English is 4 characters too long")
    assert not olga.offers("change!")
    await olga.says("The call is open now")
    await olga.taps("change!")
    assert [change.count("open now") for change in (await post.changes()).values()] == [1, 1]


@pytest.mark.feature("A13")
async def test_where_it_is_not_known_whether_it_arrived_an_organizer_sends_it_again_after_a_second_yes(
    olga: Person, stage: Stage
) -> None:
    for number in (500, 501):
        await somebody(stage, number, "en")
    await compose(olga, en="The call is open")
    await olga.taps("send")
    await olga.taps("now")
    await olga.taps("launch")
    post = Post(stage)
    await post.goes_out()
    id = (await newest(stage)).id or 0

    def the_courier_died(session: Session) -> None:
        row = session.exec(select(Delivery).where(Delivery.notice_id == id)).first()
        assert row is not None
        row.state, row.cause, row.message = DeliveryState.UNCERTAIN.value, "courier_died", None
        session.add(row)

    await stage.database.write(the_courier_died)
    await olga.does("announcements")
    await olga.taps(f"see:{id}")
    await olga.taps("resend")
    olga.sees("Some of them may get it twice.")
    assert await post.goes_out() == [], "nothing goes before the second yes"
    await olga.taps("resend!")
    olga.sees("It is sent again")
    assert [told.text for told in await post.goes_out()] == ["The call is open"]
    await olga.does("log")
    olga.sees("again where it was not known whether it had arrived")
