"""The newest message that asks is the open question: two services show screens to the same person, and one dies."""

from __future__ import annotations

import asyncio
import subprocess
from collections.abc import AsyncIterator

import pytest

from tests import postgres
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.samples import ANSWERS
from tests.service import Service
from tests.telegram.looking import conversation_of
from tests.telegram.replicas import buttons, called_is, services
from tests.telegram.walking import answer_until, open_question

pytestmark = [postgres.NEEDED, pytest.mark.feature("S17")]

PATIENCE = 60.0


class Pair:
    """Two services, `one` and `two`, and the server that calls whichever a test says."""

    def __init__(self, server: BotApi, one: Service, two: Service, url: str) -> None:
        self.server, self.one, self.two, self.url = server, one, two, url
        self.is_sound = True  # nothing breaks down, but where a test takes the store away

    async def at(self, name: str, question: str) -> Person:
        """Somebody whom the first service has asked this. It runs again, should a test before have failed."""
        if self.one.process is None:
            await self.one.start()
        called_is(self.server, self.one)
        person = self.server.person(name)
        await answer_until(person, ANSWERS, question)
        return person

    async def says(self, person: Person, text: str, service: Service) -> None:
        """They write, and this service hears it."""
        called_is(self.server, service)
        taken = len(self.server.delivered)
        await person.says(text)
        await self.server.until(lambda: len(self.server.delivered) > taken, PATIENCE)

    async def sees(self, person: Person, question: str, *, tidy: bool = True) -> None:
        """The newest message asks this, and goes on doing so; `tidy`: no older one has buttons."""
        await person.waits(lambda person: open_question(person) == question, PATIENCE)
        await self.server.quiet(person.id, 1.0)
        assert open_question(person) == question, person.text
        assert not tidy or buttons(person) in ([], [person.shown[-1]]), "no older buttons are left"


@pytest.fixture(scope="module")
async def pair(tmp_path_factory: pytest.TempPathFactory) -> AsyncIterator[Pair]:
    url = postgres.new_database()
    async with BotApi() as server:
        one, two = services(server, tmp_path_factory.mktemp("pair"), url)
        async with one, two:
            await server.until(lambda: sum(call.method == "setWebhook" for call in server.calls) == 2, PATIENCE)
            both = Pair(server, one, two, url)
            yield both
        assert not both.is_sound or "Traceback" not in one.log + two.log, one.log + two.log


def asked(person: Person, since: int) -> list[str]:
    """The questions that were asked since so many messages, in their order in the chat."""
    newest = person.shown
    found = []
    for number in range(since, len(newest)):
        person.shown = newest[: number + 1]
        found.append(open_question(person))
    person.shown = newest
    return found


async def test_a_question_that_was_answered_while_it_waited_for_its_pace_is_not_asked(pair: Pair) -> None:
    """One service must wait; the person goes on with the other one."""
    anna = await pair.at("Anna", "org_name")
    shown = len(anna.shown)
    pair.server.faults.halts.append(2)
    halts = len(pair.server.halts_told)
    await pair.says(anna, ANSWERS["org_name"], pair.one)
    await pair.server.until(lambda: len(pair.server.halts_told) > halts, PATIENCE)
    await pair.says(anna, ANSWERS["org_type"], pair.two)
    await pair.sees(anna, "org_country")
    await pair.server.quiet(anna.id, 2.5)
    assert asked(anna, shown) == ["org_country"]


async def test_an_older_question_that_the_network_lets_in_below_is_followed_by_the_open_one(pair: Pair) -> None:
    anna = await pair.at("Anna", "org_name")
    shown, hold = len(anna.shown), pair.server.hold(anna)
    await pair.says(anna, ANSWERS["org_name"], pair.one)
    await hold.caught.wait()
    await pair.says(anna, ANSWERS["org_type"], pair.two)
    await pair.sees(anna, "org_country")
    hold.let_go()
    await anna.waits(lambda person: len(person.shown) == shown + 3, PATIENCE)
    await pair.sees(anna, "org_country")
    assert asked(anna, shown) == ["org_country", "org_type", "org_country"]
    await pair.says(anna, ANSWERS["org_country"], pair.two)
    await pair.sees(anna, "org_url")
    draft = next(iter((await conversation_of(pair.url, anna)).drafts.values()))
    assert draft.answers["org_type"].value == "CSO" and draft.answers["org_country"].value == "KE"


async def test_so_it_is_when_the_one_that_let_it_in_dies_before_it_hears_of_it(pair: Pair) -> None:
    anna = await pair.at("Anna", "org_name")
    shown, hold = len(anna.shown), pair.server.hold(anna)
    await pair.says(anna, ANSWERS["org_name"], pair.one)
    await hold.caught.wait()
    await pair.says(anna, ANSWERS["org_type"], pair.two)
    await pair.sees(anna, "org_country")
    anna.slow = PATIENCE
    hold.let_go()
    await anna.waits(lambda person: len(person.shown) == shown + 2, PATIENCE)
    anna.slow = 0.0
    await pair.one.kill()
    await pair.sees(anna, "org_country", tidy=False)  # of the message that the dead one sent nobody knows
    assert asked(anna, shown) == ["org_country", "org_type", "org_country"]
    await pair.one.start()


async def test_what_a_killed_service_was_about_to_ask_is_asked_by_the_other_in_seconds(pair: Pair) -> None:
    anna = await pair.at("Anna", "org_name")
    hold = pair.server.hold(anna)
    await pair.says(anna, ANSWERS["org_name"], pair.one)
    await hold.caught.wait()
    await pair.one.kill()
    async with asyncio.timeout(20):
        await pair.sees(anna, "org_type")
    await pair.one.start()


async def test_a_list_that_two_services_change_at_the_same_moment_ends_as_it_stands(pair: Pair) -> None:
    """Two ticks, of which the older one is shown last; then a tick that is shown when the list has been left."""
    anna = await pair.at("Anna", "lines")
    listed = anna.shown[-1]
    hold = pair.server.hold(anna, "editMessageText")
    await anna.taps("C1")
    await hold.caught.wait()
    called_is(pair.server, pair.two)
    await anna.taps("C2")
    await anna.waits(lambda person: person.last.count("✓") == 2, PATIENCE)
    hold.let_go()
    await pair.server.quiet(anna.id, 1.0)
    await anna.waits(lambda person: person.last.count("✓") == 2, PATIENCE)
    assert anna.shown[-1] is listed
    called_is(pair.server, pair.one)
    hold = pair.server.hold(anna, "editMessageText")
    await anna.taps("C4")
    await hold.caught.wait()
    called_is(pair.server, pair.two)
    await anna.taps(".back")
    await anna.waits(lambda person: person.shown[-1] is not listed, PATIENCE)
    hold.let_go()
    await anna.waits(lambda person: "reply_markup" not in listed, PATIENCE)
    await pair.sees(anna, "documents")


async def test_who_could_not_be_reached_while_the_store_was_away_is_answered_again(pair: Pair) -> None:
    """The store fails in the very moment in which it is to be noted that somebody blocked the bot."""
    anna = await pair.at("Anna", "org_name")
    hold = pair.server.hold(anna)
    await pair.says(anna, ANSWERS["org_name"], pair.one)
    await hold.caught.wait()
    anna.blocked, pair.is_sound = True, False
    away(pair.url, True)
    hold.let_go()
    await pair.server.until(lambda: any(not call.ok for call in pair.server.calls[-5:]), PATIENCE)
    await asyncio.sleep(0.5)
    away(pair.url, False)
    anna.blocked = False
    await pair.says(anna, ANSWERS["org_type"], pair.one)
    await pair.sees(anna, "org_country")


def away(url: str, is_away: bool) -> None:
    """Let nobody into a database, and throw out who is there; or let them in again."""
    folder, name = postgres.binaries(), url.rpartition("/")[2]
    assert folder is not None
    said = [f"ALTER DATABASE {name} WITH ALLOW_CONNECTIONS {'false' if is_away else 'true'}"]
    if is_away:
        said.append(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = '{name}'")
    for statement in said:
        elsewhere = url.rpartition("/")[0] + "/postgres"
        subprocess.run([folder / "psql", "-q", elsewhere, "-c", statement], check=True, capture_output=True)
