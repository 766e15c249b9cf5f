"""An entry whole in lines: what a reviewer reads before they decide."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs.domain.conversation import Answer, Draft
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.review import Comment, Dossier
from dialogs.domain.entries.state_words import STATE_NAMES
from dialogs.domain.messages import Code, LanguageName, M, Message, Moment, Value
from dialogs.domain.questionnaire import QuestionKind
from dialogs.domain.values.word_diff import marked
from dialogs.form.answer_format import answer_shown
from dialogs.form.comments import in_lines
from dialogs.organizers.team import named
from dialogs.questionnaire.journey import Journey, Stop
from dialogs.screens import Kind, Line
from dialogs.step_context import StepContext

__all__ = [
    "ACTIONS",
    "changed_lines",
    "draft_of",
    "entry_lines",
    "head_lines",
    "history_lines",
    "journey_of",
    "label_of",
    "stops_of",
]

SHORT = 200
WORDED = (QuestionKind.TEXT, QuestionKind.LONG_TEXT)
HISTORY = 15

ACTIONS = {
    "send": M("history.send"),
    "claim": M("history.claim"),
    "release": M("history.release"),
    "ask": M("history.ask"),
    "answer": M("history.answer"),
    "accept": M("history.accept"),
    "refuse": M("history.refuse"),
    "reconsider": M("history.reconsider"),
    "announce": M("history.announce"),
    "withdraw": M("history.withdraw"),
    "merge": M("history.merge"),
    "merged_here": M("history.merged_here"),
    "mark_test": M("history.mark_test"),
    "mark_spam": M("history.mark_spam"),
    "reinstate": M("history.reinstate"),
    "forget": M("history.forget"),
    "conflict": M("history.conflict"),
    "undo": M("history.undo"),
    "confirm": M("history.confirm"),
    "assign": M("history.assign"),
    "unassign": M("history.unassign"),
    "score": M("history.score"),
    "rescore": M("history.rescore"),
    "abstain": M("history.abstain"),
}


def journey_of(ctx: StepContext, dossier: Dossier, *, before: bool = False) -> Journey:
    """The entry's answers as a draft's journey: which questions were asked, in their order."""
    return ctx.journey_of(draft_of(dossier, before=before))


def draft_of(dossier: Dossier, *, before: bool = False) -> Draft:
    """What was sent, as a draft: what shows answers knows drafts."""
    answers = dossier.before if before else dossier.answers
    given = {key: Answer(value, dossier.submitted) for key, value in answers.items()}
    return Draft(
        f"entry-{dossier.reference}-{dossier.version}-{before}",
        dossier.call,
        dossier.questionnaire,
        dossier.submitted,
        dossier.submitted,
        given,
        files=dossier.files,
    )


def label_of(stop: Stop) -> Value:
    """What a question is called, with the goal it is about."""
    label = stop.question.label
    return label if stop.member is None else M("review.of_goal", label=label, goal=Code(stop.member))


def stops_of(journey: Journey) -> list[Stop]:
    """The questions with an answer."""
    return [stop for stop in journey.stops if journey.facts.value(stop.key) is not None]


def head_lines(dossier: Dossier) -> Iterator[Line]:
    """What it is, how it stands, and what looks like it."""
    yield Line(Kind.TITLE, dossier.title or M("draft.unnamed"))
    yield Line(
        Kind.TEXT,
        M(
            "reviewing.head",
            reference=Code(dossier.reference),
            version=dossier.version,
            state=STATE_NAMES[dossier.state],
            language=LanguageName(dossier.language, own=False),
        ),
    )
    if dossier.taken:
        yield Line(Kind.NOTE, M("trouble.taken"))
    if not dossier.has_author:
        yield Line(Kind.NOTE, M("trouble.nobody"))
    if not dossier.publish:
        yield Line(Kind.NOTE, M("reviewing.not_public"))
    if dossier.state is EntryState.CHANGES_ASKED and dossier.due is not None:
        yield Line(Kind.TEXT, M("reviewing.asked_until", due=Moment(dossier.due)))
    if dossier.assigned:
        yield Line(Kind.TEXT, M("reviewing.assigned", names=", ".join(dossier.assigned)))
    if dossier.merged_into:
        yield Line(Kind.TEXT, M("reviewing.leads_to", reference=Code(dossier.merged_into)))
    for reference, title in dossier.similar:
        yield Line(Kind.NOTE, M("reviewing.similar", reference=Code(reference), title=title))


def changed_lines(ctx: StepContext, dossier: Dossier) -> Iterator[Line]:
    """What is different from what was sent before, word by word, with the comment that asked for it."""
    if not dossier.before:
        return
    new, old = journey_of(ctx, dossier), journey_of(ctx, dossier, before=True)
    # Each journey is worked out once; stops that only one of them has were opened or closed by another answer.
    stops = {**old.by_key, **new.by_key}
    keys = [key for key in stops if dossier.before.get(key) != dossier.answers.get(key)]
    yield Line(Kind.HINT, M("reviewing.changed", len(keys)))
    for key in keys:
        yield from _change(dossier, stops[key], new, old)
    for comment in dossier.comments if dossier.state is not EntryState.CHANGES_ASKED else ():
        if comment.key not in keys and comment.key in stops:
            yield Line(Kind.ITEM, M("reviewing.unchanged", question=label_of(stops[comment.key])))
            yield Line(Kind.QUOTE, comment.text[:SHORT])


def _change(dossier: Dossier, stop: Stop, new: Journey, old: Journey) -> Iterator[Line]:
    before, after = dossier.before.get(stop.key), dossier.answers.get(stop.key)
    comment = next((each for each in dossier.comments if each.key == stop.key), None)
    yield Line(Kind.ITEM, M("reviewing.change", question=label_of(stop)))
    if comment is not None:
        yield Line(Kind.TEXT, M("reviewing.was_asked", comment=comment.text[:SHORT]))
    if stop.question.kind in WORDED and isinstance(before, str) and isinstance(after, str):
        yield from in_lines(marked(before, after), Kind.QUOTE)
        return
    yield Line(Kind.TEXT, M("reviewing.before", answer=answer_shown(stop.question, before, old.draft)))
    yield Line(Kind.TEXT, M("reviewing.after", answer=answer_shown(stop.question, after, new.draft)))


def entry_lines(ctx: StepContext, dossier: Dossier) -> Iterator[Line]:
    """Every answer, by section, with the comments that are being written."""
    journey = journey_of(ctx, dossier)
    marks = {comment.key: comment for comment in (*dossier.comments, *dossier.marked)}
    show_asked = dossier.state is EntryState.CHANGES_ASKED
    for section in journey.sections:
        answered = [stop for stop in journey.of(section.id) if journey.facts.value(stop.key) is not None]
        if answered:
            yield Line(Kind.HINT, section.title)
        for stop in answered:
            yield from _answer(journey, stop)
            mark = marks.get(stop.key)
            if mark is not None and (show_asked or mark in dossier.marked):
                yield _marked(mark)


def _marked(comment: Comment) -> Line:
    return Line(Kind.NOTE, M("reviewing.your_comment", comment=comment.text[:SHORT]))


def _answer(journey: Journey, stop: Stop) -> Iterator[Line]:
    shown = answer_shown(stop.question, journey.facts.value(stop.key), journey.draft)
    if isinstance(shown, str) and len(shown) > SHORT:
        yield Line(Kind.ITEM, label_of(stop))
        yield from in_lines(shown, Kind.QUOTE)
    else:
        yield Line(Kind.ITEM, M("review.answer", label=label_of(stop), answer=shown))


def history_lines(dossier: Dossier) -> Iterator[Line]:
    """Who did what and when, newest first; and what was written to and fro."""
    for line in dossier.history[:HISTORY]:
        what: Message = ACTIONS.get(line.action, M("history.other"))
        who: Value = M("history.author") if line.by_author else _who(line.person, line.name)
        new = STATE_NAMES[line.new]
        yield Line(Kind.ITEM, M("history.line", at=Moment(line.at), who=who, what=what, state=new))
    for said in dossier.said:
        by = M("reviewing.author_wrote", at=Moment(said.at)) if said.by_author else None
        yield Line(Kind.TEXT, by or M("reviewing.reviewer_wrote", at=Moment(said.at)))
        yield from in_lines(said.text, Kind.QUOTE)


def _who(person: int | None, name: str) -> Value:
    return named(name, person) if person is not None else M("log.command_line")
