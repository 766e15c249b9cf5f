"""What people do in a season: by the same turns, effects and requests as through any channel."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.delivery.screen_message import letter_of
from bot.turns.outcome import Outcome
from dialogs.domain.conversation import Answer, AnswerStatus
from dialogs.domain.effects import DraftDiscarded, DraftStarted, Effect, Forget, PersonChanged, Query, Submit
from dialogs.domain.events import Chose, Commanded, Event, Said
from storage.people import conversations, people
from tests.driver import WORDS, Stage

__all__ = ["CHANNEL", "DEEDS", "TITLE", "Deed", "Somebody", "move"]

CALL = "2027"
TITLE = "Health posts on the air"
CHANNEL = "telegram"


@dataclass
class Somebody:
    """Somebody with a phone. `zones`: where they are, from which moment on; `country`: what tells it, when they don't.

    `blocked` and `back`: from when to when no message arrives; `said`: when they last did something in the chat;
    `told`: what they were told before the opening.
    """

    id: int
    address: str
    language: str
    zones: list[tuple[datetime, str]]
    country: str | None = None
    blocked: datetime | None = None
    back: datetime | None = None
    said: datetime | None = None
    told: str = ""
    drafts: list[str] = field(default_factory=list)

    def heard(self, at: datetime) -> bool:
        """Whether a message arrives at this moment."""
        return self.blocked is None or at < self.blocked or (self.back is not None and at >= self.back)


Deed = Callable[[Stage, Somebody, datetime], Awaitable[None]]


async def _change(stage: Stage, who: Somebody, *wanted: Effect) -> None:
    """Have effects carried out, as at the end of a turn."""
    portions = stage.turns.portions

    def work(session: Session) -> None:
        for each in wanted:
            conversations.apply(session, who.id, each, portions)

    await stage.database.write(work)


async def _ask_for(stage: Stage, who: Somebody, request: Query, now: datetime) -> Any:
    known: dict[str, Any] = {"now": now, "token": lambda: "token", "portions": stage.turns.portions}
    return await stage.database.write(lambda session: conversations.fulfil(session, who.id, request, **known))


async def _act(stage: Stage, who: Somebody, event: Event) -> Outcome:
    """Take a turn, as by the channel."""
    id = f"{who.id}/{event.at.isoformat()}/{event}"
    outcome = await stage.turns.take(CHANNEL, who.address, id, event)
    await stage.turns.stored.shown(CHANNEL, id)
    who.said = event.at
    return outcome


async def _begin(stage: Stage, who: Somebody, now: datetime) -> None:
    given = {"title": TITLE} | ({"org_country": who.country} if who.country else {})
    answers = {key: Answer(value, now, AnswerStatus.ANSWERED) for key, value in given.items()}
    who.drafts.append(f"draft-{who.id}-{len(who.drafts)}")
    await _change(stage, who, DraftStarted(who.drafts[-1], CALL, CALL, now, who.language, answers))


async def _submit(stage: Stage, who: Somebody, now: datetime) -> None:
    await _ask_for(stage, who, Submit(who.drafts[0], {"title": TITLE}, now), now)


async def _discard(stage: Stage, who: Somebody, now: datetime) -> None:
    await _change(stage, who, DraftDiscarded(who.drafts[0], now))


async def _forget(stage: Stage, who: Somebody, now: datetime) -> None:
    await _ask_for(stage, who, Forget(now), now)


async def _block(stage: Stage, who: Somebody, now: datetime) -> None:
    """The app tells the bot so."""
    who.blocked = now
    await stage.database.write(lambda session: people.reachable(session, CHANNEL, who.address, False))


async def _block_unheard(stage: Stage, who: Somebody, now: datetime) -> None:
    """Nobody tells the bot; the next message comes back."""
    who.blocked = now


async def _come_back(stage: Stage, who: Somebody, now: datetime) -> None:
    who.back = now
    await _act(stage, who, Said("Hello", now))


async def _ask(stage: Stage, who: Somebody, now: datetime) -> None:
    """Want to begin before the call is open; what that says, in English and the reader's time."""
    outcome = await _act(stage, who, Commanded("new", now))
    shown = [letter_of(screen, WORDS, "en", outcome.zone).html for screen in outcome.screens]
    who.told = "\n".join(shown)


async def _type(stage: Stage, who: Somebody, now: datetime) -> None:
    await _act(stage, who, Said("A line of an answer", now))


def _press(code: str) -> Deed:
    """Press a button below a message that came unasked."""

    async def press(stage: Stage, who: Somebody, now: datetime) -> None:
        await _act(stage, who, Chose(code, "", now))

    return press


def _set(choice: str) -> Deed:
    """Write /reminders and choose."""

    async def choose(stage: Stage, who: Somebody, now: datetime) -> None:
        asked = await _act(stage, who, Commanded("reminders", now))
        await _act(stage, who, Chose(choice, asked.screens[-1].stamp, now))

    return choose


def move(zone: str) -> Deed:
    """Tell another time zone."""

    async def tell(stage: Stage, who: Somebody, now: datetime) -> None:
        who.zones.append((now, zone))
        await _change(stage, who, PersonChanged({"zone": zone}))

    return tell


DEEDS: Mapping[str, Deed] = {
    "ask": _ask,
    "begin": _begin,
    "begin another": _begin,
    "submit": _submit,
    "discard": _discard,
    "forget": _forget,
    "block": _block,
    "block unheard": _block_unheard,
    "come back": _come_back,
    "type": _type,
    "tomorrow": _press("remind:tomorrow"),
    "not this year": _press("remind:never"),
    "last only": _set("last"),
    "no reminders": _set("none"),
    "all reminders": _set("all"),
}
