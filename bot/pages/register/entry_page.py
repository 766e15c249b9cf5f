"""The page of one entry: all that it says, in its own language, with its versions, related entries and citation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlmodel import Session

from bot.app import App
from bot.pages.register import citations, labels, render
from bot.pages.register.addresses import Addresses
from bot.pages.register.cache import Content
from dialogs.domain.entries.prize import Standing
from dialogs.domain.messages import Code, M, Message, Moment, Value
from dialogs.domain.values.dates import date_shown
from dialogs.questionnaire.register import goals_in, lines_in
from storage.prizes.standings import public_standings
from storage.search import public
from storage.search.public import Gone, PublicEntry, Version

__all__ = ["Gone", "Shown", "content", "find"]

HEADED = ("title", "org_name", "org_country", "lines", "sublines", "goals_suggested", "goals", "description")
"""Answers that stand at the head of the page."""
LEFT_OUT = (
    *("main_line", "main_goal", "activity_url", "org_url", "start_date", "end_date"),
    *("org_type_other", "activity_type_other"),
)
"""Answers that stand with others, or that the page says in another way."""

YEAR = 365
"""Days for which a confirmed entry counts as up to date; for twice as long, as getting old."""


@dataclass(frozen=True, slots=True)
class Shown:
    """A public entry and what its page shows besides."""

    entry: PublicEntry
    versions: tuple[Version, ...]
    related: tuple[PublicEntry, ...]
    prize: tuple[Standing, int] | None


@dataclass(frozen=True, slots=True)
class Detail:
    """An answer under its label, with the language that its words are in, if they are somebody's own."""

    label: Value
    value: Value
    language: str | None


async def find(app: App, reference: str) -> Shown | Gone | str | None:
    """The entry with this reference, or the reference that it leads to; None when the public never saw one."""

    def read(session: Session) -> Shown | Gone | str | None:
        into = public.led_to(session, reference)
        if into is not None:
            return into
        found = public.entry(session, reference)
        if not isinstance(found, PublicEntry):
            return found
        return Shown(found, public.versions(session, reference), public.related(session, found), _prize(session, found))

    return await app.database.read(read)


def _prize(session: Session, entry: PublicEntry) -> tuple[Standing, int] | None:
    """What was announced of it, and its category."""
    return public_standings(session, entry.call).get(entry.reference)


async def content(app: App, to: Addresses, shown: Shown | Gone) -> Content:
    """The page; for what is not shown any more one that says so."""
    if isinstance(shown, Gone):
        text = render.page(
            "gone.html",
            app,
            to,
            title=M("public.gone"),
            reference=Code(shown.reference),
            here=lambda language: to.within(language).entry(shown.reference),
        )
        return Content(text, status=410)
    entry, base = shown.entry, app.settings.public_url or ""
    light, freshness = _fresh(entry.received, app.turns.now())
    text = render.page(
        "entry.html",
        app,
        to,
        title=entry.title,
        entry=entry,
        lines=lines_in(entry.answers),
        goals=goals_in(entry.answers),
        details=[*_won(shown.prize), *_details(entry)],
        links=[entry.answers[key] for key in ("activity_url", "org_url") if entry.answers.get(key)],
        when=_when(entry),
        received=Moment(entry.received, date_only=True),
        light=light,
        freshness=freshness,
        versions=[_version(version) for version in shown.versions],
        related=shown.related,
        cited=citations.line(entry, app, to),
        forms=citations.FORMS,
        structured=_structured(entry, to, base),
        here=lambda language: to.within(language).entry(entry.reference),
    )
    return Content(text)


def _won(prize: tuple[Standing, int] | None) -> list[Detail]:
    if prize is None:
        return []
    standing, category = prize
    said = M(f"prize.{standing.value}", category=Message(f"prize_category.{category}"))
    return [Detail(M("prize.label"), said, None)]


def _details(entry: PublicEntry) -> list[Detail]:
    """The answers that the head of the page does not show."""
    asked, found = labels.questions(entry.edition), list[Detail]()
    for key, value in entry.answers.items():
        name, _, member = key.partition("@")
        question = asked.get(name)
        if question is None or name in HEADED or name in LEFT_OUT:
            continue
        label: Value = question.label
        if member:
            label = M("public.of_goal", label=question.label, goal=labels.label_of("goal", member))
        own = isinstance(value, str) and question.options is None
        found.append(Detail(label, labels.answer(question, value), entry.language_of(key) if own else None))
    return found


def _when(entry: PublicEntry) -> Message | None:
    start, end = entry.answers.get("start_date"), entry.answers.get("end_date")
    if start and end:
        return M("public.from_to", start=date_shown(str(start)), end=date_shown(str(end)))
    return M("public.since", start=date_shown(str(start))) if start else None


def _fresh(received: datetime, now: datetime) -> tuple[str, Message]:
    """How long ago somebody last said that this is so: a name for its look, and words for it."""
    days = (now - received).days
    if days <= YEAR:
        return "fresh", M("public.fresh")
    return ("ageing", M("public.ageing")) if days <= 2 * YEAR else ("old", M("public.old"))


def _version(version: Version) -> tuple[Message, tuple[Value, ...]]:
    asked = labels.questions()
    names = dict.fromkeys(key.partition("@")[0] for key in version.changed)
    when = Moment(version.received, date_only=True)
    return M("public.version", number=version.number, date=when), tuple(
        asked[name].label for name in names if name in asked
    )


def _structured(entry: PublicEntry, to: Addresses, base: str) -> dict[str, Any]:
    """The entry as schema.org describes a project: what search engines read."""
    found: dict[str, Any] = {
        "@context": "https://schema.org",
        "@type": "Project",
        "@id": f"{base}{to.entry(entry.reference)}",
        "identifier": entry.reference,
        "name": entry.title,
        "description": entry.answers.get("description"),
        "url": entry.answers.get("activity_url"),
        "parentOrganization": {
            "@type": "Organization",
            "name": entry.organisation,
            "url": entry.answers.get("org_url"),
        },
        "foundingDate": entry.answers.get("start_date"),
        "dissolutionDate": entry.answers.get("end_date"),
        "areaServed": [*(entry.answers.get("countries") or ())],
        "keywords": [*lines_in(entry.answers), *(f"SDG {goal}" for goal in goals_in(entry.answers))],
    }
    return {key: value for key, value in found.items() if value not in (None, [], "")}
