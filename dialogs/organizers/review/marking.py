"""Marking an answer for its author: which one, and what is wanted in it."""

from __future__ import annotations

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.entries.review import LONGEST_COMMENT, Dossier, Trouble
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import M
from dialogs.domain.organizers.review import LookAtEntry, MarkAnswer
from dialogs.domain.roles import Right
from dialogs.form.answer_format import answer_shown
from dialogs.form.comments import in_lines
from dialogs.organizers.flow import OrganizerRoute, ways_out
from dialogs.organizers.review.entry import gone
from dialogs.organizers.review.entry_lines import journey_of, label_of
from dialogs.organizers.review.words import TROUBLES
from dialogs.questionnaire.journey import Stop
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES"]

PAGE = 10
UNASKED = ("language", "agree", "entry_mode", "existing_ref", "update_scope")
"""What is not the entry itself: there is nothing in it to be changed."""


def render(ctx: StepContext) -> Screen:
    """The questions, those with a comment first named; or the one that a comment is written to."""
    dossier = ctx.conversation.dossier
    if dossier is None:
        return gone("organize_review_mark")
    stop = _stop(ctx, dossier)
    return _write(ctx, dossier, stop) if stop is not None else _choose(ctx, dossier)


def _stops(ctx: StepContext, dossier: Dossier) -> list[Stop]:
    return [stop for stop in journey_of(ctx, dossier).stops if stop.question.id not in UNASKED]


def _stop(ctx: StepContext, dossier: Dossier) -> Stop | None:
    return next((stop for stop in _stops(ctx, dossier) if stop.key == ctx.args.get("key")), None)


def _choose(ctx: StepContext, dossier: Dossier) -> Screen:
    stops, marked = _stops(ctx, dossier), {comment.key for comment in dossier.marked}
    last = max(0, (len(stops) - 1) // PAGE)
    page = min(int(ctx.args.get("page", 0)), last)
    lines = (Line(Kind.TITLE, M("marking.which")), Line(Kind.HINT, M("marking.marked", len(marked))))
    shown = list(enumerate(stops, 1))[page * PAGE : (page + 1) * PAGE]
    ways = [Choice(f"key:{s.key}", label_of(s), chosen=s.key in marked or None, number=n) for n, s in shown]
    earlier = choices.quiet(f".page:{page - 1}", M("choice.previous_page")) if page else None
    later = choices.quiet(f".page:{page + 1}", M("choice.next_page", page=page + 2, pages=last + 1))
    turn = choices.row(earlier, later if page < last else None)
    return Screen("organize_review_mark", lines, choices.column(ways) + turn + ways_out())


def _write(ctx: StepContext, dossier: Dossier, stop: Stop) -> Screen:
    journey = journey_of(ctx, dossier)
    shown = answer_shown(stop.question, journey.facts.value(stop.key), journey.draft)
    lines = [Line(Kind.TITLE, M("marking.what", question=label_of(stop)))]
    lines += in_lines(shown, Kind.QUOTE) if isinstance(shown, str) else (Line(Kind.QUOTE, shown),)
    before = next((comment for comment in dossier.marked if comment.key == stop.key), None)
    if before is not None:
        lines += (Line(Kind.TEXT, M("marking.now")), *in_lines(before.text, Kind.QUOTE))
    lines.append(Line(Kind.HINT, M("marking.how")))
    take = choices.row(choices.quiet(".unmark", M("choice.unmark"))) if before is not None else ()
    placeholder = M("placeholder.type")
    rows = take + ways_out()
    return Screen("organize_review_mark", tuple(lines), rows, expects=Expect.LONG_TEXT, placeholder=placeholder)


def handle(ctx: StepContext, event: Event) -> None:
    reference, key = str(ctx.args.get("reviewed", "")), str(ctx.args.get("key") or "")
    name, _, argument = event.code.partition(":") if isinstance(event, Chose) else ("", "", "")
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif isinstance(event, Said) and key and not is_blank(event.text):
        _mark(ctx, reference, key, clean(event.text).strip())
    elif name == "key":
        ctx.update(key=argument)
    elif name == ".page":
        ctx.update(page=int(argument))
        ctx.in_place = True
    elif name == ".unmark" and key:
        ctx.ask(MarkAnswer(reference, key, ""))
    elif name == ".back" and key:
        ctx.update(key=None)
    elif name == ".back":
        ctx.goto("organize_review", reviewed=reference)
        ctx.ask(LookAtEntry(reference))
    else:
        ctx.note(M("not_understood.review"))


def _mark(ctx: StepContext, reference: str, key: str, text: str) -> None:
    """Keep a comment whole, or not at all."""
    refusal = too_long(text, LONGEST_COMMENT)
    if refusal is not None:
        ctx.error(refusal)
    else:
        ctx.ask(MarkAnswer(reference, key, text))


def _came(ctx: StepContext, result: Trouble | None) -> None:
    if isinstance(result, Trouble):
        ctx.error(TROUBLES[result])
    else:
        ctx.note(M("marking.kept"))
        ctx.update(key=None)


ROUTES = {"organize_review_mark": OrganizerRoute(Right.REVIEW, render, handle)}
