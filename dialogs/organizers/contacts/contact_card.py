"""One contact: what is kept of them; each field corrected, their groups, merged with another, removed."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict
from typing import Any

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Country, LanguageName, Listing, M, Message, Value
from dialogs.domain.organizers.contact_deeds import (
    ChangeContact,
    ContactRemoved,
    ContactTrouble,
    LookAtContact,
    MergeContacts,
    RegroupContact,
    RemoveContact,
)
from dialogs.domain.organizers.contacts import ContactCard, group_name
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.roles import Right
from dialogs.domain.values.plain_data import rebuild
from dialogs.organizers.contacts.contact_cells import Cells, Understood
from dialogs.organizers.contacts.contact_search import CARD, search, who
from dialogs.organizers.flow import OrganizerRoute, ways_out
from dialogs.questionnaire.options import option_label
from dialogs.questionnaire.source import loader
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext
from dialogs.text.normalize import western_digits
from dialogs.text.vocabulary import Vocabulary

__all__ = ["LABELS", "ROUTES", "TROUBLES", "field_value", "groups_named", "read_field"]

MOST_GROUPS = 20
"""Groups that one contact is put into by one message."""

LABELS = {
    "name": M("contacts.field.name"),
    "organisation": M("contacts.field.organisation"),
    "email": M("contacts.field.email"),
    "country": M("contacts.field.country"),
    "language": M("contacts.field.language"),
    "kind": M("contacts.field.kind"),
    "groups": M("contacts.field.groups"),
}

TROUBLES = {
    ContactTrouble.GONE: M("contacts.trouble.gone"),
    ContactTrouble.NOBODY: M("contacts.trouble.nobody"),
    ContactTrouble.TWICE: M("contacts.trouble.twice"),
    ContactTrouble.SAME: M("contacts.trouble.same"),
    ContactTrouble.TWO_PEOPLE: M("contacts.trouble.two_people"),
    ContactTrouble.UNDONE: M("contacts.trouble.undone"),
}


def _card(ctx: StepContext) -> ContactCard | None:
    kept = ctx.args.get("card")
    return rebuild(ContactCard, kept) if kept else None


def render(ctx: StepContext) -> Screen:
    card, asked = _card(ctx), str(ctx.args.get("asked", ""))
    if card is None:
        return Screen(CARD, (Line(Kind.TITLE, TROUBLES[ContactTrouble.GONE]),), ways_out())
    title = Line(Kind.TITLE, M("contacts.one", number=card.id))
    if asked in LABELS:
        return _asking(title, card, asked, ctx)
    if asked == "merge":
        lines = (title, Line(Kind.ITEM, who(card)), Line(Kind.TEXT, M("contacts.merge_ask")))
        return Screen(CARD, lines, ways_out(), expects=Expect.NUMBER)
    if asked == "merge!":
        lines = (title, Line(Kind.ITEM, who(card)), Line(Kind.TEXT, _merging(ctx)))
        yes = choices.danger(".merge!", M("choice.merge_contact_yes"))
        return Screen(CARD, lines, choices.row(yes) + ways_out())
    if asked == "remove":
        lines = (title, Line(Kind.ITEM, who(card)), Line(Kind.TEXT, M("contacts.remove_sure")))
        yes = choices.danger(".remove!", M("choice.remove_contact_yes"))
        return Screen(CARD, lines, choices.row(yes) + ways_out())
    ways = [Choice(f"change:{name}", M("choice.change", question=label)) for name, label in LABELS.items()]
    ways += [Choice(".merge", M("choice.merge_contact")), choices.danger(".remove", M("choice.remove_contact"))]
    return Screen(CARD, (title, *_shown(card)), choices.grid(ways, 2) + ways_out())


def _merging(ctx: StepContext) -> Message:
    id, *parts = ctx.args["other"]
    return M("contacts.merge_sure", other=id, who=who(parts))


def _shown(card: ContactCard) -> Iterator[Line]:
    for name, label in LABELS.items():
        yield Line(Kind.ITEM, M("organize.given", label=label, value=field_value(card, name)))
    yield Line(Kind.HINT, M("contacts.began") if card.started else M("contacts.not_begun"))


def field_value(card: ContactCard, name: str) -> Value:
    """What is kept of a contact under one of LABELS."""
    said = getattr(card, name)
    if not said:
        return M("answer.none")
    if name == "country":
        return Country(said)
    if name == "language":
        return LanguageName(said, own=False)
    if name == "kind":
        return option_label("org_type", said)
    return Listing(tuple(said)) if name == "groups" else str(said)


def _asking(title: Line, card: ContactCard, name: str, ctx: StepContext) -> Screen:
    """What is there, and what it should be; where there are a few to choose from, they are offered."""
    how = M("contacts.groups_ask") if name == "groups" else M("contacts.change_ask", label=LABELS[name])
    lines = (title, Line(Kind.ITEM, M("organize.given", label=LABELS[name], value=field_value(card, name))))
    offered: list[Choice] = []
    if name == "language":
        offered = [Choice(f"is:{code}", LanguageName(code, own=False)) for code in ctx.world.vocabulary.languages]
    elif name == "kind":
        offered = [Choice(f"is:{code}", option_label("org_type", code)) for code in _kinds()]
    empty = choices.row(choices.quiet(".empty", M("choice.empty_field"))) if getattr(card, name) else ()
    rows = choices.grid(offered, 2) + empty + ways_out()
    return Screen(CARD, (*lines, Line(Kind.TEXT, how)), rows, expects=Expect.TEXT, placeholder=M("placeholder.type"))


def _kinds() -> tuple[str, ...]:
    return tuple(loader.codes_of(QuestionRole.ORGANIZATION_KIND))


def handle(ctx: StepContext, event: Event) -> None:
    card, asked = _card(ctx), str(ctx.args.get("asked", ""))
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif card is None:
        search(ctx, str(ctx.args.get("wanted", "")))
    elif isinstance(event, Chose):
        _chosen(ctx, card, event.code, asked)
    elif isinstance(event, Said) and asked in LABELS:
        _said(ctx, card, asked, event.text)
    elif isinstance(event, Said) and asked == "merge":
        _merge(ctx, card, event.text)
    else:
        ctx.note(M("not_understood.review"))


def _chosen(ctx: StepContext, card: ContactCard, code: str, asked: str) -> None:
    what, _, which = code.partition(":")
    if what == "change" and which in LABELS:
        ctx.update(asked=which)
    elif what == "is" and asked in ("language", "kind"):
        _said(ctx, card, asked, which)
    elif code == ".empty" and asked in LABELS:
        _keep(ctx, card, asked, "")
    elif code in (".merge", ".remove"):
        ctx.update(asked=code[1:])
    elif code == ".merge!" and asked == "merge!":
        ctx.ask(MergeContacts(card.id, int(ctx.args["other"][0])))
    elif code == ".remove!":
        ctx.ask(RemoveContact(card.id))
    elif asked:
        ctx.update(asked="")
    else:
        search(ctx, str(ctx.args.get("wanted", "")))


def _said(ctx: StepContext, card: ContactCard, name: str, text: str) -> None:
    """A value as a list would say it; what cannot be read changes nothing."""
    if name == "groups":
        _keep(ctx, card, name, text)
        return
    value, why = read_field(ctx.world.vocabulary, name, text)
    if why is not None:
        ctx.error(why)
    else:
        _keep(ctx, card, name, value)


def read_field(vocabulary: Vocabulary, name: str, text: str) -> Understood:
    """A field as a list would say it: the value to keep, or why it cannot be read."""
    plain = " ".join(text.split())
    cells = Cells(vocabulary, _kinds())
    read: Mapping[str, Callable[[str], Understood]] = {
        "email": cells.email,
        "country": cells.country,
        "language": cells.language,
        "kind": cells.kind,
    }
    return read[name](plain) if name in read else cells.short(name, plain)


def _keep(ctx: StepContext, card: ContactCard, name: str, value: str) -> None:
    if name == "groups":
        ctx.ask(RegroupContact(card.id, groups_named(value)))
    else:
        ctx.ask(ChangeContact(card.id, name, value))


def groups_named(text: str) -> tuple[str, ...]:
    """The groups that a text names, with commas between them."""
    named = dict.fromkeys(filter(None, map(group_name, text.replace("،", ",").replace("、", ",").split(","))))
    return tuple(named)[:MOST_GROUPS]


def _merge(ctx: StepContext, card: ContactCard, text: str) -> None:
    number = western_digits(text).strip().lstrip("#")
    if number.isdecimal() and len(number) < 10:
        ctx.ask(LookAtContact(int(number)))
    else:
        ctx.error(M("contacts.merge_ask"))


def _came(ctx: StepContext, result: Any) -> None:
    """The contact as it is now, with a word about what was done; or why it was not."""
    wanted, asked = ctx.args.get("wanted", ""), str(ctx.args.get("asked", ""))
    if isinstance(result, ContactCard) and asked == "merge":
        _other(ctx, result)
    elif isinstance(result, ContactCard):
        done: Message | None = M("contacts.merged") if asked == "merge!" else M("contacts.changed") if asked else None
        if done is not None:
            ctx.note(done)
        ctx.goto(CARD, wanted=wanted, card=asdict(result))
    elif isinstance(result, ContactRemoved):
        ctx.note(M("contacts.removed", number=result.id))
        search(ctx, str(wanted))
    elif isinstance(result, ContactTrouble):
        ctx.error(TROUBLES[result])


def _other(ctx: StepContext, other: ContactCard) -> None:
    """The contact that is to be merged into this one, shown before it is."""
    card = _card(ctx)
    if card is not None and card.id == other.id:
        ctx.error(TROUBLES[ContactTrouble.SAME])
    else:
        ctx.update(asked="merge!", other=[other.id, other.name, other.organisation, other.email])


ROUTES = {CARD: OrganizerRoute(Right.CONTACTS, render, handle)}
