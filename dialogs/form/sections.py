"""The task list: every section with how it stands, to jump to any of them; and a section handed to a colleague."""

from __future__ import annotations

from dialogs import choices
from dialogs.domain.effects import HandOver, RevokeHandOver
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M
from dialogs.form.answer_format import draft_name
from dialogs.form.check.validation import problems
from dialogs.form.next_question import open_question
from dialogs.form.parts import asked_sections, standing
from dialogs.questionnaire.journey import Status
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["handle", "handle_handing", "jump", "render", "render_handing"]


def render(ctx: StepContext) -> Screen:
    """All sections: done, begun, not begun, to mend, with a colleague."""
    journey = ctx.journey
    to_mend = {problem.stop.section for problem in problems(ctx) if journey.status(problem.stop) is not Status.OPEN}
    lines = [Line(Kind.TITLE, M("sections.title", name=draft_name(journey.draft)))]
    rows: choices.Rows = ()
    for number, section in enumerate(asked_sections(journey), start=1):
        _, words = standing(journey, section, to_mend)
        item = M("sections.item", number=number, section=section.title, standing=words)
        lines.append(Line(Kind.ITEM, item, repeated=True))
        rows += choices.row(Choice(f"section:{section.id}", section.title, number=number, reason=words))
    hand = choices.quiet(".hand", M("choice.hand_over")) if journey.draft.owner is None else None
    ways = choices.row(choices.quiet(".review", M("choice.review")), hand)
    offline = choices.row(choices.quiet(".template", M("choice.template")))
    return Screen("sections", tuple(lines), rows + ways + offline + choices.row(choices.home()))


def handle(ctx: StepContext, event: Event) -> None:
    """Jump to a section's first open question, else to its first."""
    if not isinstance(event, Chose):
        ctx.note(M("not_understood.review"))
        return
    name, _, argument = event.code.partition(":")
    if name == "section":
        jump(ctx, argument)
    elif name == ".review":
        ctx.goto("review")
    elif name == ".hand":
        ctx.goto("handing")


def jump(ctx: StepContext, id: str) -> None:
    """Go to a section's first open question, else to its first."""
    journey = ctx.journey
    if id in journey.draft.handed:
        ctx.goto("handing", section=id)
        return
    stops = journey.of(id)
    stop = next((s for s in stops if journey.status(s) is Status.OPEN), stops[0] if stops else None)
    if stop is not None:
        open_question(ctx, stop)


def render_handing(ctx: StepContext) -> Screen:
    """Choose a section for a colleague, or take one back; the link to send them."""
    journey = ctx.journey
    token, section = ctx.args.get("token"), ctx.args.get("section")
    lines = [Line(Kind.TITLE, M("handing.title"))]
    rows: choices.Rows = ()
    if token:
        lines += [
            Line(Kind.TEXT, M("handing.send_this")),
            Line(Kind.QUOTE, Code(f"/start hand-{token}")),
            Line(Kind.HINT, M("handing.once")),
        ]
        rows = choices.row(Choice(".copy", M("choice.copy"), copies=f"/start hand-{token}"))
    elif section in journey.draft.handed:
        lines.append(Line(Kind.TEXT, M("handing.is_handed")))
        rows = choices.row(choices.danger(f"revoke:{section}", M("choice.take_back")))
    else:
        lines.append(Line(Kind.TEXT, M("handing.which")))
        rows = choices.column(
            Choice(f"hand:{s.id}", s.title, number=n)
            for n, s in enumerate((s for s in journey.sections if s.id not in ("start", "review")), start=1)
            if s.id not in journey.draft.handed
        )
    return Screen("handing", tuple(lines), rows + choices.row(choices.sections()))


def handle_handing(ctx: StepContext, event: Event) -> None:
    draft = ctx.journey.draft
    if isinstance(event, QueryResult):
        ctx.goto("handing", token=event.result) if event.result else ctx.goto("sections")
        return
    if not isinstance(event, Chose):
        ctx.note(M("not_understood.review"))
        return
    name, _, argument = event.code.partition(":")
    if name == "hand":
        ctx.ask(HandOver(draft.id, argument, ctx.at))
    elif name == "revoke":
        ctx.note(M("handing.taken_back"))
        ctx.ask(RevokeHandOver(draft.id, argument))
    elif name == ".sections":
        ctx.goto("sections")
