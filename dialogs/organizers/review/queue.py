"""`/queue`: what waits for a reviewer. The one that has waited longest is taken by one tap."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from dialogs import choices
from dialogs.domain.entries.entry import SCORABLE, EntryState
from dialogs.domain.entries.review import Trouble
from dialogs.domain.entries.state_words import STATE_NAMES
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M, Message, Moment
from dialogs.domain.organizers.review import ClaimNext, LookAtEntry, LookAtQueue, Queue, QueueFilter
from dialogs.domain.roles import Right, may
from dialogs.organizers.flow import MenuEntry, OrganizerRoute, enter, to_menu, ways_out
from dialogs.organizers.review import decisions
from dialogs.organizers.review.words import TROUBLES
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ENTRY", "ROUTES", "open_entry", "open_queue", "pressed_open"]

PAGE = 6
FILTERS = {
    "waiting": QueueFilter(),
    "assigned": QueueFilter(assigned=True),
    "unscored": QueueFilter(states=SCORABLE, unscored=True),
    "mine": QueueFilter(mine=True, states=("in_review", "changes_asked")),
    "asked": QueueFilter(states=("changes_asked",)),
    "decided": QueueFilter(states=("accepted", "refused")),
    "done": QueueFilter(states=("published", "declined", "withdrawn", "merged", "test", "spam"), newest=True),
}
LABELS = {
    "waiting": M("choice.queue_waiting"),
    "assigned": M("choice.queue_assigned"),
    "unscored": M("choice.queue_unscored"),
    "mine": M("choice.queue_mine"),
    "asked": M("choice.queue_asked"),
    "decided": M("choice.queue_decided"),
    "done": M("choice.queue_done"),
}


def open_queue(ctx: StepContext) -> None:
    enter(ctx, "organize_queue")
    ctx.ask(LookAtQueue(FILTERS["waiting"], limit=PAGE))


def open_entry(ctx: StepContext, reference: str) -> None:
    """Look at an entry whole. It is read anew at each step, and nothing of it is kept with the reviewer."""
    enter(ctx, "organize_review", reviewed=reference)
    ctx.ask(LookAtEntry(reference))


def pressed_open(ctx: StepContext, reference: str) -> None:
    """The button below a message about an entry."""
    if may(ctx.conversation.role, Right.REVIEW):
        open_entry(ctx, reference)
    else:
        ctx.note(M("odd.old_button"))


def render(ctx: StepContext) -> Screen:
    free, number = int(ctx.args.get("free", 0)), int(ctx.args.get("number", 0))
    page = int(ctx.args.get("page", 0))
    lines = [Line(Kind.TITLE, M("queue.title")), Line(Kind.TEXT, M("queue.free", free))]
    if ctx.args.get("assigned"):
        lines.append(Line(Kind.TEXT, M("queue.assigned", int(ctx.args["assigned"]))))
    if ctx.args.get("unscored"):
        lines.append(Line(Kind.TEXT, M("queue.unscored", int(ctx.args["unscored"]))))
    if ctx.args.get("asked"):
        lines.append(Line(Kind.TEXT, M("queue.asked", int(ctx.args["asked"]))))
    if ctx.args.get("pending"):
        lines.append(Line(Kind.TEXT, M("queue.pending", int(ctx.args["pending"]))))
    shown = str(ctx.args.get("shown", "waiting"))
    lines.append(Line(Kind.HINT, LABELS[shown]))
    ways = []
    for place, kept in enumerate(ctx.args.get("entries", ()), page * PAGE + 1):
        reference, title, organisation, state, due, mine = kept
        lines.append(Line(Kind.ITEM, _item(place, title, organisation, state, due, mine=mine)))
        ways.append(
            Choice(f"entry:{reference}", M("choice.entry", reference=Code(reference), title=title), number=place)
        )
    if not ways:
        lines.append(Line(Kind.TEXT, M("queue.none")))
    take = choices.row(choices.primary(".next", M("choice.queue_next"))) if free else ()
    there = (name for name in FILTERS if name != shown and (name != "unscored" or ctx.args.get("unscored")))
    others = choices.grid((choices.quiet(f".show:{name}", LABELS[name]) for name in there), 2)
    decide = may(ctx.conversation.role, Right.DECIDE) and ctx.args.get("pending")
    send = choices.row(choices.quiet(".announce", M("choice.announce_decisions"))) if decide else ()
    rows = take + choices.column(ways) + _pages(number, page) + others + send + ways_out()
    return Screen("organize_queue", tuple(lines), rows)


def _item(place: int, title: str, organisation: str, state: str, due: str | None, *, mine: bool) -> Message:
    values: dict[str, Any] = {"number": place, "title": title, "organisation": organisation}
    values["state"] = M("queue.yours") if mine and state == EntryState.IN_REVIEW else STATE_NAMES[EntryState(state)]
    if due:
        return M("queue.item_due", due=Moment(datetime.fromisoformat(due), date_only=True), **values)
    return M("queue.item", **values)


def _pages(number: int, page: int) -> choices.Rows:
    last = max(0, (number - 1) // PAGE)
    earlier = choices.quiet(f".page:{page - 1}", M("choice.previous_page")) if page else None
    later = choices.quiet(f".page:{page + 1}", M("choice.next_page", page=page + 2, pages=last + 1))
    return choices.row(earlier, later if page < last else None)


def handle(ctx: StepContext, event: Event) -> None:
    code = event.code if isinstance(event, Chose) else ""
    shown = str(ctx.args.get("shown", "waiting"))
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif code.startswith("entry:"):
        open_entry(ctx, code.partition(":")[2])
    elif code == ".next":
        ctx.ask(ClaimNext())
    elif code.startswith(".show:"):
        _look(ctx, code.partition(":")[2])
    elif code.startswith(".page:"):
        _look(ctx, shown, int(code.partition(":")[2]))
    elif code == ".announce":
        decisions.open_decisions(ctx)
    elif code == ".back":
        to_menu(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _look(ctx: StepContext, shown: str, page: int = 0) -> None:
    shown = shown if shown in FILTERS else "waiting"
    ctx.update(shown=shown, page=page)
    ctx.ask(LookAtQueue(FILTERS[shown], page * PAGE, PAGE))


def _came(ctx: StepContext, result: Any) -> None:
    """A page of the queue; or the entry that was taken, None when another was quicker."""
    if isinstance(result, Queue):
        entries = [
            [e.reference, e.title, e.organisation, e.state.value, e.due.isoformat() if e.due else None, e.mine]
            for e in result.entries
        ]
        ctx.update(free=result.free, number=result.number, asked=result.asked, pending=result.pending, entries=entries)
        ctx.update(assigned=result.assigned, unscored=result.unscored)
    elif isinstance(result, str) and not isinstance(result, Trouble):
        open_entry(ctx, result)
    else:
        ctx.note(TROUBLES.get(result, M("queue.none")))
        ctx.update(free=0)


ENTRY = MenuEntry("queue", M("choice.queue"), Right.REVIEW, open_queue)

ROUTES = {"organize_queue": OrganizerRoute(Right.REVIEW, render, handle)}
