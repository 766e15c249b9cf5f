"""A long text is read where nobody waits for it, and what comes of it is as if it had been read in its turn."""

from __future__ import annotations

import asyncio
import threading
from dataclasses import dataclass, field

import pytest

from bot.turns.turn import Turns
from dialogs.domain.conversation import Conversation
from dialogs.domain.events import Event, Said
from dialogs.machine import Machine, Step, Tools
from storage.engine.database import Database
from tests.driver import MACHINE, Stage
from tests.samples import DESCRIPTION

WAIT = 20.0
"""Seconds after which something that should happen has not."""


@dataclass(frozen=True)
class Slow(Machine):
    """A machine that takes its time with long texts: until it may go on."""

    begun: threading.Event = field(default_factory=threading.Event)
    go_on: threading.Event = field(default_factory=threading.Event)

    def step(self, conversation: Conversation, event: Event, tools: Tools) -> Step:
        if isinstance(event, Said) and len(event.text) > 200 and not self.go_on.is_set():
            self.begun.set()
            self.go_on.wait(WAIT)
        return super().step(conversation, event, tools)


@pytest.fixture
def slow() -> Slow:
    return Slow(MACHINE.world)


@pytest.fixture
def stage(database: Database, slow: Slow) -> Stage:
    made = Stage(database)
    made.turns = Turns(database, slow, now=made.clock.now, edition_of=str)
    return made


async def _begun(slow: Slow) -> None:
    assert await asyncio.to_thread(slow.begun.wait, WAIT)


@pytest.mark.feature("S1", "S2")
async def test_nobody_waits_while_somebody_elses_long_text_is_read(stage: Stage, slow: Slow) -> None:
    amina, bob = stage.person("amina"), stage.person("bob")
    await amina.does("new")
    await bob.does("new")
    reading = asyncio.create_task(amina.says(DESCRIPTION))
    await _begun(slow)
    await asyncio.wait_for(bob.says("yes"), WAIT / 2)
    assert bob.question == "contact_name"
    assert not reading.done()
    slow.go_on.set()
    await reading
    assert amina.question == "agree"


@pytest.mark.feature("S1", "D1")
async def test_what_changed_while_a_text_was_read_is_not_undone_by_it(stage: Stage, slow: Slow) -> None:
    amina = stage.person("amina")
    await amina.does("new")
    elsewhere = Stage(stage.database)  # another process, which takes what comes next from the same chat
    elsewhere.clock = stage.clock
    phone = elsewhere.person("amina")
    reading = asyncio.create_task(amina.says(DESCRIPTION))
    await _begun(slow)
    await asyncio.wait_for(phone.says("yes"), WAIT / 2)
    slow.go_on.set()
    await reading
    assert amina.question != "agree", "the text counts at the question that was open when its turn came"


@pytest.mark.feature("D1")
async def test_a_long_text_is_kept_as_ever(stage: Stage, slow: Slow) -> None:
    slow.go_on.set()
    amina = stage.person("amina")
    screen = await amina.acts(Said(DESCRIPTION, amina.now), "first-words-are-long")
    assert screen.name in ("welcome", "language", "home")
    await amina.does("contact")
    await amina.says(DESCRIPTION)
    amina.sees("organizers")
