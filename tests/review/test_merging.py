"""Two entries of one activity become one: the reference of the other leads to it, and what was done can be undone."""

from __future__ import annotations

from collections.abc import AsyncIterator

import aiohttp
import pytest
from aiohttp import web

from bot.app import App
from bot.channels.web import attach
from bot.pages.api import routes as api
from bot.pages.register import routes as register
from bot.settings import Settings
from dialogs.domain.entries.entry import EntryState
from tests.announcements.posting import Post
from tests.driver import ON_ONE_ENGINE, Person, Stage
from tests.review.acting import REFERENCE, TITLE, arrives, sends, state, to
from tests.review.entries import set_state

OTHER = "WSIS-2027-000002"


@pytest.fixture
async def site(stage: Stage) -> AsyncIterator[str]:
    """The public pages and the interface for programs, over the stage."""
    application = web.Application()
    attach(application, App(Settings(_env_file=None), stage.database, stage.words, stage.turns))
    register.attach(application)
    api.attach(application)
    runner = web.AppRunner(application, access_log=None)
    await runner.setup()
    listening = web.TCPSite(runner, "127.0.0.1", 0)
    await listening.start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


async def merges(olga: Person) -> None:
    """Find the entry that looks the same, and let Ben's lead to it."""
    await olga.taps_unasked(f"review:open:{OTHER}")
    olga.sees(f"It looks like {REFERENCE}")
    await olga.taps(".aside")
    await olga.taps("input:merge")
    await olga.taps(f"into:{REFERENCE}")


@ON_ONE_ENGINE
@pytest.mark.feature("V15")
async def test_of_two_entries_of_one_activity_one_leads_to_the_other(
    anna: Person, olga: Person, stage: Stage, site: str
) -> None:
    post = Post(stage)
    ben = await arrives(stage, "201", "en", "Ben")
    await sends(ben, title=f"{TITLE}!", org_name="Lake Villages Union")
    await ben.does("receipt")
    receipt = next(word for word in ben.text.split() if word.startswith("eyJ"))
    await set_state(stage.database, EntryState.PUBLISHED, REFERENCE, OTHER)
    await post.goes_out()

    await merges(olga)
    olga.sees("its author is told", f"Its reference leads to {REFERENCE}")
    assert await state(stage, OTHER) is EntryState.MERGED
    [letter] = await post.goes_out()
    assert letter.address == "201" and REFERENCE in letter.text and TITLE in letter.text
    assert await post.goes_out() == []

    async with aiohttp.ClientSession() as client:
        async with client.get(f"{site}/register/fr/{OTHER}", allow_redirects=False) as answer:
            assert (answer.status, answer.headers["Location"]) == (301, f"/register/fr/{REFERENCE}")
        async with client.get(f"{site}/register/fr/{OTHER}") as answer:
            assert answer.status == 200
        async with client.get(f"{site}/api/v1/entries/{OTHER}") as answer:
            assert answer.status == 410 and (await answer.json())["merged_into"] == REFERENCE
        async with client.get(f"{site}/api/v1/changes") as answer:
            changes = {each["reference"]: each for each in (await answer.json())["changes"]}
    assert changes[OTHER]["deleted"] and changes[OTHER]["merged_into"] == REFERENCE
    await ben.does("verify", receipt)
    ben.sees(f"its reference leads to {REFERENCE}")
    await ben.does("entries")
    await ben.taps(f"entry:{OTHER}")
    ben.sees(f"Your reference leads to {REFERENCE}")
    await olga.taps(".history")
    olga.sees("merged it")
    await olga.taps_unasked(f"review:open:{REFERENCE}")
    await olga.taps(".history")
    olga.sees("merged another entry into it")

    await olga.taps_unasked(f"review:open:{OTHER}")
    await olga.taps("do:undo")
    olga.sees("The last step is taken back")
    assert await state(stage, OTHER) is EntryState.PUBLISHED
    [letter] = to(await post.goes_out(), "201")
    assert "stands by itself again" in letter.text
    async with aiohttp.ClientSession() as client, client.get(f"{site}/register/fr/{OTHER}") as answer:
        assert answer.status == 200 and answer.url.path.endswith(OTHER)


@ON_ONE_ENGINE
@pytest.mark.feature("V15")
async def test_a_merge_that_is_undone_before_it_was_told_is_not_told_at_all(
    anna: Person, olga: Person, stage: Stage
) -> None:
    post = Post(stage)
    ben = await arrives(stage, "201", "en", "Ben")
    await sends(ben, title=f"{TITLE}!", org_name="Lake Villages Union")
    await post.goes_out()
    await merges(olga)
    await olga.taps("do:undo")
    assert await state(stage, OTHER) is EntryState.RECEIVED
    assert await post.goes_out() == []


@ON_ONE_ENGINE
async def test_nothing_leads_to_an_entry_that_was_set_aside_and_addresses_lead_there_in_one_step(
    anna: Person, olga: Person, stage: Stage
) -> None:
    post = Post(stage)
    third = "WSIS-2027-000003"
    for address in ("201", "202"):
        await sends(await arrives(stage, address, "en", "Ben"), title=f"{TITLE}!", org_name=f"Union {address}")
    await post.goes_out()
    await set_state(stage.database, EntryState.SPAM, REFERENCE)
    await merges(olga)
    olga.sees("cannot be done")
    assert await state(stage, OTHER) is EntryState.RECEIVED
    await set_state(stage.database, EntryState.PUBLISHED, REFERENCE)
    for merged, into in ((third, OTHER), (OTHER, REFERENCE)):
        await olga.taps_unasked(f"review:open:{merged}")
        await olga.taps(".aside")
        await olga.taps("input:merge")
        await olga.says(into.lower())
    await olga.taps_unasked(f"review:open:{third}")
    olga.sees(f"Its reference leads to {REFERENCE}")
    await olga.taps_unasked(f"review:open:{OTHER}")
    await olga.taps("do:undo")
    await olga.taps_unasked(f"review:open:{third}")
    olga.sees(f"Its reference leads to {OTHER}")
