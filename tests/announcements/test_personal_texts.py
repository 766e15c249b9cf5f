"""Texts with fields, checked in every language before anybody approves them; an earlier announcement used again."""

from __future__ import annotations

import pytest
from sqlmodel import Session

from dialogs.domain.announcements.fields import faults, filled, longest
from storage.announcements import announcement_actions
from storage.messaging import notices
from storage.people import people
from storage.tables import DraftRow, PersonRow
from tests.announcements.posting import Post
from tests.announcements.test_announcing import compose, newest, somebody
from tests.driver import Person, Stage
from tests.organizing.season import draft

pytestmark = pytest.mark.feature("B5")


def test_a_field_is_filled_between_tags_only_and_a_missing_value_has_its_words() -> None:
    text = '<b>{name|colleague}</b>, <a href="https://www.itu.int/{name}">{title|your entry}</a> {other} { days | few }'
    known = {"name": "<Anna> & Co", "days": "3"}
    assert filled(text, known, "en") == (
        '<b>&lt;Anna&gt; &amp; Co</b>, <a href="https://www.itu.int/{name}">your entry</a> {other} 3'
    )
    assert filled("{name|x}", known, "ar") == "\u2068&lt;Anna&gt; &amp; Co\u2069"
    assert len(filled("{title|x}", {"title": "long " * 100}, "en")) == 120
    assert len(longest("{title|x}{name|y}")) == 200


def test_each_fault_is_named_with_its_language() -> None:
    found = [message.key for message in faults("{nmae|x} {name} {title|} {days|soon} {link} {{}} {a b}", "fr")]
    assert found == ["announce.blocker.unknown_field", *["announce.blocker.no_words"] * 2]


async def test_fields_are_checked_per_language_previewed_with_ones_own_values_and_filled_for_each_reader(
    olga: Person, stage: Stage
) -> None:
    await somebody(stage, 601, "en")
    await somebody(stage, 602, "fr")
    await compose(olga, en="Dear {name|colleague}: **{title|your entry}**", fr="Bonjour {nom|vous}, {days}")
    olga.sees("The text in French has a field {nom} that does not exist", "In French, {days} needs words")
    assert not olga.offers("send")
    await olga.taps("Texts")
    await olga.taps("in:fr")
    olga.sees("The text in English:", "Dear {name|colleague}", "Bonjour {nom|vous}")
    await olga.says("Bonjour {name|vous}, encore {days|quelques} jours : {link}")
    await olga.taps(".done")
    await olga.taps("preview")
    olga.sees("Dear Olga: your entry", "The fields show your own values")
    await olga.taps(".back")

    def write(session: Session) -> None:
        who = people.person_at(session, "telegram", "601")
        draft(session, "d", "2027", stage.clock.now(), {"title": "Solar & schools", "contact_name": "Dr Anna Bo"})
        session.get_one(DraftRow, "d").person_id = who or 0
        session.get_one(PersonRow, people.person_at(session, "telegram", "602")).name = ""

    await stage.database.write(write)
    for choice in ("send", "now", "launch"):
        await olga.taps(choice)
    got = {each.address: each.text for each in await Post(stage).goes_out()}
    assert "Dear Dr Anna Bo: Solar &amp; schools" in got["601"]
    assert "Bonjour vous, encore" in got["602"] and "/continue" in got["602"] and "quelques" not in got["602"]


async def test_a_sent_text_is_not_replaced_by_one_with_a_hole_in_it(olga: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open")
    for choice in ("send", "now", "launch"):
        await olga.taps(choice)
    await Post(stage).goes_out()
    now = stage.clock.now()
    happened = await stage.database.write(
        lambda session: announcement_actions.change_sent(session, None, 1, "en", "Dear {name}", now)
    )
    assert happened == "blocked"


async def test_an_announcement_of_last_year_is_used_again_in_six_steps(olga: Person, stage: Stage) -> None:
    await compose(olga, en="The call is open", fr="L’appel est ouvert")
    await olga.taps("audience")
    await olga.taps("who")
    await olga.taps("returning")
    await olga.taps(".done")
    number = (await newest(stage)).id or 0

    def last_year(session: Session) -> None:
        old = notices.get(session, number)
        old.state, old.audience = "done", {**old.audience, "call": "2026", "not_notices": [3]}
        session.add(old)

    await stage.database.write(last_year)
    for _ in range(9):
        await stage.database.write(
            lambda session: announcement_actions.compose(session, None, stage.clock.now(), texts={"en": "Another"})
        )
    await olga.does("announcements")
    assert not olga.offers(f"see:{number}")
    await olga.taps(".older")
    await olga.taps(f"see:{number}")
    await olga.taps("Use it again")
    olga.sees("This is a new draft with all that the earlier one has", "earlier call and none in this one")
    copy = await newest(stage)
    assert (copy.id, copy.state, copy.approved_by) == (number + 10, "draft", None)
    assert copy.audience["call"] == "2027" and copy.audience["not_notices"] == []
    olga.sees("Français: 0 people, who have a text of their own")
