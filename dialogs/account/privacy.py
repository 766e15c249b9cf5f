"""One's own data: see it, take it away, be forgotten."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from dialogs import choices
from dialogs.domain.conversation import Draft
from dialogs.domain.effects import Forget, GatherMyData
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, LanguageName, M
from dialogs.form.answer_format import draft_name
from dialogs.screens import Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = [
    "ask_for_my_data",
    "handle_forgetting",
    "handle_forgotten",
    "handle_my_data",
    "render_forgetting",
    "render_forgotten",
    "render_my_data",
]


def ask_for_my_data(ctx: StepContext) -> None:
    """Gather everything kept about the person; it is shown at the place `my_data`."""
    ctx.push("my_data")
    ctx.ask(GatherMyData())


def render_my_data(ctx: StepContext) -> Screen:
    """What is kept, in words and as JSON."""
    person, drafts = ctx.conversation.person, _own_drafts(ctx)
    lines = [
        Line(Kind.TITLE, M("mydata.title")),
        Line(Kind.TEXT, M("mydata.what")),
        Line(Kind.TEXT, M("mydata.person", language=LanguageName(person.language, own=False))),
        *([Line(Kind.TEXT, M("mydata.named", name=person.name))] if person.name else []),
        *_named(ctx, drafts),
        Line(Kind.TEXT, M("mydata.consent") if person.consent else M("mydata.no_consent")),
        Line(Kind.HINT, M("mydata.who_reads")),
    ]
    if ctx.args.get("json"):
        lines.append(Line(Kind.QUOTE, str(ctx.args["json"]), repeated=True))  # a page offers it as a file
    forget = choices.quiet(".forget", M("choice.forget"))
    return Screen("my_data", tuple(lines), choices.row(forget, choices.back()))


def _own_drafts(ctx: StepContext) -> list[Draft]:
    """A section that we fill in for somebody else is theirs."""
    return [draft for draft in ctx.conversation.drafts.values() if not draft.is_handed]


def _named(ctx: StepContext, drafts: Sequence[Draft]) -> Iterable[Line]:
    """What is kept, by name: drafts with how far each is, entries with their references."""
    if drafts:
        yield Line(Kind.TEXT, M("mydata.drafts", len(drafts)))
    for number, draft in enumerate(drafts, 1):
        journey = ctx.journey_of(draft)
        total, done = len(journey.stops), len(journey.stops) - len(journey.open())
        yield Line(Kind.ITEM, M("drafts.item", number=number, name=draft_name(draft), done=done, total=total))
    if ctx.conversation.entries:
        yield Line(Kind.TEXT, M("mydata.entries", len(ctx.conversation.entries)))
    for entry in ctx.conversation.entries:
        yield Line(Kind.ITEM, M("choice.entry", reference=Code(entry.reference), title=entry.title))


def handle_my_data(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(json=str(event.result))
    elif isinstance(event, Chose) and event.code == ".forget":
        ctx.goto("forgetting")
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.pop()
        ctx.note(M("not_understood.review"))


def render_forgetting(ctx: StepContext) -> Screen:
    """Asked once before everything is erased; says what stays."""
    lines = [Line(Kind.TITLE, M("forget.ask")), Line(Kind.TEXT, M("forget.what"))]
    if ctx.conversation.entries:
        lines.append(Line(Kind.TEXT, M("forget.published_stays")))
    rows = choices.row(choices.danger("forget", M("choice.forget_yes"))) + choices.row(
        choices.primary(".keep", M("choice.keep_it"))
    )
    return Screen("forgetting", tuple(lines), rows)


def handle_forgetting(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.reset_to("forgotten")
    elif isinstance(event, Chose) and event.code == "forget":
        ctx.ask(Forget(ctx.at))
    else:
        ctx.note(M("forget.not_done"))
        ctx.goto("home")


def render_forgotten(ctx: StepContext) -> Screen:
    """The last screen: nothing is kept any more."""
    return Screen("forgotten", (Line(Kind.TITLE, M("forgotten.title")), Line(Kind.TEXT, M("forgotten.text"))))


def handle_forgotten(ctx: StepContext, event: Event) -> None:
    ctx.goto("home")
