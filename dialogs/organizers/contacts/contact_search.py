"""Contacts by what stands in them: a few words, or a number, typed at `/contacts`."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import M
from dialogs.domain.organizers.contact_deeds import FOUND, FindContacts, LookAtContact
from dialogs.domain.organizers.contacts import ContactCard, ReadReach
from dialogs.domain.roles import Right
from dialogs.organizers.flow import OrganizerRoute, enter, ways_out
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["CARD", "CONTACTS", "LONGEST", "ROUTES", "SEARCH", "find", "open_contacts", "search", "who"]

CONTACTS = "organize_contacts"
SEARCH = "organize_contacts_found"
CARD = "organize_contact"

LONGEST = 100
"""Characters of a search that are looked for."""


def open_contacts(ctx: StepContext) -> None:
    """To who can be reached, as it is now."""
    enter(ctx, CONTACTS)
    ctx.ask(ReadReach())


def search(ctx: StepContext, text: str) -> None:
    """Look for contacts, and show them."""
    wanted = " ".join(text.split())[:LONGEST]
    ctx.goto(SEARCH, wanted=wanted)
    ctx.ask(FindContacts(wanted))


def find(ctx: StepContext, text: str) -> None:
    """To the contacts with these words, from anywhere."""
    enter(ctx, CONTACTS)
    search(ctx, text)


def who(card: ContactCard | Sequence[Any]) -> str:
    """What a contact is told by: name, organisation and address, as far as they are there."""
    parts = (card.name, card.organisation, card.email) if isinstance(card, ContactCard) else card
    return " · ".join(str(part) for part in parts if part)


def render(ctx: StepContext) -> Screen:
    cards = list(ctx.args.get("cards", ()))
    lines = [Line(Kind.TITLE, M("contacts.found_title", wanted=str(ctx.args.get("wanted", ""))))]
    ways = []
    for number, (id, *parts) in enumerate(cards[:FOUND], 1):
        lines.append(Line(Kind.ITEM, M("contacts.item", number=number, who=who(parts))))
        ways.append(Choice(f"contact:{id}", M("choice.contact_number", number=id), number=number))
    if not cards:
        lines.append(Line(Kind.TEXT, M("contacts.found_none")))
    if len(cards) > FOUND:
        lines.append(Line(Kind.HINT, M("contacts.found_more")))
    lines.append(Line(Kind.HINT, M("contacts.find_how")))
    rows = choices.grid(ways, 2) + ways_out()
    return Screen(SEARCH, tuple(lines), rows, expects=Expect.SEARCH, placeholder=M("placeholder.type"))


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(cards=[[card.id, card.name, card.organisation, card.email] for card in event.result])
    elif isinstance(event, Said):
        search(ctx, event.text)
    elif isinstance(event, Chose) and event.code.startswith("contact:"):
        ctx.goto(CARD, wanted=ctx.args.get("wanted", ""))
        ctx.ask(LookAtContact(int(event.code.partition(":")[2])))
    elif isinstance(event, Chose):
        open_contacts(ctx)
    else:
        ctx.note(M("not_understood.review"))


ROUTES = {SEARCH: OrganizerRoute(Right.CONTACTS, render, handle)}
