"""The task list: every section with how it stands, to jump to any of them; and a section handed to a colleague."""

from __future__ import annotations

from dialogs import choices
from dialogs.effects import HandOver, RevokeHandOver
from dialogs.events import Chose, Event, QueryResult
from dialogs.form.answer_format import draft_name
from dialogs.form.next_question import open_question
from dialogs.form.validation import problems
from dialogs.messages import Code, M, Message
from dialogs.questionnaire.journey import Journey, Status
from dialogs.questionnaire.model import Section
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.state import AnswerStatus
from dialogs.step_context import StepContext

__all__ = ["handle", "handle_handing", "render", "render_handing"]


def render(ctx: StepContext) -> Screen:
    """All sections: done, begun, not begun, to mend, with a colleague."""
    journey = ctx.journey
    to_mend = {problem.stop.section for problem in problems(ctx) if journey.status(problem.stop) is not Status.OPEN}
    lines = [Line(Kind.TITLE, M("sections.title", name=draft_name(journey.draft)))]
    rows: choices.Rows = ()
    asked = [section for section in journey.sections if journey.of(section.id)]
    for number, section in enumerate(asked, start=1):
        standing = _standing(journey, section, to_mend)
        lines.append(Line(Kind.ITEM, M("sections.item", number=number, section=section.title, standing=standing)))
        rows += choices.row(Choice(f"section:{section.id}", section.title, number=number))
    hand = choices.quiet(".hand", M("choice.hand_over")) if journey.draft.owner is None else None
    ways = choices.row(choices.quiet(".review", M("choice.review")), hand)
    return Screen("sections", tuple(lines), rows + ways + choices.row(choices.home()))


def _standing(journey: Journey, section: Section, to_mend: set[str]) -> Message:
    if section.id in journey.draft.handed:
        return M("standing.handed")
    if section.id in to_mend:
        return M("standing.to_mend")
    stops = journey.of(section.id)
    open_ = [stop for stop in stops if journey.status(stop) is Status.OPEN]
    if not open_:
        return M("standing.done")
    begun = any(answer.given is AnswerStatus.ANSWERED for stop in stops if (answer := journey.answer(stop)))
    return M("standing.begun", len(open_)) if begun or len(open_) < len(stops) else M("standing.not_begun")


def handle(ctx: StepContext, event: Event) -> None:
    """Jump to a section's first open question, else to its first."""
    if not isinstance(event, Chose):
        ctx.note(M("not_understood.review"))
        return
    name, _, argument = event.code.partition(":")
    if name == "section":
        _jump(ctx, argument)
    elif name == ".review":
        ctx.goto("review")
    elif name == ".hand":
        ctx.goto("handing")


def _jump(ctx: StepContext, id: str) -> None:
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
