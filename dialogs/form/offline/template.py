"""`/template`: the questionnaire as a file to fill in without a network, and what became of one that came back."""

from __future__ import annotations

from typing import Any

from dialogs import choices
from dialogs.details import Details
from dialogs.domain.conversation import Answer, AnswerStatus
from dialogs.domain.events import Chose, Event, Odd, Sent
from dialogs.domain.messages import M, Message
from dialogs.domain.offline import FORMATS, LABELS, TAKE, Document, FilledIn, Problem
from dialogs.domain.question_roles import QuestionRole
from dialogs.form.answer_format import draft_name
from dialogs.form.input.guards import writable
from dialogs.form.new_entry import start_draft
from dialogs.form.next_question import advance
from dialogs.form.offline import filled_in
from dialogs.form.save_answer import tell_change
from dialogs.screens import Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["handle", "open_template", "render", "render_read", "sent"]

PROBLEMS = {
    Problem.BROKEN: M("template.problem.broken"),
    Problem.HUGE: M("template.problem.huge"),
    Problem.MACROS: M("template.problem.macros"),
    Problem.NOT_OURS: M("template.problem.not_ours"),
    Problem.OTHER_PROGRAM: M("template.problem.other_program"),
    Problem.NOT_FETCHED: M("template.problem.not_fetched"),
}


def open_template(ctx: StepContext) -> None:
    """Send the template of the open draft; who has none begins one, so that the file knows where it belongs."""
    if ctx.draft is None:
        start_draft(ctx, "new")
    if ctx.draft is not None:
        ctx.goto("template")
        ctx.sends = FORMATS


def render(ctx: StepContext) -> Screen:
    lines = (
        Line(Kind.TITLE, M("template.title")),
        Line(Kind.TEXT, M("template.what")),
        Line(Kind.TEXT, M("template.send_back")),
        Line(Kind.HINT, M("template.keeps")),
    )
    return _screen(ctx, "template", lines, _again() + _ways())


def _again() -> choices.Rows:
    return choices.row(*(choices.quiet(f"{TAKE}:{each}", LABELS[each]) for each in FORMATS))


def _ways() -> choices.Rows:
    return choices.row(choices.primary(".go_on", M("choice.template_go_on"))) + choices.row(
        choices.sections(), choices.home()
    )


def _screen(ctx: StepContext, name: str, lines: tuple[Line, ...], rows: choices.Rows) -> Screen:
    draft = ctx.journey.draft
    documents = tuple(Document(each, draft.id, ctx.language, each in ctx.sends) for each in FORMATS)
    details = Details(replaced=(TAKE,))  # where the files are links
    about = Line(Kind.PROGRESS, draft_name(draft))
    return Screen(name, (about, *lines), rows, expects=Expect.FILE, documents=documents, details=details)


def handle(ctx: StepContext, event: Event) -> None:
    """A way on, or a file that is no template."""
    if isinstance(event, Sent):
        sent(ctx, event)
    elif isinstance(event, Chose):
        _chosen(ctx, event.code)
    elif isinstance(event, Odd) and event.what == "no_room":
        ctx.error(M("odd.no_room"))
    else:
        ctx.note(M("template.send_back"))


def sent(ctx: StepContext, event: Sent) -> None:
    """A file came: a template that is filled in, or what is wrong with it."""
    filled = event.filled or FilledIn(Problem.NOT_OURS)
    if filled.problem is None:
        filled_in.take(ctx, filled)
    else:
        ctx.error(PROBLEMS[filled.problem])


def _chosen(ctx: StepContext, code: str) -> None:
    name, _, argument = code.partition(":")
    if name == TAKE and argument in FORMATS:
        ctx.sends = (argument,)
    elif code == ".go_on":
        _go_on(ctx)
    elif code == ".undo":
        _undo(ctx)


def _go_on(ctx: StepContext) -> None:
    """To the next open question; a title that came with the file is first looked for in the register."""
    journey = ctx.journey
    title = journey.by_key.get(journey.questionnaire.id_of(QuestionRole.TITLE))
    if title is not None and title.key in _before(ctx) and journey.facts.value(title.key):
        ctx.goto("template")
        advance(ctx, title)
        return
    following = journey.next_open()
    ctx.goto("filling", q=following.key) if following is not None else ctx.goto("review")


def render_read(ctx: StepContext) -> Screen:
    """What became of the file; the mistakes stand above it, each with its cell."""
    filled, wrong = _count(ctx, "filled"), _count(ctx, "wrong")
    lines = [Line(Kind.TITLE, M("template.read", filled=filled) if filled else M("template.nothing_new"))]
    if wrong:
        lines.append(Line(Kind.TEXT, M("template.mend", wrong=wrong)))
    left = sum(stop.required for stop in ctx.journey.open())
    lines.append(Line(Kind.TEXT, _left(left)))
    undo = choices.quiet(".undo", M("choice.template_undo")) if _before(ctx) else None
    return _screen(ctx, "template_read", tuple(lines), choices.row(undo) + _ways())


def _left(required: int) -> Message:
    return M("template.left", required=required) if required else M("template.all_there")


def _undo(ctx: StepContext) -> None:
    """Have the answers as they were before the file came."""
    if not writable(ctx):
        return
    aside, before = ctx.journey.set_aside(), _before(ctx)
    for key, answer in before.items():
        if answer is None:
            ctx.take_back(key)
        else:
            ctx.give(key, answer.value, given=answer.given, ref=answer.ref, pieces=answer.pieces)
    tell_change(ctx, aside)
    ctx.note(M("template.undone", count=len(before)))
    ctx.goto("template")


def _count(ctx: StepContext, name: str) -> int:
    value = ctx.args.get(name)
    return value if isinstance(value, int) else 0


def _before(ctx: StepContext) -> dict[str, Answer | None]:
    """The answers that stood before the file came, by key; None: there was none. Nothing, where the arguments are those
    of another version of the program.
    """
    kept = ctx.args.get("before")
    try:
        return {key: _answer(ctx, *plain) if plain is not None else None for key, plain in dict(kept or {}).items()}
    except (TypeError, ValueError):
        return {}


def _answer(ctx: StepContext, value: Any, given: str, ref: str | None, pieces: list[str]) -> Answer:
    return Answer(value, ctx.at, AnswerStatus(given), ref, pieces=tuple(pieces))
