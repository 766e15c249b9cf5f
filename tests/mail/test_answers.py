"""Who answers a letter writes to the help desk; the desk's answer comes back as a letter."""

from __future__ import annotations

from email.message import EmailMessage

import pytest
from sqlmodel import Session, col, select

from bot.channels.mail.letter import WIRE
from bot.delivery.composer import Composer, plan, returned
from bot.delivery.ledger import Ledger
from bot.delivery.mail_composer import MailComposer
from bot.delivery.outgoing import Delivered
from bot.scheduling.reminders import Reminders
from bot.services.incoming_mail import Taken, take_in
from dialogs.questionnaire.source import loader
from storage.messaging import inbox
from storage.people import people
from storage.tables import OrganizerMessageRow
from tests.driver import ON_ONE_ENGINE, WORDS, Stage
from tests.mail.every_kind import SENDER
from tests.mail.mailbox import plain_of
from tests.mail.test_announced_by_both import announced, some_people


async def letters(stage: Stage) -> dict[str, EmailMessage]:
    """What goes out now, by its reader's address."""
    mail = MailComposer(WORDS, SENDER, "https://x.example")
    ledger = Ledger(
        stage.database, Composer(WORDS, Reminders(stage.database, loader.versions()), mail), returned=returned
    )
    now, sent = stage.clock.now(), {}
    running = await ledger.running(now)
    for notice in running:
        while not await ledger.plan(notice, plan, now):
            pass
    job = await ledger.exchange(running, None, now, "mail")
    while job is not None:
        assert isinstance(job.parcel.letter, EmailMessage)
        sent[str(job.parcel.address)] = job.parcel.letter
        job = await ledger.exchange(running, (job, Delivered(None)), now, "mail")
    return sent


def answer_to(letter: EmailMessage, words: str, *, writer: str, id: str = "1", **headers: str) -> bytes:
    made = EmailMessage()
    made["From"], made["To"], made["Subject"] = writer, letter["Reply-To"], f"Re: {letter['Subject']}"
    made["Message-ID"], made["In-Reply-To"] = f"<{id}@lakenet.example>", letter["Message-ID"]
    made["References"] = f"<someone@else.example> {letter['Message-ID']}"
    for name, value in headers.items():
        del made[name.replace("_", "-")]
        made[name.replace("_", "-")] = value
    quoted = "".join(f"> {line}\n" for line in plain_of(letter).splitlines())
    made.set_content(f"{words}\n\nWSIS Stocktaking wrote:\n{quoted}")
    return made.as_bytes(policy=WIRE)


async def desk(stage: Stage) -> list[tuple[int, str]]:
    def work(session: Session) -> list[tuple[int, str]]:
        rows = session.exec(select(OrganizerMessageRow).order_by(col(OrganizerMessageRow.id)))
        return [(row.person_id, row.text) for row in rows]

    return await stage.database.read(work)


@pytest.mark.feature("L10")
async def test_an_answer_reaches_the_desk_and_the_desks_answer_comes_back_as_a_letter(stage: Stage) -> None:
    now, database = stage.clock.now(), stage.database
    await database.write(lambda session: some_people(session, now))
    await database.write(lambda session: announced(session, now))
    letter = (await letters(stage))["one@example.org"]
    first = answer_to(letter, "May two organisations send one entry?", writer="One <one@example.org>")
    assert await take_in(database, first, now) is Taken.REPLY
    assert await take_in(database, first, now) is Taken.REPLY  # it comes again: the mailbox could not be marked
    one = await database.read(lambda session: people.person_at(session, "mail", "one@example.org"))
    assert await desk(stage) == [(one, "May two organisations send one entry?")]

    (asked,) = await database.read(lambda session: inbox.letters(session, 5))
    olga = await database.write(lambda session: people.arrive(session, "telegram", "1", now=now))
    await database.write(lambda session: inbox.answer(session, olga, asked.id, "Yes, name both of them.", now))
    back = (await letters(stage))["one@example.org"]
    assert "Yes, name both of them." in plain_of(back) and "May two organisations" in plain_of(back)
    assert await take_in(database, answer_to(back, "Thanks!", writer="one@example.org", id="2"), now) is Taken.REPLY
    assert [text for _, text in await desk(stage)] == ["May two organisations send one entry?", "Thanks!"]


@ON_ONE_ENGINE
@pytest.mark.feature("L10")
async def test_an_answer_is_its_readers_by_the_letters_id_and_never_by_the_address_alone(stage: Stage) -> None:
    now, database = stage.clock.now(), stage.database
    await database.write(lambda session: some_people(session, now))
    await database.write(lambda session: announced(session, now))
    letter = (await letters(stage))["one@example.org"]
    number, _, code = letter["Message-ID"].strip("<>").partition(".")
    other = f"<{int(number) + 1}.{code}>"
    for forged in (other, f"<{number}.{'0' * 32}@itu.example>", "<1@example.org>", f"<{'9' * 18}.{'0' * 32}@x>"):
        made = answer_to(letter, "Send me everything", writer="one@example.org", In_Reply_To=forged, References=forged)
        assert await take_in(database, made, now) is Taken.LEFT
    away = answer_to(letter, "I am away", writer="one@example.org", Auto_Submitted="auto-replied")
    assert await take_in(database, away, now) is Taken.AUTOMATIC
    assert await take_in(database, letter.as_bytes(policy=WIRE), now) is Taken.AUTOMATIC  # our own, sent back
    assert not await desk(stage)

    # Who was sent a copy may write, but not as if they were its reader.
    copied = answer_to(letter, "I agree", writer="Eve <eve@evil.example>")
    assert await take_in(database, copied, now) is Taken.REPLY
    assert (await desk(stage))[0][1] == "<eve@evil.example>\nI agree"
    for number_ in range(30):
        many = answer_to(letter, "Again", writer="one@example.org", id=f"n{number_}")
        last = await take_in(database, many, now)
    assert last is Taken.LEFT and len(await desk(stage)) == inbox.A_DAY
