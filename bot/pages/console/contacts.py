"""Contacts: who can be reached, one found and corrected, lists that were taken in and can be taken back."""

from __future__ import annotations

from collections.abc import Mapping

from aiohttp import web

from bot.app import App
from bot.channels.web.forms import plain_form
from bot.pages.console.access import Organizer, signed_in
from bot.pages.console.deeds import ask
from bot.pages.console.pages import console_page
from dialogs.domain.messages import M, Message
from dialogs.domain.organizers.contact_deeds import (
    ChangeContact,
    ContactTrouble,
    FindContacts,
    ImportUndone,
    ListImports,
    LookAtContact,
    MergeContacts,
    RegroupContact,
    RemoveContact,
    UndoImport,
)
from dialogs.domain.organizers.contacts import ContactCard, ReadReach, total
from dialogs.domain.roles import Right
from dialogs.organizers.contacts.contact_card import LABELS, TROUBLES, field_value, groups_named, read_field
from dialogs.organizers.contacts.contact_search import LONGEST
from dialogs.organizers.contacts.contact_search import who as named
from dialogs.organizers.contacts.contacts import numbers

__all__ = ["ROUTES"]

FOUND = 50
GROUPS = 200
"""Groups in the table; the command shows them all."""
ID = "{id:[0-9]{1,9}}"


async def show_all(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.CONTACTS)
    return await _all(app, who, " ".join(request.query.get("q", "").split())[:LONGEST])


async def _all(app: App, who: Organizer, wanted: str = "", word: tuple[Message, bool] | None = None) -> web.Response:
    """Who can be reached, what was looked for, and the lists. `word`: what was done, and whether it was refused."""
    reach, past = await ask(app, who, ReadReach()), await ask(app, who, ListImports())
    found = await ask(app, who, FindContacts(wanted, FOUND + 1)) if wanted else ()
    return console_page(
        *("contacts.html", app, who, "/contacts"),
        numbers=list(numbers(total(reach.groups))),
        groups=reach.groups[:GROUPS],
        wanted=wanted,
        found=[(card.id, named(card)) for card in found[:FOUND]],
        more=len(found) > FOUND,
        past=past,
        word=word,
    )


async def undo(request: web.Request) -> web.StreamResponse:
    """Take a list back."""
    app, who = await signed_in(request, Right.CONTACTS)
    form = await plain_form(request)
    if form.get("do") != "undo" or "sure" not in form:
        raise web.HTTPBadRequest
    result = await ask(app, who, UndoImport(form.get("import", "")[:80]))
    if isinstance(result, ImportUndone):
        told = M("contacts.undo_done", removed=result.removed, restored=result.restored, kept=result.kept)
        return await _all(app, who, word=(told, False))
    return await _all(app, who, word=(TROUBLES[result], True))


async def show_one(request: web.Request) -> web.Response:
    app, who = await signed_in(request, Right.CONTACTS)
    return await _one(app, who, int(request.match_info["id"]), changed="changed" in request.query)


async def _one(
    app: App, who: Organizer, id: int, why: Message | None = None, name: str = "", *, changed: bool = False
) -> web.Response:
    """A contact. `why`: what is wrong with what was written as this `name`."""
    card = await ask(app, who, LookAtContact(id))
    if not isinstance(card, ContactCard):
        raise web.HTTPNotFound
    shown = [(field, label, field_value(card, field), _written(card, field)) for field, label in LABELS.items()]
    return console_page(
        *("contact.html", app, who, "/contacts"), card=card, shown=shown, why=why, name=name, changed=changed
    )


def _written(card: ContactCard, field: str) -> str:
    value = getattr(card, field)
    return ", ".join(value) if field == "groups" else str(value)


async def act(request: web.Request) -> web.StreamResponse:
    """Correct a contact, merge it with another, remove it."""
    app, who = await signed_in(request, Right.CONTACTS)
    form, id = await plain_form(request), int(request.match_info["id"])
    wanted = _wanted(app, form, id)
    if isinstance(wanted, Message):
        return await _one(app, who, id, wanted, form.get("field", ""))
    result = await ask(app, who, wanted)
    if isinstance(result, ContactTrouble):
        return await _one(app, who, id, TROUBLES[result], form.get("field", ""))
    raise web.HTTPSeeOther(
        "/organize/contacts" if isinstance(wanted, RemoveContact) else f"/organize/contacts/{id}?changed=1"
    )


Deed = ChangeContact | RegroupContact | MergeContacts | RemoveContact


def _wanted(app: App, form: Mapping[str, str], id: int) -> Deed | Message:
    """What a form asks for, or why what was written cannot be read; HTTPBadRequest: it is no form of ours."""
    what, field, text = form.get("do", ""), form.get("field", ""), form.get("text", "").strip()
    if what == "remove" and "sure" in form:
        return RemoveContact(id)
    if what == "merge" and "sure" in form:
        other = text.lstrip("#")
        is_number = other.isascii() and other.isdigit() and len(other) < 10
        return MergeContacts(id, int(other)) if is_number else M("contacts.merge_ask")
    if what == "change" and field == "groups":
        return RegroupContact(id, groups_named(text))
    if what == "change" and field in LABELS and not text:
        return ChangeContact(id, field, "")
    if what == "change" and field in LABELS:
        value, why = read_field(app.turns.machine.world.vocabulary, field, text)
        return why if why is not None else ChangeContact(id, field, value)
    raise web.HTTPBadRequest


ROUTES = (
    web.get("/organize/contacts", show_all),
    web.post("/organize/contacts", undo),
    web.get(f"/organize/contacts/{ID}", show_one),
    web.post(f"/organize/contacts/{ID}", act),
)
