"""Giving an entry to reviewers: those who may review it, with how much each has to do. A tap gives it or takes it back.

Argument: `reviewed`, the entry's reference; `reviewers`, as they were looked up.
"""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dialogs import choices
from dialogs.domain.entries.review import ASSIGNED, Reviewer, Trouble
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M
from dialogs.domain.organizers.review import Assign, ListReviewers, LookAtEntry
from dialogs.domain.roles import Right
from dialogs.domain.values.plain_data import rebuild
from dialogs.organizers.flow import OrganizerRoute, enter, ways_out
from dialogs.organizers.review.words import TROUBLES
from dialogs.organizers.team import named
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES", "open_assignees"]

SHOWN = 20
"""Reviewers on a screen: those with the least to do."""


def open_assignees(ctx: StepContext, reference: str) -> None:
    enter(ctx, "organize_review_assign", reviewed=reference)
    ctx.ask(ListReviewers(reference))


def render(ctx: StepContext) -> Screen:
    reference = str(ctx.args.get("reviewed", ""))
    people = [rebuild(Reviewer, each) for each in ctx.args.get("reviewers", ())]
    lines = [Line(Kind.TITLE, M("assigning.title")), Line(Kind.TEXT, Code(reference))]
    ways = []
    for number, each in enumerate(people[:SHOWN], 1):
        who = named(each.name, each.person)
        lines.append(Line(Kind.ITEM, M("assigning.item", each.load, number=number, name=who)))
        ways.append(Choice(f"who:{each.person}", M("choice.who", name=who), chosen=each.assigned, number=number))
    lines.append(Line(Kind.HINT, M("assigning.hint", days=ASSIGNED.days) if people else M("assigning.nobody")))
    return Screen("organize_review_assign", tuple(lines), choices.column(ways) + ways_out())


def handle(ctx: StepContext, event: Event) -> None:
    code, reference = event.code if isinstance(event, Chose) else "", str(ctx.args.get("reviewed", ""))
    name, _, argument = code.partition(":")
    if isinstance(event, QueryResult):
        _came(ctx, event.result, reference)
    elif name == "who" and argument.isdigit():
        known = (rebuild(Reviewer, each) for each in ctx.args.get("reviewers", ()))
        given = next((each.assigned for each in known if each.person == int(argument)), False)
        ctx.update(doing="take_back" if given else "assign")
        ctx.ask(Assign(reference, int(argument), not given))
    elif code == ".back":
        ctx.goto("organize_review", reviewed=reference)
        ctx.ask(LookAtEntry(reference))
    else:
        ctx.note(M("not_understood.review"))


def _came(ctx: StepContext, result: Any, reference: str) -> None:
    """The reviewers; or what came of giving the entry to one, after which they are looked up anew."""
    if isinstance(result, tuple):
        ctx.update(reviewers=[asdict(each) for each in result])
        return
    if isinstance(result, Trouble):
        ctx.error(TROUBLES[result])
    else:
        ctx.note(M("assigning.taken_back") if ctx.args.get("doing") == "take_back" else M("assigning.given"))
    ctx.update(doing=None)
    ctx.ask(ListReviewers(reference))


ROUTES = {"organize_review_assign": OrganizerRoute(Right.DECIDE, render, handle)}
