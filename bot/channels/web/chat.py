"""One browser's turn: what it posted is taken, and what was said is kept for the page."""

from __future__ import annotations

from dataclasses import dataclass

from sqlmodel import Session

from bot.app import App
from bot.channels.web import notices
from bot.channels.web.access.identity import CHANNEL, Visitor
from bot.turns import screen_codec
from bot.turns.outcome import Outcome
from dialogs.domain.events import Chose, Commanded, Event, Said, Sent
from dialogs.domain.messages import Code, Message, Value
from dialogs.screens import Kind, Line, Screen
from storage.people import conversations, people, sessions, transcripts
from storage.tables import PersonRow, TranscriptRow
from storage.updates import processed_updates

__all__ = ["Page", "Taken", "answered", "current", "farewell", "greeting", "open_screen", "take"]

FORGOTTEN = "forgotten"
TYPED = "person/typed"
"""The name of a line that somebody typed as an answer; other lines of theirs (a choice, a command) are "person"."""

SHOWN = 40
"""Lines of the conversation on a page."""


@dataclass(frozen=True, slots=True)
class Page:
    """What a page shows: the conversation so far, oldest first, news, and the screen that is open."""

    language: str
    zone: str | None
    access: bool
    said: tuple[tuple[str, Screen], ...]
    screen: Screen
    news: tuple[Screen, ...] = ()

    @property
    def refused(self) -> str:
        """What was typed last and could not be taken: it stands in the field again, to be mended. Else empty."""
        answered = [line.text for line in self.screen.lines if line.kind is Kind.ERROR]
        if not any(isinstance(text, Message) and text.key.startswith("reading.") for text in answered):
            return ""
        who, last = self.said[-1] if self.said else ("", self.screen)
        return str(last.lines[0].text) if who == "person" and last.name == TYPED else ""


@dataclass(frozen=True, slots=True)
class Taken:
    """What a browser's turn came to, and whose rights it has now: the person and their role among the organizers."""

    outcome: Outcome
    rights: tuple[int, str | None] | None


async def take(app: App, who: Visitor, update: str, event: Event, place: str = "") -> Taken:
    """Take what a browser posted, and keep what both sides said.

    `place` is the stamp of the page that a text was typed on: on an old page (another tab, the browser's Back) it would
    answer a question that its writer didn't see. The turn itself looks, so that of two pages that post at the same
    moment one is the first.
    """
    if who.known is None and place:
        await _greet(app, who)  # they answer the greeting, of which nothing was kept until now
    pressed = isinstance(event, Chose)  # whatever else they do says what it is itself
    before = await app.database.read(lambda session: _newest(session, who.address)) if pressed else None
    rights: tuple[int, str | None] | None = None

    def remember(session: Session, outcome: Outcome) -> None:
        nonlocal rights
        rights = None
        if farewell(outcome) is None:
            _remember(session, app, event, before, outcome)
            rights = (outcome.person, None) if who.only is not None else sessions.rights(session, outcome.person)
        processed_updates.shown(session, CHANNEL, update, person=outcome.person)

    turns = app.turns.bound(who.only)
    outcome = await turns.take(CHANNEL, who.address, update, event, language=who.language, under=place, also=remember)
    return Taken(outcome, rights)


def _remember(session: Session, app: App, event: Event, before: Screen | None, outcome: Outcome) -> None:
    """Keep what both sides said, for the page."""
    mine = None if outcome.again else _spoken(event, before, outcome)
    if mine is not None:
        said = Screen(TYPED if isinstance(event, Said) else "person", (Line(Kind.QUOTE, mine),))
        transcripts.append(session, outcome.person, "person", screen_codec.dump((said,)), app.turns.now())
    _keep(session, outcome, app)


async def _greet(app: App, who: Visitor) -> None:
    """Keep the greeting that a stranger saw, as if it had been kept when they saw it."""
    outcome = await app.turns.current(CHANNEL, who.address, language=who.language)
    await app.database.write(lambda session: _keep(session, outcome, app))


async def greeting(app: App, who: Visitor) -> Page:
    """The page of a stranger, who may be a program that looks at every page there is: nothing is kept of them."""
    outcome = await app.turns.greet(who.language)
    return Page(outcome.language, who.zone, outcome.access, (), outcome.screens[-1])


async def open_screen(app: App, who: Visitor) -> Screen | None:
    """The screen that is open for them; None: a stranger's, or one that the page has not shown yet."""
    if who.only is not None:
        return (await _bound(app, who)).screen
    return await app.database.read(lambda session: page.screen if (page := _page(session, who)) else None)


def farewell(outcome: Outcome) -> Page | None:
    """The last page of somebody who had everything erased: of them nothing is kept, the page neither."""
    last = outcome.screens[-1] if outcome.screens else None
    if last is None or last.name != FORGOTTEN:
        return None
    return Page(outcome.language, outcome.zone, outcome.access, (), last)


def _keep(session: Session, outcome: Outcome, app: App) -> None:
    for screen in outcome.screens:
        payload = screen_codec.dump((screen,))
        if screen.in_place:
            transcripts.replace_last(session, outcome.person, "bot", payload, app.turns.now())
        else:
            transcripts.append(session, outcome.person, "bot", payload, app.turns.now())


def _spoken(event: Event, before: Screen | None, outcome: Outcome) -> Value | None:
    """What the person did, as a line of the conversation; None for toggles, which change the screen itself."""
    if isinstance(event, Said):
        return event.text
    if isinstance(event, Commanded):
        return Code(f"/{event.name} {event.argument}".strip())
    if isinstance(event, Sent):
        return event.file.name
    if isinstance(event, Chose):
        if any(screen.in_place for screen in outcome.screens):
            return None
        chosen = outcome.screens[-1].chosen_label if outcome.screens else None
        choice = before.choice(event.code) if before is not None and before.stamp == event.stamp else None
        return chosen or (choice.label if choice is not None else None)
    return None


def _newest(session: Session, address: str) -> Screen | None:
    """The screen that the page shows now."""
    person = people.person_at(session, CHANNEL, address)
    lines = transcripts.last(session, person, 3) if person is not None else []
    screens = [screen for line in lines if line.who == "bot" for screen in _read(line)]
    return screens[-1] if screens else None


def _read(line: TranscriptRow, *, lines_only: bool = False) -> tuple[Screen, ...]:
    """What a line of the conversation says; nothing, when another version of the program wrote it unreadably for us."""
    try:
        return screen_codec.load(line.payload, lines_only=lines_only)
    except screen_codec.ScreensError:
        return ()


async def current(app: App, who: Visitor) -> Page:
    """The page as it stands. When the conversation went on elsewhere, its open screen is shown here too."""
    if who.only is not None:
        return await _bound(app, who)
    news, found = await app.database.read(
        lambda session: (notices.there_is(session, _person(session, who)), _page(session, who))
    )
    if news:
        await app.database.write(lambda session: notices.bring(session, _person(session, who), app))
        found = await app.database.read(lambda session: _page(session, who))
    if found is not None:
        return found
    outcome = await app.turns.current(CHANNEL, who.address, language=who.language)
    await app.database.write(lambda session: _keep(session, outcome, app))
    shown = await app.database.read(lambda session: _page(session, who))
    if shown is None:
        return Page(outcome.language, outcome.zone or who.zone, outcome.access, (), outcome.screens[-1])
    return shown


async def _bound(app: App, who: Visitor) -> Page:
    """The page of a browser that a letter opened: its draft's open screen. What was said before is not for it."""
    assert who.known is not None  # it is what bears the draft
    outcome = await app.turns.bound(who.only).open_screen(who.known.person)
    return Page(outcome.language, outcome.zone or who.zone, outcome.access, (), outcome.screens[-1])


def answered(who: Visitor, outcome: Outcome) -> Page:
    """The page that answers what such a browser posted: nothing that was said before is looked up for it."""
    return Page(outcome.language, outcome.zone or who.zone, outcome.access, (), outcome.screens[-1])


def _person(session: Session, who: Visitor) -> int:
    """Who is at this browser; 0: nobody we have met."""
    return people.person_at(session, CHANNEL, who.address) or 0


def _page(session: Session, who: Visitor) -> Page | None:
    """The page as the store knows it; None when its open screen is missing or out of date."""
    person = people.person_at(session, CHANNEL, who.address)
    row = session.get(PersonRow, person) if person is not None else None
    if row is None or row.id is None:
        return None
    lines = transcripts.last(session, row.id, SHOWN)
    while lines and lines[-1].who != "bot":
        lines.pop()
    shown = _read(lines[-1])[-1:] if lines else ()
    if not shown or shown[0].stamp != str(conversations.stamp(row)):
        return None
    said = [(line, screen) for line in lines[:-1] for screen in _read(line, lines_only=True)]
    news: tuple[Screen, ...] = ()
    while said and notices.is_news(said[-1][1]):
        news = (*_read(said.pop()[0]), *news)
    before = tuple((line.who, screen) for line, screen in said)
    return Page(row.language, row.zone or who.zone, row.access, before, shown[0], news)
