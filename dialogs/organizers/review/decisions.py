"""Decisions that wait to be announced: each message is read in its author's language before, and all go together."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from dialogs import choices
from dialogs.domain.entries.entry import EntryState
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, InLanguage, LanguageName, M
from dialogs.domain.organizers.review import AnnounceDecisions, ListPending, Pending
from dialogs.domain.roles import Right
from dialogs.domain.values.plain_data import rebuild
from dialogs.organizers.flow import OrganizerRoute, enter, to_menu, ways_out
from dialogs.organizers.review.decision_message import decision_lines
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES", "open_decisions"]

SHOWN = 10


def open_decisions(ctx: StepContext) -> None:
    enter(ctx, "organize_decisions")
    ctx.ask(ListPending())


def render(ctx: StepContext) -> Screen:
    """All that wait; one of them as its author will read it; or the last question before they are told."""
    waiting = [rebuild(Pending, kept) for kept in ctx.args.get("waiting", ())]
    looked_at = next((each for each in waiting if each.reference == ctx.args.get("looked")), None)
    if looked_at is not None:
        return _preview(looked_at)
    if not waiting:
        return Screen("organize_decisions", (Line(Kind.TITLE, M("decisions.none")),), ways_out())
    if ctx.args.get("sure"):
        lines = (Line(Kind.TITLE, M("decisions.sure", len(waiting))), Line(Kind.HINT, M("decisions.once")))
        yes = choices.danger("yes", M("choice.announce_yes", len(waiting)))
        return Screen("organize_decisions", lines, choices.row(yes, choices.back()))
    shown = [Line(Kind.TITLE, M("decisions.title", len(waiting)))]
    ways = []
    for number, each in enumerate(waiting[:SHOWN], 1):
        reference = Code(each.reference)
        accepted = M("decisions.accepted", number=number, reference=reference, title=each.title)
        refused = M("decisions.refused", number=number, reference=reference, title=each.title)
        shown.append(Line(Kind.ITEM, accepted if each.accepted else refused))
        ways.append(Choice(f"look:{each.reference}", M("choice.preview_message", reference=reference), number=number))
    tell = choices.row(choices.primary(".all", M("choice.announce_all", len(waiting))))
    return Screen("organize_decisions", tuple(shown), choices.column(ways) + tell + ways_out())


def _preview(pending: Pending) -> Screen:
    state = EntryState.PUBLISHED if pending.accepted else EntryState.DECLINED
    language = LanguageName(pending.language, own=False)
    lines = [Line(Kind.TITLE, M("decisions.preview", language=language))]
    said = decision_lines(state, pending.reference, pending.title, words=pending.words, publish=pending.publish)
    lines += [Line(Kind.TEXT, line.text if line.kind is Kind.QUOTE else _in(pending, line)) for line in said]
    one = choices.primary(f"tell:{pending.reference}", M("choice.announce_one"))
    return Screen("organize_decisions", tuple(lines), choices.row(one) + ways_out())


def _in(pending: Pending, line: Line) -> InLanguage:
    return InLanguage(pending.language, line.text)


def handle(ctx: StepContext, event: Event) -> None:
    code = event.code if isinstance(event, Chose) else ""
    waiting = [str(kept["reference"]) for kept in ctx.args.get("waiting", ())]
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif code.startswith("look:"):
        ctx.update(looked=code.partition(":")[2])
    elif code.startswith("tell:"):
        ctx.ask(AnnounceDecisions((code.partition(":")[2],)))
    elif code == ".all":
        ctx.update(sure=True)
    elif code == "yes":
        ctx.ask(AnnounceDecisions(tuple(waiting)))
    elif code == ".back" and (ctx.args.get("looked") or ctx.args.get("sure")):
        ctx.update(looked=None, sure=None)
    elif code == ".back":
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _came(ctx: StepContext, result: Any) -> None:
    """The list; or those that were told, after which the rest is looked up."""
    if all(isinstance(each, Pending) for each in result):
        ctx.update(waiting=[asdict(each) for each in result], looked=None, sure=None)
    else:
        ctx.note(M("decisions.told", len(result)))
        ctx.ask(ListPending())


ROUTES = {"organize_decisions": OrganizerRoute(Right.DECIDE, render, handle)}
