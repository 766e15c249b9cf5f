"""Conversations as scripts: a person types and taps, over the real machine and a real database.

anna = stage.person("anna")
await anna.does("start")
await anna.taps("English")
anna.sees("Every answer is saved")
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.channels.terminal.text_renderer import as_text
from bot.turns.outcome import Outcome
from bot.turns.turn import Turns
from bot.wiring import make_machine
from dialogs.domain.events import Chose, Commanded, Edited, Event, FileRef, Odd, Said, Sent
from dialogs.screens import Choice, Screen
from locales.words import Words
from storage.engine.database import Database

__all__ = ["IN_SEASON", "ON_ONE_ENGINE", "Clock", "Person", "Stage"]

IN_SEASON = datetime(2026, 11, 20, 9, 0, tzinfo=UTC)
"""A morning while the call of 2027 is open."""

ON_ONE_ENGINE = pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
"""For tests of words alone: what is said does not hang on the engine. Walks, drafts and the store are tried on both."""

UPDATES = itertools.count(1)


@dataclass
class Clock:
    """A clock that stands still until it is moved."""

    at: datetime = IN_SEASON

    def now(self) -> datetime:
        return self.at

    def passes(self, **span: float) -> None:
        self.at += timedelta(**span)


WORDS = Words.ours()
MACHINE = make_machine(WORDS)


@dataclass
class Stage:
    """The service without its channels: everything a conversation needs, for real. Its calls ask the first edition of a
    year's questionnaire.
    """

    database: Database
    clock: Clock = field(default_factory=Clock)

    def __post_init__(self) -> None:
        self.words = WORDS
        self.turns = Turns(self.database, MACHINE, now=self.clock.now, edition_of=str)

    def person(self, name: str, *, channel: str = "test", language: str = "en", called: str = "") -> Person:
        """Somebody at the address `name` of a channel; `called` is what the app says they are called."""
        return Person(self, name, channel, language, called)


@dataclass
class Person:
    """Somebody with a phone. Each thing they do is one update with an id of its own."""

    stage: Stage
    name: str
    channel: str = "test"
    language: str = "en"
    called: str = ""
    outcome: Outcome | None = None

    async def does(self, command: str, argument: str = "") -> Screen:
        """Send a command: `does("start")`."""
        return await self.acts(Commanded(command, self.now, argument))

    async def says(
        self, text: str, *, ref: str | None = None, forwarded: bool = False, reply: int | None = None
    ) -> Screen:
        """Type a text, perhaps as a reply to the message with this id."""
        to = str(reply) if reply is not None else None
        return await self.acts(Said(text, self.now, ref, forwarded, reply=to))

    async def edits(self, ref: str, text: str) -> Screen:
        return await self.acts(Edited(text, ref, self.now))

    async def sends(
        self, name: str, kind: str, *, size: int = 1000, caption: str = "", album: str | None = None
    ) -> Screen:
        """Send a file."""
        file = FileRef(f"file-{next(UPDATES)}", "test:source", name, kind, size)
        return await self.acts(Sent(file, self.now, caption=caption, album=album))

    async def shows(self, what: str) -> Screen:
        """Send something that is no text: a sticker, a voice message."""
        return await self.acts(Odd(what, self.now))

    async def taps(self, wanted: str, screen: Screen | None = None) -> Screen:
        """Tap the choice with this code, or whose label begins so; on an older screen when one is given."""
        screen = screen or self.screen
        choice = self.choice(wanted, screen)
        return await self.acts(Chose(choice.code, screen.stamp, self.now))

    async def taps_unasked(self, code: str) -> Screen:
        """Tap a button below a message that was sent unasked."""
        return await self.acts(Chose(code, "", self.now))

    def choice(self, wanted: str, screen: Screen | None = None) -> Choice:
        """The choice with this code or label; AssertionError with the whole screen when there is none."""
        offered = [choice for row in (screen or self.screen).rows for choice in row]
        known = (screen or self.screen).choice(wanted)  # a page offers more than the rows
        found = (
            [known]
            if known is not None
            else [c for c in offered if self.clean(self.stage.words.say(c.label, self.reads)).startswith(wanted)]
        )
        assert found, f"{self.name} looked for {wanted!r} on:\n{self.text}"
        return found[0]

    def offers(self, code: str) -> bool:
        return self.screen.choice(code) is not None

    async def acts(self, event: Event, update: str | None = None) -> Screen:
        """Send an event, with the next update id or a given one (an update that comes again)."""
        id = update or str(next(UPDATES))
        self.outcome = await self.stage.turns.take(
            self.channel, self.name, id, event, language=self.language, name=self.called
        )
        await self.stage.turns.stored.shown(self.channel, id, person=self.outcome.person)
        return self.screen

    async def looks(self) -> Screen:
        """Open the chat again."""
        self.outcome = await self.stage.turns.current(self.channel, self.name, language=self.language)
        return self.screen

    def sees(self, *texts: str) -> None:
        for text in texts:
            assert text in self.text, f"{self.name} did not see {text!r} on:\n{self.text}"

    def misses(self, *texts: str) -> None:
        for text in texts:
            assert text not in self.text, f"{self.name} saw {text!r} on:\n{self.text}"

    @property
    def now(self) -> datetime:
        return self.stage.clock.now()

    @property
    def reads(self) -> str:
        return self.outcome.language if self.outcome else self.language

    @property
    def screen(self) -> Screen:
        assert self.outcome is not None and self.outcome.screens, f"{self.name} was shown nothing"
        return self.outcome.screens[-1]

    @property
    def question(self) -> str:
        """The id of the question that is open; the screen's name elsewhere."""
        return self.screen.name.removeprefix("filling/")

    @property
    def text(self) -> str:
        """All that was shown last, as plain text without marks of direction."""
        shown = self.outcome.screens if self.outcome else ()
        return self.clean("\n".join(as_text(screen, self.stage.words, self.reads) for screen in shown))

    @staticmethod
    def clean(text: str) -> str:
        return re.sub("[\u200e\u200f\u2066-\u2069]", "", text)
