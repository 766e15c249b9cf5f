"""Check your answers, change one, send; and the receipt."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dialogs import choices
from dialogs.account import receipts
from dialogs.details import Details
from dialogs.domain.conversation import CallState
from dialogs.domain.criteria import listed
from dialogs.domain.effects import Submission, Submit
from dialogs.domain.events import Chose, Event, FileRef, QueryResult
from dialogs.domain.messages import Code, M, Moment, Value
from dialogs.domain.questionnaire import Section
from dialogs.form.answer_format import draft_name
from dialogs.form.check.contradictions import contradictions
from dialogs.form.check.next_steps import next_steps
from dialogs.form.check.prize_check import prize_check
from dialogs.form.check.record import answer_line, answered, is_given, is_seen, named, record_journey, record_lines
from dialogs.form.check.validation import Problem, problems
from dialogs.form.input.guards import writable
from dialogs.form.next_question import open_question
from dialogs.form.parts import parts
from dialogs.questionnaire.derived import derived
from dialogs.questionnaire.journey import SHORT_WAY, Journey, Status, Stop
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["handle", "handle_section", "handle_sent", "render", "render_section", "render_sent"]


MOST_PROBLEMS = 5
"""Problems named at once; of more, how many they are."""


def render(ctx: StepContext) -> Screen:
    """Exactly what will be sent, section by section; what is left to do; Send when nothing is.

    The lines are shortened, for a messenger; the details have every answer whole, each with a way to change it.
    """
    journey, found = ctx.journey, problems(ctx)
    lines = [Line(Kind.TITLE, M("review.title", name=draft_name(journey.draft)))]
    lines += [line for section in journey.sections for line in _section(journey, section)]
    lines += prize_check(journey)
    lines += _left(journey, found)
    lines += [
        Line(Kind.NOTE, M("contradiction.look", question=named(stop), what=what))
        for stop, what in contradictions(journey, ctx.at)
    ]
    lines += _criteria(ctx) if not found and not journey.confirms else ()
    to_mend = {problem.stop.section for problem in found if journey.status(problem.stop) is not Status.OPEN}
    details = Details(
        answers=tuple(answered(journey, is_seen, change=True)),
        parts=tuple(parts(journey, to_mend=to_mend)),
        replaced=tuple(f"section:{section.id}" for section in journey.sections),
    )
    rows = _ways(ctx, journey, found)
    return Screen("review", tuple(lines), rows, placeholder=M("placeholder.choose"), details=details)


def _section(journey: Journey, section: Section) -> Iterable[Line]:
    seen = [stop for stop in journey.of(section.id) if is_seen(journey, stop)]
    if seen:
        yield Line(Kind.HINT, section.title, repeated=True)
    for stop in seen:
        yield Line(Kind.ITEM, answer_line(journey, stop, shorten=True), repeated=True)


def _left(journey: Journey, found: tuple[Problem, ...]) -> Iterable[Line]:
    for problem in found[:MOST_PROBLEMS]:
        yield Line(Kind.ERROR, M("review.problem", question=named(problem.stop), problem=problem.message))
    if len(found) > MOST_PROBLEMS:
        yield Line(Kind.ERROR, M("review.more_problems", len(found) - MOST_PROBLEMS))
    passed = len(journey.could_add())
    if not found and passed:
        first = journey.questionnaire.required_first
        yield Line(Kind.HINT, M("review.more_brings" if first else "review.could_add", passed))
    if not found and journey.confirms:
        yield Line(Kind.TEXT, M("review.confirm"))
    elif not found:
        yield Line(Kind.TEXT, M("review.ready") if journey.draft.owner is None else M("review.ready_colleague"))


def _criteria(ctx: StepContext) -> Iterable[Line]:
    """By what entries are accepted, and scored where their call asks for it."""
    yield Line(Kind.HINT, M("criteria.text"))
    rubric = ctx.call.rubric if ctx.call is not None else None
    if rubric is not None:
        yield Line(Kind.HINT, M("criteria.scored", criteria=listed(rubric)))


def _ways(ctx: StepContext, journey: Journey, found: tuple[Problem, ...]) -> choices.Rows:
    mend = choices.primary(".mend", M("choice.mend", len(found))) if found else None
    send = choices.primary(".send", M("choice.send")) if not found and journey.draft.owner is None else None
    passed = len(journey.could_add()) if send and journey.questionnaire.required_first else 0
    more = choices.quiet(".more", M("choice.more_questions", passed)) if passed else None
    change = choices.column(
        Choice(f"section:{section.id}", M("choice.change_section", section=section.title))
        for section in journey.sections
        if journey.of(section.id)
    )
    back = choices.back() if journey.stops else None
    return choices.row(mend or send) + choices.row(more) + change + choices.row(back, choices.home())


def handle(ctx: StepContext, event: Event) -> None:
    """A choice of the review."""
    if not isinstance(event, Chose):
        ctx.note(M("not_understood.review"))
        return
    name, _, argument = event.code.partition(":")
    if event.code == ".send":
        send(ctx)
    elif name == "change":
        _change(ctx, argument)
    elif event.code == ".mend":
        found = problems(ctx)
        open_question(ctx, found[0].stop, "review") if found else ctx.goto("review")
    elif event.code == ".more":
        ctx.take_back(SHORT_WAY)
        following = ctx.journey.next_open()
        open_question(ctx, following) if following is not None else ctx.goto("review")
    elif event.code == ".back":
        open_question(ctx, ctx.journey.stops[-1]) if ctx.journey.stops else ctx.goto("home")
    elif name == "section":
        ctx.goto("review_section", section=argument)


def send(ctx: StepContext) -> None:
    """Submit, if nothing is missing and it was sent in time."""
    if not writable(ctx):
        return
    if ctx.journey.draft.owner is not None:
        ctx.note(M("review.ready_colleague"))
        return
    if problems(ctx):
        ctx.error(M("review.not_yet"))
        return
    journey = ctx.journey
    answers = {stop.key: journey.facts.value(stop.key) for stop in journey.stops}
    given = {key: value for key, value in answers.items() if value is not None}
    ctx.goto("sent", files=[[file.id, file.name, file.kind, file.size] for file in journey.draft.files.values()])
    ctx.ask(Submit(journey.draft.id, {**derived(journey), **given}, ctx.at, confirms=journey.confirms))


def render_section(ctx: StepContext) -> Screen:
    """One section's answers in full, each with a way to change it."""
    journey, id = ctx.journey, str(ctx.args.get("section"))
    section = next((s for s in journey.sections if s.id == id), journey.sections[0])
    stops = journey.of(section.id)
    lines = [Line(Kind.TITLE, section.title)]
    lines += [Line(Kind.ITEM, answer_line(journey, stop)) for stop in stops]
    change = choices.column(
        Choice(f"change:{stop.key}", _change_label(stop), number=number) for number, stop in enumerate(stops, start=1)
    )
    ways = choices.row(choices.quiet(".review", M("choice.review")))
    return Screen("review_section", tuple(lines), change + ways)


def _change_label(stop: Stop) -> Value:
    return M("choice.change", question=named(stop))


def handle_section(ctx: StepContext, event: Event) -> None:
    """Change one answer, and come back to the review."""
    if isinstance(event, Chose) and event.code.startswith("change:"):
        _change(ctx, event.code.partition(":")[2])
        return
    if isinstance(event, Chose) and event.code == ".review":
        ctx.goto("review")
        return
    ctx.note(M("not_understood.review"))


def _change(ctx: StepContext, key: str) -> None:
    """Open a question, and come back to the check once it is answered."""
    stop = ctx.journey.by_key.get(key)
    if stop is not None:
        open_question(ctx, stop, "review")


def handle_sent(ctx: StepContext, event: Event) -> None:
    """The store answers the submission: remember the receipt; afterwards its choices lead on."""
    if isinstance(event, QueryResult) and isinstance(event.result, Submission):
        receipt = event.result
        ctx.open_draft(None)
        files = ctx.args.get("files", [])
        ctx.goto("sent", reference=receipt.reference, at=receipt.at.isoformat(), again=receipt.again, files=files)
    elif isinstance(event, Chose) and event.code == ".receipt":
        receipts.open_receipt(ctx, str(ctx.args.get("reference", "")))
    elif isinstance(event, QueryResult):
        ctx.error(M("sent.failed"))
        ctx.goto("home")
    else:
        ctx.note(M("not_understood.home"))
        ctx.goto("home")


def render_sent(ctx: StepContext) -> Screen:
    """The receipt: the reference, all answers, and what happens next."""
    reference = str(ctx.args.get("reference", ""))
    entry = next((e for e in ctx.conversation.entries if e.reference == reference), None)
    lines = [
        Line(Kind.TITLE, M("sent.title")),
        Line(Kind.TEXT, M("sent.reference", reference=Code(reference))),
        *_received(ctx),
        *(Line(Kind.TEXT, step) for step in next_steps(entry.answers if entry is not None else {})),
    ]
    call = ctx.call
    if call is not None and call.state(ctx.at) is CallState.OPEN:
        lines.append(Line(Kind.TEXT, M("sent.changes_until", closes=Moment(call.closes))))
    journey = record_journey(ctx, entry, _files(ctx)) if entry is not None else None
    if journey is not None:
        lines += [Line(Kind.HINT, M("sent.copy")), *record_lines(journey)]
    copy = Choice(".copy", M("choice.copy_reference"), copies=reference) if reference else None
    signed = Choice(".receipt", M("choice.receipt")) if reference else None
    details = Details(answers=tuple(answered(journey, is_given, change=False))) if journey is not None else None
    return Screen("sent", tuple(lines), choices.row(copy, signed) + choices.row(choices.home()), details=details)


def _files(ctx: StepContext) -> dict[str, FileRef]:
    """The files of the draft that was sent."""
    return {id: FileRef(id, "", name, kind, size) for id, name, kind, size in ctx.args.get("files", ())}


def _received(ctx: StepContext) -> Iterable[Line]:
    """When it was sent: what counts for the deadline."""
    at = ctx.args.get("at")
    if isinstance(at, str):
        yield Line(Kind.TEXT, M("sent.received", at=Moment(datetime.fromisoformat(at))))
