"""An audience (`storage.announcements.audiences.Audience`) in words, and as sets of codes, as organizers see it."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.prize import ORDER
from dialogs.domain.messages import Code, Country, LanguageName, Listing, M, Message, Value
from dialogs.domain.question_roles import QuestionRole
from dialogs.knowledge import action_lines, countries, goals, prizes
from dialogs.questionnaire.source import loader

__all__ = [
    "DIMENSIONS",
    "OF_ENTRIES",
    "TYPED",
    "WHO",
    "codes_of",
    "described",
    "label_of",
    "who_of",
    "with_codes",
    "with_who",
]

DIMENSIONS: Mapping[str, tuple[str, ...]] = {
    "languages": (),
    "regions": countries.REGIONS,
    "countries": countries.MEMBERS,
    "kinds": loader.codes_of(QuestionRole.ORGANIZATION_KIND),
    "lines": action_lines.LINES,
    "goals": tuple(map(str, goals.GOALS)),
    "prizes": tuple(map(str, sorted(prizes.CATEGORIES.values()))),
    "states": (
        *(EntryState.RECEIVED, EntryState.IN_REVIEW, EntryState.CHANGES_ASKED),
        *(EntryState.PUBLISHED, EntryState.DECLINED),
    ),
    "standings": tuple(step.value for step in ORDER[1:]),
    "entries": (),
    "groups": (),
    "contacts": (),
}
"""What an audience can be cut by, and the codes of each; languages are those that the bot speaks. Of the states, those
that authors are told: by choosing a decision that was not announced its readers would learn it. For the same reason
`standings` are the steps of the Prizes that were announced.
"""

TYPED = ("countries", "entries", "groups", "contacts")
"""Dimensions whose codes are typed: there are too many of them for buttons."""

OF_ENTRIES = ("lines", "goals", "prizes", "states", "standings")
"""What is true of an entry that was sent to a call."""

OWN_FIELD = ("languages", "kinds", *OF_ENTRIES, "entries", "groups", "contacts")
"""Dimensions that are kept under their own name; regions and countries are kept as countries."""

WHO: Mapping[str, Message] = {
    "everyone": M("audience.everyone"),
    "unfinished": M("audience.unfinished"),
    "returning": M("audience.returning"),
    "started": M("audience.started"),
    "submitted": M("audience.submitted"),
    "nominated": M("audience.nominated"),
}
"""Whom it may be cut down to by what they did. The names are fields of the audience, but for everyone."""


def label_of(dimension: str, code: str) -> Value:
    """How a code is named."""
    if dimension == "languages":
        return LanguageName(code)
    if dimension == "regions":
        return Message(f"region.{code}")
    if dimension == "countries":
        return Country(code)
    if dimension in CODED:
        number, label = CODED[dimension](code)
        return M("choice.coded", code=Code(number), label=label)
    if dimension == "states":
        return Message(f"entry_state.{code}")
    if dimension == "standings":
        return Message(f"prize_step.{code}")
    if dimension == "groups":
        return str(code)
    if dimension == "contacts":
        return Code(f"#{code}")
    return Code(code) if dimension == "entries" else Message(f"option.org_type.{code}")


LINE_OF: Mapping[str, str] = {str(number): line for line, number in prizes.CATEGORIES.items()}
"""The line of each category of the Prizes."""

CODED: Mapping[str, Callable[[str], tuple[str, Message]]] = {
    "lines": lambda code: (action_lines.number_of(code), Message(f"action_line.{code}.short")),
    "goals": lambda code: (code, Message(f"goal.{code}")),
    "prizes": lambda code: (code, Message(f"action_line.{LINE_OF[code]}.short")),
}
"""What is known by its number: that, and its name."""


def codes_of(audience: Mapping[str, Any], dimension: str, out: bool) -> list[str]:
    """The codes chosen in a dimension; `out`: those left out. A region is chosen when all its countries are."""
    if dimension in OWN_FIELD:
        return [str(code) for code in audience.get(_field(dimension, out), ())]
    chosen = audience[_field("countries", out)]
    whole = [region for region in countries.REGIONS if set(countries.members_of(region)) <= set(chosen)]
    if dimension == "regions":
        return whole
    covered = {code for region in whole for code in countries.members_of(region)}
    return [code for code in chosen if code not in covered]


def with_codes(audience: Mapping[str, Any], dimension: str, out: bool, codes: Iterable[str]) -> dict[str, Any]:
    """The audience with these codes chosen in a dimension."""
    codes = list(codes)
    if dimension in OWN_FIELD:
        kept = [int(code) for code in codes] if dimension == "contacts" else codes
        return {**audience, _field(dimension, out): kept}
    other = codes_of(audience, "countries" if dimension == "regions" else "regions", out)
    regions, single = (codes, other) if dimension == "regions" else (other, codes)
    members = [code for region in regions for code in countries.members_of(region)]
    return {**audience, _field("countries", out): list(dict.fromkeys([*members, *single]))}


def _field(dimension: str, out: bool) -> str:
    return f"not_{dimension}" if out else dimension


def who_of(audience: Mapping[str, Any]) -> str:
    """Whom it is cut down to by what they did."""
    return next((who for who in WHO if audience.get(who)), "everyone")


def with_who(audience: Mapping[str, Any], who: str, call: str | None) -> dict[str, Any]:
    """The audience cut down to those who did this in a call."""
    return {**audience, **{each: each == who for each in WHO if each != "everyone"}, "call": call}


def described(audience: Mapping[str, Any]) -> Iterator[Message]:
    """A line for each thing that is set."""
    yield WHO[who_of(audience)]
    for out, sentences in ((False, IN), (True, OUT)):
        for dimensions, sentence in sentences:
            chosen = [_within(label_of(each, code)) for each in dimensions for code in codes_of(audience, each, out)]
            if chosen:
                yield sentence(Listing(tuple(chosen), "or"))
    if audience.get("call") and any(codes_of(audience, each, out) for each in OF_ENTRIES for out in (False, True)):
        yield M("audience.of_call", call=Code(audience["call"]))
    if audience.get("not_submitted"):
        yield M("audience.not_submitted")
    if audience.get("not_notices"):
        numbers = tuple(audience["not_notices"])
        yield M("audience.not_notices", numbers=Listing(numbers, "or"))
    if audience.get("channel"):
        yield M("audience.channel", channel=Code(audience["channel"]))


def _within(label: Value) -> Value:
    """A label within a sentence: languages as their reader calls them."""
    return LanguageName(label.code, own=False) if isinstance(label, LanguageName) else label


ROUTES = ("regions", "countries")
Sentence = Callable[[Value], Message]

IN: tuple[tuple[tuple[str, ...], Sentence], ...] = (
    (("languages",), lambda chosen: M("audience.languages", chosen=chosen)),
    (ROUTES, lambda chosen: M("audience.countries", chosen=chosen)),
    (("kinds",), lambda chosen: M("audience.kinds", chosen=chosen)),
    (("lines",), lambda chosen: M("audience.lines", chosen=chosen)),
    (("goals",), lambda chosen: M("audience.goals", chosen=chosen)),
    (("prizes",), lambda chosen: M("audience.prizes", chosen=chosen)),
    (("states",), lambda chosen: M("audience.states", chosen=chosen)),
    (("standings",), lambda chosen: M("audience.standings", chosen=chosen)),
    (("entries",), lambda chosen: M("audience.entries", chosen=chosen)),
    (("groups",), lambda chosen: M("audience.groups", chosen=chosen)),
    (("contacts",), lambda chosen: M("audience.contacts", chosen=chosen)),
)
OUT: tuple[tuple[tuple[str, ...], Sentence], ...] = (
    (("languages",), lambda chosen: M("audience.not_languages", chosen=chosen)),
    (ROUTES, lambda chosen: M("audience.not_countries", chosen=chosen)),
    (("kinds",), lambda chosen: M("audience.not_kinds", chosen=chosen)),
    (("lines",), lambda chosen: M("audience.not_lines", chosen=chosen)),
    (("goals",), lambda chosen: M("audience.not_goals", chosen=chosen)),
    (("prizes",), lambda chosen: M("audience.not_prizes", chosen=chosen)),
    (("states",), lambda chosen: M("audience.not_states", chosen=chosen)),
    (("standings",), lambda chosen: M("audience.not_standings", chosen=chosen)),
    (("entries",), lambda chosen: M("audience.not_entries", chosen=chosen)),
    (("groups",), lambda chosen: M("audience.not_groups", chosen=chosen)),
    (("contacts",), lambda chosen: M("audience.not_contacts", chosen=chosen)),
)
