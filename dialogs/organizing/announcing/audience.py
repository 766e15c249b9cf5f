"""To whom an announcement goes: cut down by language, region, country, kind of organisation and what people did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from dialogs import choices
from dialogs.answers.matching import find
from dialogs.answers.names import names_of
from dialogs.answers.option import Option
from dialogs.events import Chose, Event, Said
from dialogs.knowledge.countries import MEMBERS
from dialogs.messages import Country, M, Message
from dialogs.organizing.announcing.aiming import (
    DIMENSIONS,
    WHO,
    codes_of,
    described,
    label_of,
    who_of,
    with_codes,
    with_who,
)
from dialogs.organizing.announcing.channels import CHANNEL
from dialogs.organizing.announcing.sheets import HUB, answered, kept, look_again, sheet_of
from dialogs.organizing.announcing.summary import reading, size_and_time
from dialogs.organizing.frame import OrganizersPlace
from dialogs.organizing.requests.announcements import Aim
from dialogs.organizing.roles import Right
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["AUDIENCE", "PLACES"]

AUDIENCE = f"{HUB}_audience"
PICK = f"{HUB}_pick"
WHO_PLACE = f"{HUB}_who"

CUTS: Mapping[str, Message] = {
    "languages": M("choice.by_language"),
    "regions": M("choice.by_region"),
    "countries": M("choice.by_country"),
    "kinds": M("choice.by_kind"),
}


def show(talk: Talk) -> Screen:
    """The audience as it stands, its size, and what it can be cut by; `out`: what can be left out."""
    sheet, out = sheet_of(talk), bool(talk.args.get("out"))
    lines = (
        Line(Kind.TITLE, M("audience.leave_out") if out else M("audience.title")),
        *(Line(Kind.ITEM, line) for line in described(sheet.audience)),
        *size_and_time(sheet),
        *(() if out else reading(sheet, talk.world.vocabulary.languages)),
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


def hear(talk: Talk, event: Event) -> None:
    if answered(talk, event, AUDIENCE, **({"out": True} if talk.args.get("out") else {})):
        return
    code = event.code if isinstance(event, Chose) else ""
    sheet = sheet_of(talk)
    if code in DIMENSIONS:
        out = bool(talk.args.get("out"))
        talk.go(PICK, sheet=kept(sheet), dimension=code, out=out, chosen=codes_of(sheet.audience, code, out))
    elif code in (".out", ".in"):
        talk.stay(out=code == ".out" or None)
    elif code == "who":
        talk.go(WHO_PLACE, sheet=kept(sheet))
    elif code == "channel":
        talk.go(CHANNEL, sheet=kept(sheet))
    elif code in (".done", ".back"):
        look_again(talk)
        talk.go(HUB, sheet=kept(sheet))
    else:
        _toggled(talk, code)


def _toggled(talk: Talk, code: str) -> None:
    sheet, call = sheet_of(talk), talk.conversation.call
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
        talk.note(M("not_understood.review"))
    else:
        talk.ask(Aim(sheet.id, audience))


def show_pick(talk: Talk) -> Screen:
    """The codes of one dimension, to be toggled; countries are typed."""
    dimension, out, chosen = str(talk.args["dimension"]), bool(talk.args["out"]), list(talk.args["chosen"])
    offered = talk.world.vocabulary.languages if dimension == "languages" else DIMENSIONS[dimension]
    codes = chosen if dimension == "countries" else offered
    ways = [Choice(code, label_of(dimension, code), chosen=code in chosen, number=n) for n, code in enumerate(codes, 1)]
    lines = [Line(Kind.TITLE, M("audience.leave_out") if out else M("audience.title"))]
    lines.append(Line(Kind.HINT, M("audience.type_countries" if dimension == "countries" else "audience.pick")))
    last = choices.row(choices.primary(".done", M("choice.done")), choices.back())
    return Screen(PICK, tuple(lines), choices.grid(ways, 2) + last)


def hear_pick(talk: Talk, event: Event) -> None:
    dimension, out, chosen = str(talk.args["dimension"]), bool(talk.args["out"]), list(talk.args["chosen"])
    sheet = sheet_of(talk)
    if answered(talk, event, AUDIENCE, **({"out": True} if out else {})):
        return
    if isinstance(event, Chose) and event.code == ".done":
        talk.ask(Aim(sheet.id, with_codes(sheet.audience, dimension, out, chosen)))
    elif isinstance(event, Chose) and event.code.startswith("."):
        talk.go(AUDIENCE, sheet=kept(sheet), **({"out": True} if out else {}))
    elif isinstance(event, Chose):
        talk.in_place = True
        others = [code for code in chosen if code != event.code]
        talk.stay(chosen=others if event.code in chosen else [*chosen, event.code])
    elif isinstance(event, Said) and dimension == "countries":
        _typed_countries(talk, event.text, chosen)
    else:
        talk.note(M("not_understood.review"))


def _typed_countries(talk: Talk, text: str, chosen: list[str]) -> None:
    names = names_of(tuple(Option(code, Country(code)) for code in MEMBERS), talk.world.vocabulary)
    found = find(text, names, positions=False)
    if found.unknown or found.candidates or not found.certain:
        talk.error(M("reading.country.unknown", text=" ".join((found.unknown or [text])[0].split())[:60]))
    talk.stay(chosen=list(dict.fromkeys([*chosen, *found.certain])))


def show_who(talk: Talk) -> Screen:
    now = who_of(sheet_of(talk).audience)
    ways = [Choice(who, label, chosen=who == now, number=n) for n, (who, label) in enumerate(WHO.items(), 1)]
    lines = (Line(Kind.TITLE, M("audience.title")),)
    return Screen(WHO_PLACE, lines, choices.column(ways) + choices.row(choices.back()))


def hear_who(talk: Talk, event: Event) -> None:
    sheet, call = sheet_of(talk), talk.conversation.call
    if answered(talk, event, AUDIENCE):
        return
    if isinstance(event, Chose) and event.code in WHO:
        talk.ask(Aim(sheet.id, with_who(sheet.audience, event.code, call.code if call else None)))
    elif isinstance(event, Chose):
        talk.go(AUDIENCE, sheet=kept(sheet))
    else:
        talk.note(M("not_understood.review"))


PLACES = {
    AUDIENCE: OrganizersPlace(Right.ANNOUNCE, show, hear),
    PICK: OrganizersPlace(Right.ANNOUNCE, show_pick, hear_pick),
    WHO_PLACE: OrganizersPlace(Right.ANNOUNCE, show_who, hear_who),
}
