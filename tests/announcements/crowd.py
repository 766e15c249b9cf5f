"""A crowd that an announcement goes out to, and what the Bot API server saw of it: who got what, when, how fast."""

from __future__ import annotations

import asyncio
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.botapi.server import Call
from tests.samples import ANSWERS
from tests.telegram.walking import open_question

__all__ = ["TEXTS", "Halt", "Talker", "announced", "halts", "pace", "placed", "sent_more", "silent_in", "texts_of"]

TEXTS = {
    "ar": "الدعوة مفتوحة الآن",
    "en": "The call is open now",
    "es": "La convocatoria ya está abierta",
    "fr": "L’appel est ouvert maintenant",
    "ru": "Приём заявок открыт",
    "zh": "征集现已开始",
}
"""The announcement, in each language."""
ON_THE_WIRE = 0.5
"""Seconds in which what was sent before a 429 was heard has arrived."""
BREATH = 2.0
"""Seconds that somebody takes before the next answer. A chat gets a message a second and replies go first: whoever
answered without a breath would leave no room for the announcement."""


@dataclass(frozen=True)
class Halt:
    """A time in which nothing may be sent: from the first 429 until the last one has passed."""

    begins: float
    ends: float

    def meets(self, begins: float, ends: float) -> bool:
        return begins < self.ends and ends > self.begins


@dataclass
class Talker:
    """Somebody who answers questions meanwhile. `waits`: when they wrote, and when the reply came to the server."""

    person: Person
    waits: list[tuple[float, float]] = field(default_factory=list)

    async def answers_on(self, over: asyncio.Event) -> None:
        """Answer what is asked, and then ask about the deadline, again and again."""
        while not over.is_set():
            said = ANSWERS.get(open_question(self.person), "/deadline")
            seen, wrote = len(self.person.server.calls), time.monotonic()
            await self.person.gets(self.person.says(said))
            self.waits.append(
                (wrote, next(call.at for call in self.person.server.calls[seen:] if self._is_reply(call)))
            )
            await asyncio.sleep(BREATH)

    def _is_reply(self, call: Call) -> bool:
        mine = str(call.params.get("chat_id")) == str(self.person.id)
        return call.ok and mine and call.method.startswith("send") and call.method != "sendChatAction"

    def delays(self, unless: Iterable[Halt]) -> list[float]:
        """Seconds that each reply took, but for those that a halt kept back."""
        stood = list(unless)
        return [came - wrote for wrote, came in self.waits if not any(halt.meets(wrote, came) for halt in stood)]


def texts_of(person: Person) -> list[str]:
    """The announcement's texts in a chat, in whatever language."""
    found = (text for message in person.shown for text in TEXTS.values() if text in str(message.get("text", "")))
    return list(found)


def placed(server: BotApi) -> list[float]:
    """When each call came that puts or changes a message, whoever made it and however it was answered."""
    counted = (call for call in server.calls if call.method.startswith(("send", "edit")))
    return sorted(call.at for call in counted if call.method != "sendChatAction")


def halts(server: BotApi) -> list[Halt]:
    """The halts that the server asked for: 429s that follow each other within their time are one."""
    found: list[Halt] = []
    for at, seconds in server.halts_told:
        if found and at < found[-1].ends:
            found[-1] = Halt(found[-1].begins, max(found[-1].ends, at + seconds))
        else:
            found.append(Halt(at, at + seconds))
    return found


def silent_in(server: BotApi, halt: Halt) -> bool:
    """Whether the server heard nothing in a halt's time, but for what was on the wire when it began."""
    heard = (call.at for call in server.calls if call.method.lower() != "getupdates")
    return not any(halt.begins + ON_THE_WIRE < at < halt.ends for at in heard)


def announced(server: BotApi) -> list[float]:
    """When each call came that carries the announcement, however it was answered."""
    return sorted(call.at for call in server.calls if call.params.get("text") in TEXTS.values())


def pace(times: Sequence[float], hindered: Iterable[Halt], begins: float, ends: float) -> float:
    """Messages a second between these moments, over the whole seconds of each stretch in which nothing hindered."""
    number = seconds = 0
    for since, until in _stretches(hindered, begins, ends):
        whole = int(until - since)
        seconds += whole
        number += sum(since <= at < since + whole for at in times)
    return number / seconds if seconds else 0.0


def _stretches(hindered: Iterable[Halt], begins: float, ends: float) -> Iterator[tuple[float, float]]:
    """The times in which nothing hindered."""
    for halt in sorted(hindered, key=lambda each: each.begins):
        if begins < halt.begins:
            yield begins, min(halt.begins, ends)
        begins = max(begins, halt.ends)
    if begins < ends:
        yield begins, ends


async def sent_more(server: BotApi, number: int) -> None:
    """Wait until so many more messages were sent."""
    seen = len(server.calls)
    while number > 0:
        await asyncio.sleep(0.02)
        new = server.calls[seen:]
        seen += len(new)
        number -= sum(call.method == "sendMessage" and call.ok for call in new)
