"""One's own data: see it, take it away, be forgotten."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs import choices
from dialogs.conversation import Draft
from dialogs.effects import Forget, GatherMyData
from dialogs.events import Chose, Event, Replied
from dialogs.messages import Code, M
from dialogs.screens import Kind, Line, Screen
from dialogs.showing import draft_name
from dialogs.talk import Talk

__all__ = [
    "ask_for_my_data",
    "hear_forgetting",
    "hear_forgotten",
    "hear_my_data",
    "show_forgetting",
    "show_forgotten",
    "show_my_data",
]


def ask_for_my_data(talk: Talk) -> None:
    """Gather everything kept about the person; it is shown at the place `my_data`."""
    talk.visit("my_data")
    talk.ask(GatherMyData())


def show_my_data(talk: Talk) -> Screen:
    """What is kept, in words and as JSON."""
    person, drafts = talk.conversation.person, _own_drafts(talk)
    lines = [
        Line(Kind.TITLE, M("mydata.title")),
        Line(Kind.TEXT, M("mydata.what", drafts=len(drafts), entries=len(talk.conversation.entries))),
        *_named(talk),
        Line(Kind.TEXT, M("mydata.consent") if person.consent else M("mydata.no_consent")),
        Line(Kind.HINT, M("mydata.who_reads")),
    ]
    if talk.args.get("json"):
        lines.append(Line(Kind.QUOTE, str(talk.args["json"])))
    forget = choices.quiet(".forget", M("choice.forget"))
    return Screen("my_data", tuple(lines), choices.row(forget, choices.back()))


def _own_drafts(talk: Talk) -> list[Draft]:
    """A section that we fill in for somebody else is theirs."""
    return [draft for draft in talk.conversation.drafts.values() if not draft.is_handed]


def _named(talk: Talk) -> Iterable[Line]:
    """What is kept, by name: drafts with how far each is, entries with their references."""
    for number, draft in enumerate(_own_drafts(talk), 1):
        journey = talk.journey_of(draft)
        total, done = len(journey.stops), len(journey.stops) - len(journey.open())
        yield Line(Kind.ITEM, M("drafts.item", number=number, name=draft_name(draft), done=done, total=total))
    for entry in talk.conversation.entries:
        yield Line(Kind.ITEM, M("choice.entry", reference=Code(entry.reference), title=entry.title))


def hear_my_data(talk: Talk, event: Event) -> None:
    if isinstance(event, Replied):
        talk.stay(json=str(event.result))
    elif isinstance(event, Chose) and event.code == ".forget":
        talk.go("forgetting")
    elif isinstance(event, Chose):
        talk.return_()
    else:
        talk.return_()
        talk.note(M("not_understood.review"))


def show_forgetting(talk: Talk) -> Screen:
    """Asked once before everything is erased; says what stays."""
    lines = [Line(Kind.TITLE, M("forget.ask")), Line(Kind.TEXT, M("forget.what"))]
    if talk.conversation.entries:
        lines.append(Line(Kind.TEXT, M("forget.published_stays")))
    rows = choices.row(choices.danger("forget", M("choice.forget_yes"))) + choices.row(
        choices.primary(".keep", M("choice.keep_it"))
    )
    return Screen("forgetting", tuple(lines), rows)


def hear_forgetting(talk: Talk, event: Event) -> None:
    if isinstance(event, Replied):
        talk.leave_no_trace("forgotten")
    elif isinstance(event, Chose) and event.code == "forget":
        talk.ask(Forget(talk.at))
    else:
        talk.note(M("forget.not_done"))
        talk.go("home")


def show_forgotten(talk: Talk) -> Screen:
    """The last screen: nothing is kept any more."""
    return Screen("forgotten", (Line(Kind.TITLE, M("forgotten.title")), Line(Kind.TEXT, M("forgotten.text"))))


def hear_forgotten(talk: Talk, event: Event) -> None:
    talk.go("home")
