"""Entries go to the platform: signed, in order, each version once by its key, whatever the platform answers."""

from __future__ import annotations

import pytest
from sqlmodel import Session, select
from standardwebhooks import Webhook

from dialogs.domain.entries.entry import EntryState
from storage.engine.database import Database
from storage.people import privacy
from storage.push import dead_letters, outbox, receivers
from storage.tables import EntryRow, PersonRow, PushRow
from tests.driver import ON_ONE_ENGINE, Clock, Stage
from tests.push.platform import NEW_SECRET, SECRET, Platform
from tests.push.sending import Hand, change, entry, revise
from tests.samples import REQUIRED, walk

X4 = pytest.mark.feature("X4")


@X4
async def test_what_somebody_sends_reaches_the_platform_whole(database: Database) -> None:
    """From the first question to the platform: the row is in the transaction that made the entry."""
    async with Platform() as platform:
        hand = await Hand(database, platform).known()
        anna = Stage(database, Clock()).person("anna")
        await anna.does("new")
        await walk(anna, REQUIRED)
        await anna.taps(".send")
        await hand.rounds()
        (message,) = platform.taken
        data = message.body["data"]
        assert message.body["type"] == "int.itu.wsis.stocktaking.entry.submitted"
        assert message.key == message.headers["idempotency-key"] == f"{data['reference']}.1"
        assert (data["state"], data["public"], data["questionnaire"]) == ("received", False, "2027")
        assert data["answers"]["title"] == REQUIRED["title"]
        assert data["answers"]["contact_email"] == REQUIRED["contact_email"]
        await hand.rounds()
        assert len(platform.messages) == 1


@X4
async def test_each_state_that_others_hear_of_is_told_in_order(database: Database) -> None:
    async with Platform() as platform:
        hand = await Hand(database, platform).known()
        public = await Hand(database, platform, name="mirror", answers="public").known_too(hand)
        reference = await database.write(lambda session: entry(session, 1))
        for state in (EntryState.IN_REVIEW, EntryState.ACCEPTED, EntryState.PUBLISHED):
            await database.write(lambda session, state=state: change(session, reference, state))
        await hand.rounds()
        assert list(platform.of(reference)) == ["submitted", "published"]
        assert platform.keys[0] == f"{reference}.1"
        platform.messages.clear()
        await public.rounds()
        (message,) = platform.taken
        assert "contact_name" not in message.body["data"]["answers"], "a mirror gets what the register shows"
        await database.write(lambda session: revise(session, reference))
        await database.write(lambda session: change(session, reference, EntryState.WITHDRAWN))
        platform.messages.clear()
        await hand.rounds()
        assert list(platform.of(reference)) == ["revised", "withdrawn"]
        platform.messages.clear()
        await public.rounds()
        assert list(platform.of(reference)) == ["unpublished"]
        assert "answers" not in platform.taken[0].body["data"]


@X4
@pytest.mark.parametrize("trouble", [500, "hang", "cut", 429, 302, 404])
async def test_an_answer_that_is_no_yes_brings_it_again_later_and_keeps_the_order(
    database: Database, trouble: int | str
) -> None:
    async with Platform(script=[trouble], after="7200") as platform:
        hand = await Hand(database, platform).known()
        first = await database.write(lambda session: entry(session, 1))
        await database.write(lambda session: revise(session, first))
        await hand.rounds()
        assert len(platform.messages) == 1, "the second version waits for the first, and nothing follows a redirect"
        hand.passes(minutes=1)
        await hand.rounds()
        if trouble == 429:
            assert len(platform.messages) == 1, "Retry-After is heeded"
            hand.passes(hours=2)
            await hand.rounds()
        assert platform.keys == [f"{first}.1", f"{first}.2"]


@X4
async def test_one_entry_that_is_refused_holds_up_no_other_and_is_given_to_people_in_the_end(
    database: Database,
) -> None:
    async with Platform(script=[422]) as platform:
        hand = await Hand(database, platform).known()
        first, second = await database.write(lambda session: (entry(session, 1), entry(session, 2)))
        await hand.rounds()
        assert platform.keys == [f"{second}.1"]
        platform.usual = 422
        for _ in range(6):
            hand.passes(days=1)
            await hand.rounds()
        (dead,) = await database.read(dead_letters.newest)
        assert (dead.reference, dead.cause) == (first, "422")
        await database.write(lambda session: revise(session, first))
        platform.usual = 204
        await hand.rounds()
        assert platform.keys == [f"{second}.1", f"{first}.2"], "what is dead holds up nothing"
        assert await database.write(lambda session: dead_letters.replay(session, None, dead.id, hand.at))
        await hand.rounds()
        assert platform.keys[-1] == f"{first}.1"
        sequences = [each.body["data"]["sequence"] for each in platform.taken if each.key.startswith(first)]
        assert sequences[0] > sequences[1], "by which the platform knows it for older news"


@X4
async def test_a_receiver_that_is_gone_is_left_alone_until_it_is_resumed(database: Database) -> None:
    async with Platform(script=[410]) as platform:
        hand = await Hand(database, platform).known()
        first = await database.write(lambda session: entry(session, 1))
        await hand.rounds()
        await database.write(lambda session: entry(session, 2))
        hand.passes(days=1)
        await hand.rounds()
        assert len(platform.messages) == 1
        assert await database.write(lambda session: dead_letters.resume(session, None, "platform", hand.at))
        assert await database.write(lambda session: dead_letters.replay_all(session, None, hand.at)) == 1
        many, last = await database.write(lambda session: outbox.fill(session, "platform", hand.at))
        assert (many, last) == (1, "WSIS-2027-000002"), "what happened meanwhile is told by `push fill`"
        await hand.rounds()
        assert platform.keys == [f"{first}.1", "WSIS-2027-000002.1"]


@X4
async def test_during_a_change_of_secrets_either_one_is_right(database: Database) -> None:
    async with Platform() as platform:
        hand = await Hand(database, platform, secrets=[NEW_SECRET, SECRET]).known()
        await database.write(lambda session: entry(session, 1))
        await hand.rounds()
        message = platform.taken[0]
        for secret in (SECRET, NEW_SECRET):
            Webhook(secret).verify(message.raw, message.headers)


@X4
async def test_a_private_address_is_never_asked(database: Database) -> None:
    async with Platform() as platform:
        hand = await Hand(database, platform).known()
        await database.write(lambda session: entry(session, 1))
        hand.networks.clear()
        for url in (platform.url, platform.url.replace("127.0.0.1", "localhost")):
            hand.receiver = hand.receiver.model_copy(update={"url": url})
            await hand.round()
            hand.passes(hours=1)
        assert platform.messages == []
        standing = await database.read(receivers.standing)
        assert standing[0].waiting == 1
        cause = await database.read(lambda session: session.exec(select(PushRow.cause)).one())
        assert cause == "private address"


@X4
@pytest.mark.feature("N22")
async def test_what_was_erased_before_it_went_out_never_goes_out(database: Database) -> None:
    """The outbox itself holds nobody's words; the platform hears that the entry is gone, and no word of it."""

    def forget(session: Session) -> None:
        person = PersonRow(created=hand.at, seen=hand.at)
        session.add(person)
        session.flush()
        for row in session.exec(select(EntryRow)):
            row.person_id = person.id
        session.flush()
        privacy.forget(session, person.id or 0)

    async with Platform() as platform:
        hand = await Hand(database, platform).known()
        kept = await database.write(lambda session: entry(session, 1))
        gone = await database.write(lambda session: entry(session, 2, publish=False, title="A secret plan"))
        await database.write(forget)
        await hand.rounds()
        assert list(platform.of(gone)) == ["erased"]
        assert list(platform.of(kept)) == ["submitted", "anonymized"]
        said = b"".join(each.raw for each in platform.messages)
        assert b"A secret plan" not in said and b"Amina Otieno" not in said


@ON_ONE_ENGINE
async def test_what_was_sent_long_ago_goes_but_an_entry_stays_known(database: Database) -> None:
    async with Platform() as platform:
        hand = await Hand(database, platform).known()
        reference = await database.write(lambda session: entry(session, 1))
        await database.write(lambda session: revise(session, reference))
        await hand.rounds()
        later = hand.passes(days=40)
        assert await database.write(lambda session: outbox.prune(session, later)) == 1
        assert await database.write(lambda session: outbox.fill(session, "platform", later)) == (0, reference)
