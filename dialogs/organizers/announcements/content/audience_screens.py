"""To whom an announcement goes: cut down by language, region, country, kind of organisation and what people did."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from typing import Any

from dialogs import choices
from dialogs.domain.events import Chose, Event, Said
from dialogs.domain.messages import Code, Country, M, Message
from dialogs.domain.organizers.announcements import SetAudience
from dialogs.domain.organizers.contacts import group_name
from dialogs.domain.roles import Right
from dialogs.knowledge.countries import MEMBERS
from dialogs.matching.matcher import find
from dialogs.matching.option import Option
from dialogs.matching.option_names import names_of
from dialogs.organizers.announcements.content.audience_labels import (
    DIMENSIONS,
    OF_ENTRIES,
    TYPED,
    WHO,
    codes_of,
    described,
    label_of,
    who_of,
    with_codes,
    with_who,
)
from dialogs.organizers.announcements.content.public_channel import CHANNEL
from dialogs.organizers.announcements.summary import reading, size_and_time
from dialogs.organizers.announcements.view import HUB, answered, kept, look_again, sheet_of
from dialogs.organizers.flow import OrganizerRoute
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext
from dialogs.text.normalize import western_digits

__all__ = ["AUDIENCE", "REFERENCE", "ROUTES"]

REFERENCE = re.compile(r"WSIS-\d{4}-\d{6}", re.IGNORECASE)

AUDIENCE = f"{HUB}_audience"
PICK = f"{HUB}_pick"
WHO_PLACE = f"{HUB}_who"

CUTS: Mapping[str, Message] = {
    "languages": M("choice.by_language"),
    "regions": M("choice.by_region"),
    "countries": M("choice.by_country"),
    "kinds": M("choice.by_kind"),
    "lines": M("choice.by_line"),
    "goals": M("choice.by_goal"),
    "prizes": M("choice.by_prize"),
    "states": M("choice.by_state"),
    "standings": M("choice.by_standing"),
    "entries": M("choice.by_entry"),
    "groups": M("choice.by_group"),
    "contacts": M("choice.by_contact"),
}


def render(ctx: StepContext) -> Screen:
    """The audience as it stands, its size, and what it can be cut by; `out`: what can be left out."""
    sheet, out = sheet_of(ctx), bool(ctx.args.get("out"))
    lines = (
        Line(Kind.TITLE, M("audience.leave_out") if out else M("audience.title")),
        *(Line(Kind.ITEM, line) for line in described(sheet.audience)),
        *size_and_time(sheet),
        *(() if out else reading(sheet, ctx.world.vocabulary.languages)),
    )
    cuts = [Choice(dimension, label) for dimension, label in CUTS.items()]
    cuts += _left_out(sheet.audience, sheet.earlier) if out else [Choice("who", M("choice.by_deeds"))]
    last = (
        choices.row(choices.quiet(".in", M("choice.back")))
        if out
        else choices.row(Choice(".out", M("choice.leave_out")), Choice("channel", M("choice.channel")))
        + choices.row(Choice(".everyone", M("choice.reset_audience")), choices.primary(".done", M("choice.done")))
    )
    return Screen(AUDIENCE, lines, choices.grid(cuts, 2) + last)


def _left_out(audience: Mapping[str, Any], earlier: Sequence[int]) -> list[Choice]:
    ways = [Choice("not_submitted", M("choice.not_submitted"), chosen=bool(audience["not_submitted"]))]
    return ways + [
        Choice(f"got:{each}", M("choice.not_those_of", number=each), chosen=each in audience["not_notices"])
        for each in earlier
    ]


def handle(ctx: StepContext, event: Event) -> None:
    if answered(ctx, event, AUDIENCE, **({"out": True} if ctx.args.get("out") else {})):
        return
    code = event.code if isinstance(event, Chose) else ""
    sheet = sheet_of(ctx)
    if code in DIMENSIONS:
        out = bool(ctx.args.get("out"))
        ctx.goto(PICK, sheet=kept(sheet), dimension=code, out=out, chosen=codes_of(sheet.audience, code, out))
    elif code in (".out", ".in"):
        ctx.update(out=code == ".out" or None)
    elif code == "who":
        ctx.goto(WHO_PLACE, sheet=kept(sheet))
    elif code == "channel":
        ctx.goto(CHANNEL, sheet=kept(sheet))
    elif code in (".done", ".back"):
        look_again(ctx)
        ctx.goto(HUB, sheet=kept(sheet))
    else:
        _toggled(ctx, code)


def _toggled(ctx: StepContext, code: str) -> None:
    sheet, call = sheet_of(ctx), ctx.conversation.call
    audience: dict[str, Any] | None = None
    if code == ".everyone":
        audience = {"channel": sheet.audience["channel"]}
    elif code == "not_submitted":
        turned = not sheet.audience["not_submitted"]
        audience = {**sheet.audience, "not_submitted": turned, "call": call.code if call else None}
    elif code.startswith("got:"):
        number, had = int(code.partition(":")[2]), list(sheet.audience["not_notices"])
        others = [each for each in had if each != number]
        audience = {**sheet.audience, "not_notices": others if number in had else [*had, number]}
    if audience is None:
        ctx.note(M("not_understood.review"))
    else:
        ctx.ask(SetAudience(sheet.id, audience))


HINTS: Mapping[str, Message] = {
    "countries": M("audience.type_countries"),
    "entries": M("audience.type_entries", example=Code("WSIS-2027-000012")),
    "groups": M("audience.type_group"),
    "contacts": M("audience.type_contacts", example=Code("#12")),
}


def render_pick(ctx: StepContext) -> Screen:
    """The codes of one dimension, to be toggled; countries are typed."""
    dimension, out, chosen = str(ctx.args["dimension"]), bool(ctx.args["out"]), list(ctx.args["chosen"])
    offered = ctx.world.vocabulary.languages if dimension == "languages" else DIMENSIONS[dimension]
    codes = chosen if dimension in TYPED else offered
    ways = [Choice(code, label_of(dimension, code), chosen=code in chosen, number=n) for n, code in enumerate(codes, 1)]
    lines = [Line(Kind.TITLE, M("audience.leave_out") if out else M("audience.title"))]
    lines.append(Line(Kind.HINT, HINTS.get(dimension, M("audience.pick"))))
    last = choices.row(choices.primary(".done", M("choice.done")), choices.back())
    return Screen(PICK, tuple(lines), choices.grid(ways, 2) + last)


def handle_pick(ctx: StepContext, event: Event) -> None:
    dimension, out, chosen = str(ctx.args["dimension"]), bool(ctx.args["out"]), list(ctx.args["chosen"])
    sheet = sheet_of(ctx)
    if answered(ctx, event, AUDIENCE, **({"out": True} if out else {})):
        return
    if isinstance(event, Chose) and event.code == ".done":
        ctx.ask(SetAudience(sheet.id, _of_call(ctx, dimension, with_codes(sheet.audience, dimension, out, chosen))))
    elif isinstance(event, Chose) and event.code.startswith("."):
        ctx.goto(AUDIENCE, sheet=kept(sheet), **({"out": True} if out else {}))
    elif isinstance(event, Chose):
        ctx.in_place = True
        others = [code for code in chosen if code != event.code]
        ctx.update(chosen=others if event.code in chosen else [*chosen, event.code])
    elif isinstance(event, Said) and dimension in TYPED:
        READ[dimension](ctx, event.text, chosen)
    else:
        ctx.note(M("not_understood.review"))


def _of_call(ctx: StepContext, dimension: str, audience: dict[str, Any]) -> dict[str, Any]:
    """What is true of entries is asked of those of the call that counts now, until another one is said."""
    call = ctx.conversation.call
    if dimension in OF_ENTRIES and not audience.get("call") and call is not None:
        return {**audience, "call": call.code}
    return audience


def _typed_entries(ctx: StepContext, text: str, chosen: list[str]) -> None:
    found = [reference.upper() for reference in REFERENCE.findall(western_digits(text))]
    if not found:
        ctx.error(M("audience.no_entry", text=" ".join(text.split())[:60]))
    ctx.update(chosen=list(dict.fromkeys([*chosen, *found])))


def _typed_countries(ctx: StepContext, text: str, chosen: list[str]) -> None:
    names = names_of(tuple(Option(code, Country(code)) for code in MEMBERS), ctx.world.vocabulary)
    found = find(text, names, positions=False)
    if found.unknown or found.candidates or not found.certain:
        ctx.error(M("reading.country.unknown", text=" ".join((found.unknown or [text])[0].split())[:60]))
    ctx.update(chosen=list(dict.fromkeys([*chosen, *found.certain])))


def _typed_group(ctx: StepContext, text: str, chosen: list[str]) -> None:
    """A group by its name; one that there is not has nobody in it, which the size says."""
    name = group_name(text)
    ctx.update(chosen=list(dict.fromkeys([*chosen, *([name] if name else [])])))


def _typed_contacts(ctx: StepContext, text: str, chosen: list[str]) -> None:
    numbers = [str(int(number)) for number in re.findall(r"\d{1,9}", western_digits(text))]
    if not numbers:
        ctx.error(M("audience.no_contact", text=" ".join(text.split())[:60]))
    ctx.update(chosen=list(dict.fromkeys([*chosen, *numbers])))


READ: Mapping[str, Callable[[StepContext, str, list[str]], None]] = {
    "countries": _typed_countries,
    "entries": _typed_entries,
    "groups": _typed_group,
    "contacts": _typed_contacts,
}
"""How what is typed is understood."""


def render_who(ctx: StepContext) -> Screen:
    now = who_of(sheet_of(ctx).audience)
    ways = [Choice(who, label, chosen=who == now, number=n) for n, (who, label) in enumerate(WHO.items(), 1)]
    lines = (Line(Kind.TITLE, M("audience.title")),)
    return Screen(WHO_PLACE, lines, choices.column(ways) + choices.row(choices.back()))


def handle_who(ctx: StepContext, event: Event) -> None:
    sheet, call = sheet_of(ctx), ctx.conversation.call
    if answered(ctx, event, AUDIENCE):
        return
    if isinstance(event, Chose) and event.code in WHO:
        ctx.ask(SetAudience(sheet.id, with_who(sheet.audience, event.code, call.code if call else None)))
    elif isinstance(event, Chose):
        ctx.goto(AUDIENCE, sheet=kept(sheet))
    else:
        ctx.note(M("not_understood.review"))


ROUTES = {
    AUDIENCE: OrganizerRoute(Right.ANNOUNCE, render, handle),
    PICK: OrganizerRoute(Right.ANNOUNCE, render_pick, handle_pick),
    WHO_PLACE: OrganizerRoute(Right.ANNOUNCE, render_who, handle_who),
}
