"""Whatever can be posted at a question of any kind gets a clear word in the reader's language, and loses nothing."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator

import pytest

from tests.contract.browser import Browser
from tests.contract.script import tidy
from tests.invalid_inputs import ENTRY_SO_FAR, STOPS, TEXTS, refusals, tells
from tests.samples import ANSWERS
from tests.service import Service


@pytest.fixture
async def anna(service: Service) -> AsyncIterator[Browser]:
    """Somebody with a browser without scripts, who reads French and has begun an entry."""
    async with Browser(service.url) as browser:
        await browser.types("/start")
        await browser.taps("fr")
        await browser.taps(".new")
        yield browser


def question(anna: Browser) -> str:
    return anna.page.screen.removeprefix("filling/")


def text(anna: Browser) -> str:
    return tidy("\n".join(anna.page.lines))


async def reach(anna: Browser, wanted: str) -> None:
    """Answer on to a question; where it is far, by the list of sections."""
    if wanted == "people_reached":
        await anna.types("/sections")
        await anna.taps("section:people")
        await anna.taps(".skip")
    while question(anna) != wanted:
        await anna.types(ANSWERS[question(anna)])


@pytest.mark.feature("C12", "C15", "C19", "H2")
async def test_what_is_no_answer_gets_a_clear_word_and_loses_nothing(anna: Browser) -> None:
    """Texts, an empty form and commands, half of them at each kind of question in turn; an old button at all."""
    old = anna.page.place
    for number, wanted in enumerate(STOPS):
        await reach(anna, wanted)
        thrown = {name: (said, refusals(wanted, name)) for name, said in TEXTS.items()}
        thrown |= {"an empty form": ("", ("odd.empty",)), "a command": ("/help", ("help.text",))}
        thrown["no command"] = ("/no_such", ("command.unknown",))
        for name, (typed, keys) in list(thrown.items())[number % 2 :: 2]:
            if keys:
                await anna.types(typed)
                assert question(anna) == wanted, f"{name} closed {wanted}:\n{text(anna)}"
                assert tells(text(anna), "fr", keys), f"{name} at {wanted} was answered by:\n{text(anna)}"
        await anna.taps("yes", place=old)
        assert question(anna) == wanted
        assert wanted == "agree" or tells(text(anna), "fr", ["odd.old_button"])
    await anna.types("/mydata")
    mine = json.loads(anna.page.files["stocktaking.json"])
    kept = {answer["key"]: answer["value"] for answer in mine["answers"] if "value" in answer}
    assert kept.items() >= ENTRY_SO_FAR.items()
    assert set(kept) - set(ENTRY_SO_FAR) <= {"lines", "sublines"}
