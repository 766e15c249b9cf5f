"""Drafts begun on an older questionnaire: finished on it, or moved to the newer one with a list of what changed."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs import choices
from dialogs.answers.readers import check
from dialogs.domain.conversation import CallState, Draft
from dialogs.domain.effects import DraftMoved, DraftRevises
from dialogs.domain.events import Chose, Event
from dialogs.domain.messages import Listing, M, Message
from dialogs.domain.questionnaire import Question
from dialogs.form.answer_format import draft_name
from dialogs.form.input.guards import context_of
from dialogs.form.next_question import open_question
from dialogs.questionnaire.journey import STAYS_WITH, Stop
from dialogs.questionnaire.moves import moved
from dialogs.questionnaire.versions import Changes, changes
from dialogs.screens import Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["first_asked", "handle", "is_asked_first", "render", "take_over"]


def take_over(ctx: StepContext, draft: Draft) -> bool:
    """Move a draft of a closed call into the newest open one; False when none is open, or its own still is."""
    call = ctx.conversation.call
    own = next((each for each in ctx.conversation.calls if each.code == draft.call), None)
    if own is not None and own.state(ctx.at) is CallState.OPEN:
        return False
    if call is None or call.code == draft.call or call.state(ctx.at) is not CallState.OPEN:
        return False
    found = _changes(ctx, draft)
    _move(ctx, draft, call.code, call.version)
    ctx.note(M("drafts.taken_over"))
    for line in _told(found):
        ctx.note(line.text)
    return True


def is_asked_first(ctx: StepContext, draft: Draft) -> bool:
    """Whether the draft's person has still to be asked about a newer version; then they are at that place."""
    newer, answer = _newer(ctx, draft), draft.answers.get(STAYS_WITH)
    if newer is None or (answer is not None and answer.value == newer) or not _changes(ctx, draft):
        return False
    ctx.open_draft(draft.id)
    ctx.goto("moving")
    return True


def _move(ctx: StepContext, draft: Draft, call: str, version: str) -> None:
    """The draft asks another edition from now on; answers that it asks for elsewhere go there."""
    ctx.do(DraftMoved(draft.id, call, version))
    known = ctx.conversation.drafts.get(draft.id)
    if known is None:
        return
    before, opened = ctx.state.draft, ctx.world.questionnaire(version)
    ctx.open_draft(draft.id)
    values = {key: answer.value for key, answer in known.answers.items() if answer.value is not None}
    taken = moved(values, opened, draft.version)
    after = {key: value for key, value in taken.items() if value is not None}
    for key, value in after.items():
        if values.get(key) != value:
            ctx.give(key, value)
    for key in values.keys() - after.keys():
        ctx.take_back(key)
    if known.revises is not None and (newer := moved(known.previous, opened, draft.version)) != known.previous:
        ctx.do(DraftRevises(draft.id, known.revises, newer))
    ctx.open_draft(before)


def _newer(ctx: StepContext, draft: Draft) -> str | None:
    """The version that the draft's call asks now, when it is not the draft's own."""
    call = next((call for call in ctx.conversation.calls if call.code == draft.call), None)
    known = ctx.world.questionnaires
    return call.version if call and call.version != draft.version and call.version in known else None


def _changes(ctx: StepContext, draft: Draft) -> Changes:
    call, known = ctx.conversation.call, ctx.world.questionnaires
    version = _newer(ctx, draft) or (call.version if call else draft.version)
    if version not in known or draft.version not in known:
        return Changes()
    return changes(known[draft.version], known[version])


def render(ctx: StepContext) -> Screen:
    """What changed, and the choice."""
    draft = ctx.journey.draft
    lines = [Line(Kind.TITLE, M("moving.title")), Line(Kind.TEXT, M("moving.what", name=draft_name(draft)))]
    lines += _told(_changes(ctx, draft))
    rows = choices.row(choices.primary(".move", M("choice.move"))) + choices.row(
        choices.quiet(".stay", M("choice.stay"))
    )
    return Screen("moving", tuple(lines), rows, placeholder=M("placeholder.choose"))


def _told(found: Changes) -> Iterable[Line]:
    if found.new:
        yield Line(Kind.ITEM, M("moving.new", questions=_labels(found.new)))
    if found.gone:
        yield Line(Kind.ITEM, M("moving.gone", questions=_labels(found.gone)))
    for source, to in found.taken_over:
        yield Line(Kind.ITEM, M("moving.goes_into", question=source.label, into=to.label))
    if found.otherwise:
        yield Line(Kind.ITEM, M("moving.otherwise", questions=_labels(found.otherwise)))


def _labels(questions: Iterable[Question]) -> Listing:
    return Listing(tuple(question.label for question in questions))


def handle(ctx: StepContext, event: Event) -> None:
    """Move or stay; then on with the draft."""
    draft, newer = ctx.journey.draft, _newer(ctx, ctx.journey.draft)
    if isinstance(event, Chose) and event.code == ".move" and newer is not None:
        _move(ctx, draft, draft.call, newer)
        _go_on(ctx, M("moving.moved"))
    elif isinstance(event, Chose) and event.code == ".stay" and newer is not None:
        ctx.give(STAYS_WITH, newer)
        _go_on(ctx, M("moving.stayed"))
    else:
        ctx.note(M("not_understood.review"))


def _go_on(ctx: StepContext, said: Message) -> None:
    """To what is asked first now, else the check."""
    ctx.note(said)
    following = first_asked(ctx)
    if following is None:
        ctx.goto("review")
    else:
        open_question(ctx, following)


def first_asked(ctx: StepContext) -> Stop | None:
    """The first answer of a moved draft that no longer fits, else the first open question; None: all is answered.

    What was answered last may stand anywhere in the new order, so nothing is gone on from.
    """
    unfit = next((stop for stop in ctx.journey.stops if _is_unfit(ctx, stop.key)), None)
    return unfit or ctx.journey.next_open()


def _is_unfit(ctx: StepContext, key: str) -> bool:
    stop = ctx.journey.by_key[key]
    value = ctx.journey.facts.value(key)
    return value is not None and check(stop.question, value, context_of(ctx, stop)) is not None
