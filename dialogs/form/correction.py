"""What a reviewer asked back: those questions and no others, and one Done.

The answers are changed in a draft that begins with all that was sent. It stays open to its author after the call's
close, until the due date and `GRACE` more while nothing is decided.
"""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.conversation import Answer, Draft, Entry
from dialogs.domain.effects import DraftRestored, DraftStarted, WriteToReviewer
from dialogs.domain.entries.review import LONGEST_COMMENT, Comment, Correction, Trouble
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Code, M, Moment, Value
from dialogs.domain.questionnaire import QuestionKind
from dialogs.form.answer_format import shortened
from dialogs.form.check.check_answers import send
from dialogs.form.check.validation import problems
from dialogs.form.next_question import open_question
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext
from dialogs.text.language_detection import language_of

__all__ = [
    "handle",
    "handle_writing",
    "named_question",
    "open_correction",
    "open_writing",
    "pressed_fix",
    "pressed_write",
    "render",
    "render_writing",
]

BRIEF = 120


def pressed_fix(ctx: StepContext, argument: str) -> None:
    """The button below the message: `12` opens the whole round, `12:title` the question."""
    number, _, key = argument.partition(":")
    found = [each for each in ctx.conversation.corrections.values() if str(each.round) == number]
    if found:
        open_correction(ctx, found[0].reference, key)
    else:
        ctx.note(M("correction.over"))


def pressed_write(ctx: StepContext, reference: str) -> None:
    open_writing(ctx, reference)


def open_correction(ctx: StepContext, reference: str, key: str = "") -> None:
    """Open what was asked about an entry, or one question of it."""
    correction = ctx.conversation.corrections.get(reference)
    entry = _entry(ctx, reference)
    if correction is None or entry is None:
        ctx.error(M("correction.over"))
        ctx.goto("home")
        return
    _open_draft(ctx, correction, entry)
    stop = ctx.journey.by_key.get(key) if correction.comment(key) else None
    if stop is not None:
        open_question(ctx, stop, "correction")
    else:
        ctx.goto("correction")


def _entry(ctx: StepContext, reference: str) -> Entry | None:
    return next((each for each in ctx.conversation.entries if each.mine and each.reference == reference), None)


def _open_draft(ctx: StepContext, correction: Correction, entry: Entry) -> None:
    """The draft that answers the round: the one that was begun, else a new one with all that was sent."""
    begun = next((d for d in ctx.conversation.drafts.values() if d.corrects == correction.round), None)
    if begun is None:
        id = ctx.tools.fresh
        version = correction.questionnaire
        answers = dict(_as_sent(ctx, version, entry))
        ctx.do(
            DraftStarted(
                *(id, entry.call, version, ctx.at, ctx.language, answers),
                revises=entry.reference,
                previous=entry.answers,
                corrects=correction.round,
            )
        )
    else:
        id = begun.id
        if begun.discarded is not None:
            ctx.do(DraftRestored(id))
    ctx.open_draft(id)


def _as_sent(ctx: StepContext, version: str, entry: Entry) -> Iterator[tuple[str, Answer]]:
    """The answers that were sent, as answers of a draft."""
    questions = ctx.world.questionnaire(version).by_id
    for key, value in entry.answers.items():
        question = questions.get(key.partition("@")[0])
        has_words = question is not None and question.kind in (QuestionKind.TEXT, QuestionKind.LONG_TEXT)
        language = language_of(value, ctx.language) if has_words and isinstance(value, str) else None
        yield key, Answer(value, entry.submitted, by=ctx.conversation.person.id, language=language)


def render(ctx: StepContext) -> Screen:
    """Each question that was asked back with its comment, whether it was changed by now, and Done."""
    correction, draft = ctx.conversation.correction, ctx.draft
    if correction is None or draft is None:
        lines = (Line(Kind.TITLE, M("correction.over")), Line(Kind.TEXT, M("correction.over_what")))
        return Screen("correction", lines, choices.row(choices.home()))
    changed = {comment.key for comment in correction.comments if _is_changed(ctx, draft, comment)}
    lines_ = [
        Line(Kind.TITLE, M("correction.title", len(correction.comments), title=_title(draft))),
        Line(Kind.TEXT, M("correction.until", due=Moment(correction.due))),
    ]
    for number, comment in enumerate(correction.comments, 1):
        named = named_question(ctx, draft.version, comment.key)
        brief = shortened(comment.text, BRIEF)
        mark = (
            M("correction.changed", number=number, question=named)
            if comment.key in changed
            else M("correction.asked", number=number, question=named, comment=brief)
        )
        lines_.append(Line(Kind.ITEM, mark))
    found = problems(ctx)
    lines_ += [Line(Kind.ERROR, M("review.problem", question=p.stop.question.label, problem=p.message)) for p in found]
    if len(changed) == len(correction.comments) and not found:
        lines_.append(Line(Kind.TEXT, M("correction.all_changed")))
    return Screen("correction", tuple(lines_), _ways(ctx, correction, draft, changed, bool(found)))


def _ways(
    ctx: StepContext, correction: Correction, draft: Draft, changed: set[str], has_problems: bool
) -> choices.Rows:
    mend = choices.primary(".mend", M("choice.mend", len(problems(ctx)))) if has_problems else None
    rows = choices.row(mend)
    left = [comment for comment in correction.comments if comment.key not in changed]
    for number, comment in enumerate(correction.comments, 1):
        named = named_question(ctx, draft.version, comment.key)
        label = M("choice.fix", question=named) if comment in left else M("choice.change", question=named)
        rows += choices.row(Choice(f"fix:{comment.key}", label, number=number))
    if not has_problems:
        done = Choice(".sent", M("choice.correction_done") if not left else M("choice.correction_rest"))
        rows += choices.row(choices.primary(".sent", done.label) if not left else done)
    write = choices.quiet(".write", M("choice.write_reviewer"))
    return rows + choices.row(write, choices.home())


def _is_changed(ctx: StepContext, draft: Draft, comment: Comment) -> bool:
    return bool(ctx.journey.facts.value(comment.key) != draft.previous.get(comment.key))


def _title(draft: Draft) -> str:
    return str(draft.previous.get("title") or draft.revises or "")


def named_question(ctx: StepContext, version: str, key: str) -> Value:
    """What a question is called, with the goal it is about."""
    id, _, member = key.partition("@")
    question = ctx.world.questionnaire(version).by_id.get(id)
    label: Value = question.label if question is not None else Code(key)
    return M("review.of_goal", label=label, goal=Code(member)) if member else label


def handle(ctx: StepContext, event: Event) -> None:
    correction = ctx.conversation.correction
    name, _, argument = event.code.partition(":") if isinstance(event, Chose) else ("", "", "")
    if correction is None:
        ctx.goto("home")
    elif name == "fix":
        open_correction(ctx, correction.reference, argument)
    elif name == ".mend":
        found = problems(ctx)
        if found:
            open_question(ctx, found[0].stop, "correction")
    elif name == ".sent":
        send(ctx)
        if ctx.request is not None:
            ctx.note(M("correction.sent"))
    elif name == ".write":
        open_writing(ctx, correction.reference)
    else:
        ctx.note(M("not_understood.review"))


def open_writing(ctx: StepContext, reference: str) -> None:
    """Write to whoever reviews one's own entry; one's running question waits."""
    if _entry(ctx, reference) is None:
        ctx.note(M("correction.over"))
        return
    ctx.push("to_reviewer", reference=reference)


def render_writing(ctx: StepContext) -> Screen:
    reference = str(ctx.args.get("reference", ""))
    lines = (
        Line(Kind.TITLE, M("to_reviewer.ask", reference=Code(reference))),
        Line(Kind.HINT, M("to_reviewer.hint")),
    )
    placeholder = M("placeholder.type")
    rows = choices.row(choices.back())
    return Screen("to_reviewer", lines, rows, expects=Expect.LONG_TEXT, placeholder=placeholder)


def handle_writing(ctx: StepContext, event: Event) -> None:
    """What is written here goes to the reviewer, whole or not at all."""
    if isinstance(event, QueryResult):
        said = M("contact.too_many") if event.result is Trouble.NOT_NOW else M("correction.over")
        ctx.note(M("to_reviewer.sent") if event.result is None else said)
        ctx.pop()
    elif isinstance(event, Said) and not is_blank(event.text):
        text = clean(event.text).strip()
        refusal = too_long(text, LONGEST_COMMENT)
        if refusal is None:
            ctx.ask(WriteToReviewer(str(ctx.args.get("reference", "")), text, ctx.at))
        else:
            ctx.error(refusal)
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("contact.text_only"))
