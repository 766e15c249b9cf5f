"""One entry, two rounds: written in Arabic, reviewed in French, reminded, corrected, compared, published, withdrawn."""

from __future__ import annotations

import asyncio

import pytest
from sqlmodel import Session, select

from bot.app import App
from bot.channels.web import chat
from bot.channels.web.access.identity import Visitor
from bot.settings import Settings
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.events import Chose
from storage.people import people
from storage.review import claims
from storage.tables import EntryRow, OrganizerRow, PersonRow
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.review.acting import REFERENCE, arrives, asks, marks, sends, state, to
from tests.samples import ANSWERS

ARABIC = "يربط مشروعنا اثنتي عشرة قرية على ضفاف البحيرة بشبكات تعمل بالطاقة الشمسية ويديرها أهل القرى أنفسهم. " * 4
MENDED = "يربط مشروعنا عشرين قرية على ضفاف البحيرة بشبكات تعمل بالطاقة الشمسية ويديرها أهل القرى أنفسهم. " * 4
FIRST = {
    "description": "Combien de villages, et depuis quand ?",
    "results": "Merci de donner un chiffre.",
    "org_url": "L’adresse ne répond pas.",
}


async def answers(author: Person, key: str, text: str) -> None:
    await author.taps(f"fix:{key}")
    assert author.question == key
    await author.says(text)
    if author.question == key:
        await author.taps(".done")
    assert author.question == "correction", author.text


@ON_ONE_ENGINE
@pytest.mark.feature("N10", "V3", "V6", "V7", "V8", "V9", "V14")
async def test_an_entry_goes_through_two_rounds_in_arabic_and_french(remi: Person, olga: Person, stage: Stage) -> None:
    salma = await arrives(stage, "202", "ar", "Salma")
    await sends(salma, description=ARABIC)
    await remi.does("language")
    await remi.taps("fr")
    post = Post(stage)
    await post.goes_out()

    await asks(remi, FIRST)
    remi.sees("La demande est partie")
    [letter] = to(await post.goes_out(), "202")
    assert all(comment in letter.text for comment in FIRST.values()) and "فريق الاستعراض" in letter.text
    stage.clock.passes(days=13)
    [reminder] = to(await post.goes_out(reminding=True), "202")
    assert "ما زلنا في انتظار تعديلاتكم" in reminder.text
    await salma.taps_unasked(reminder.code("فتح مشاركتي"))
    salma.sees("Combien de villages, et depuis quand ?")
    await answers(salma, "description", MENDED)
    await answers(salma, "results", "Twenty villages are connected and 4,200 people use the network every day.")
    await answers(salma, "org_url", "https://lake.example.org")
    await salma.taps(".sent")
    salma.sees("وصلت تعديلاتكم", REFERENCE)
    stage.clock.passes(days=5)
    told = await post.goes_out(reminding=True)
    assert [each.address for each in told] == ["300"], "the reviewer once, and no reminder any more"
    await remi.taps_unasked(told[0].code("Ouvrir la fiche"))
    remi.sees("[-اثنتي عشرة-]", "{+عشرين+}", "Maintenant : https://lake.example.org".replace(" :", "\u00a0:"))

    await marks(remi, {"contact_role": "Quel est votre rôle exact ?"})
    await remi.taps(".ask")
    await remi.taps("send")
    [letter] = to(await post.goes_out(), "202")
    assert "Quel est votre rôle exact ?" in letter.text and FIRST["results"] not in letter.text
    await salma.taps_unasked(letter.code("فتح مشاركتي"))
    await answers(salma, "contact_role", "Director of the village network")
    await salma.taps(".sent")
    await post.goes_out()
    await remi.taps_unasked(f"review:open:{REFERENCE}")
    remi.sees("Director of the")
    remi.misses("{+عشرين+}")

    await remi.taps("input:accept")
    await remi.says("Un beau projet.")
    await olga.does("queue")
    await olga.taps(".announce")
    await olga.taps(f"look:{REFERENCE}")
    olga.sees("قُبلت مشاركتكم", "Un beau projet.")
    await olga.taps(f"tell:{REFERENCE}")
    [letter] = to(await post.goes_out(), "202")
    assert "قُبلت مشاركتكم" in letter.text and await state(stage) is EntryState.PUBLISHED
    await salma.does("withdraw", REFERENCE)
    await salma.taps("yes")
    assert await state(stage) is EntryState.WITHDRAWN


@ON_ONE_ENGINE
@pytest.mark.feature("V8")
async def test_in_the_browser_alone_the_author_reads_what_is_asked_on_their_page_and_answers_there(
    remi: Person, stage: Stage
) -> None:
    app = App(Settings(_env_file=None), stage.database, stage.words, stage.turns)
    visitor = Visitor("w" * 43, "en", None, False)
    wanda = stage.person(visitor.address, channel="web")
    await wanda.does("start")
    await wanda.taps("English")
    await sends(wanda)
    await chat.current(app, visitor)  # her page is open
    await asks(remi, {"description": "Please say who runs it."})
    page = await chat.current(app, visitor)
    assert [screen.name for screen in page.news] == ["news/round"]
    fix = next(c for row in page.news[0].rows for c in row if c.code.startswith("fix:key:"))
    taken = await chat.take(app, visitor, "web-1", Chose(fix.code, "", stage.clock.now()))
    assert taken.outcome.screens[-1].name == "filling/description"
    await wanda.says(ANSWERS["description"] + " The village councils run it.")
    if wanda.question == "description":
        await wanda.taps(".done")
    await wanda.taps(".sent")
    wanda.sees("Your changes are with the reviewer")
    assert await state(stage) is EntryState.IN_REVIEW


@pytest.mark.feature("V5", "V11")
async def test_reviewers_who_work_at_once_share_the_queue_without_one_entry_twice_or_left(stage: Stage) -> None:
    """Six reviewers, thirty entries, all at once; the first of them has sent five of those, which others get."""
    now = stage.clock.now()

    def fill(session: Session) -> list[int]:
        reviewers = []
        for number in range(6):
            reviewer = PersonRow(created=now, seen=now, name=f"R{number}")
            session.add(reviewer)
            session.flush()
            session.add(OrganizerRow(person_id=reviewer.id or 0, role="reviewer", since=now))
            reviewers.append(reviewer.id or 0)
        people.arrive(session, "test", "somebody", language="en", name="", now=now)
        for number in range(1, 31):
            mine = reviewers[0] if number <= 5 else None
            row = EntryRow(
                reference=f"WSIS-2027-{number:06}",
                call="2027",
                number=number,
                person_id=mine,
                title=f"Entry {number}",
                organisation=f"Body {number}",
                language="en",
                submitted=now,
                received=now,
            )
            session.add(row)
        session.flush()
        return reviewers

    def ensure(session: Session) -> None:
        from storage.calls import calls

        calls.ensure_current(session, now)

    await stage.database.write(ensure)
    reviewers = await stage.database.write(fill)
    had: dict[int, list[str]] = {person: [] for person in reviewers}

    async def works(person: int) -> None:
        while True:
            found = await stage.database.write(lambda session: claims.claim_next(session, person, now))
            if found is None:
                return
            had[person].append(found)

    await asyncio.gather(*(works(person) for person in reviewers))
    taken = sorted(reference for each in had.values() for reference in each)
    assert taken == [f"WSIS-2027-{number:06}" for number in range(1, 31)]
    assert not {f"WSIS-2027-{number:06}" for number in range(1, 6)} & set(had[reviewers[0]])
    rows = await stage.database.read(lambda session: session.exec(select(EntryRow.reviewer)).all())
    assert None not in rows
