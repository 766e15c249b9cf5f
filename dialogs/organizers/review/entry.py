"""An entry before a reviewer: read whole, marked, asked about, decided."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs import choices
from dialogs.domain.entries.entry import SCORABLE, WAITING, Action, EntryState, after
from dialogs.domain.entries.review import Dossier, Trouble
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M, Moment
from dialogs.domain.organizers.review import (
    AskAuthor,
    ClaimEntry,
    DeclareInterest,
    LookAtEntry,
    LookAtQueue,
    Reconsider,
    ReleaseEntry,
    SetAside,
    Undo,
)
from dialogs.domain.roles import Right, may
from dialogs.organizers.flow import OrganizerRoute, enter, ways_out
from dialogs.organizers.review import queue
from dialogs.organizers.review.assignees import open_assignees
from dialogs.organizers.review.entry_lines import changed_lines, entry_lines, head_lines, history_lines
from dialogs.organizers.review.scoring import scoring_lines
from dialogs.organizers.review.words import TROUBLES
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES", "gone"]

DONE = {
    "take": M("reviewing.taken"),
    "release": M("reviewing.released"),
    "interest": M("reviewing.interest_kept"),
    "ask": M("reviewing.asked"),
    "reconsider": M("reviewing.reconsidered"),
    "aside": M("reviewing.set_aside"),
    "undo": M("reviewing.undone"),
}
"""What is said when a deed is done, by what was wanted."""
PLACES = {
    ".mark": "organize_review_mark",
    ".ask": "organize_review_ask",
    ".score": "organize_review_score",
}
LEAVES = {"release", "interest"}
"""After these the entry is no longer before this reviewer."""
ASIDE: Mapping[str, Action] = {
    "test": Action.MARK_TEST,
    "spam": Action.MARK_SPAM,
    "withdraw": Action.WITHDRAW,
    "reinstate": Action.REINSTATE,
}
ASIDE_LABELS = {
    "test": M("choice.mark_test"),
    "spam": M("choice.mark_spam"),
    "withdraw": M("choice.withdraw_for"),
    "reinstate": M("choice.reinstate"),
}


def gone(name: str) -> Screen:
    """There is no such entry, or none for this reviewer: no difference shows."""
    return Screen(name, (Line(Kind.TITLE, M("trouble.gone")),), ways_out())


def render(ctx: StepContext) -> Screen:
    dossier = ctx.conversation.dossier
    if dossier is None:
        return gone("organize_review")
    lines = [*head_lines(dossier), *changed_lines(ctx, dossier)]
    if ctx.args.get("history"):
        lines += history_lines(dossier)
    else:
        lines += entry_lines(ctx, dossier)
        lines.append(Line(Kind.HINT, M("criteria.text")))
        lines += scoring_lines(dossier.scoring)
    return Screen("organize_review", tuple(lines), _ways(ctx, dossier))


def _ways(ctx: StepContext, dossier: Dossier) -> choices.Rows:
    decides = may(ctx.conversation.role, Right.DECIDE)
    rows: choices.Rows = ()
    if dossier.state is EntryState.RECEIVED or (dossier.state is EntryState.IN_REVIEW and not dossier.mine):
        rows += choices.row(None if dossier.taken else choices.primary("do:take", M("choice.take_entry")))
    elif dossier.state is EntryState.IN_REVIEW:
        rows += _reviewing(dossier)
    elif dossier.state is EntryState.CHANGES_ASKED and not dossier.taken:
        rows += choices.row(Choice("input:due", M("choice.move_due"))) + _deciding()
    elif after(dossier.state, Action.RECONSIDER) is not None:
        rows += choices.row(Choice("do:reconsider", M("choice.reconsider")))
    if dossier.scoring is not None and dossier.state in SCORABLE:
        again = M("choice.score_again") if dossier.scoring.own is not None else M("choice.score_entry")
        rows += choices.row(Choice(".score", again))
    if dossier.has_author and not dossier.taken:
        rows += choices.row(choices.quiet("input:write", M("choice.write_author")))
    undo = choices.quiet("do:undo", M("choice.undo_deed")) if dossier.undoable else None
    rows += choices.row(undo) + choices.row(_toggle(ctx))
    if decides:
        gives = dossier.state in WAITING and not dossier.taken
        rows += choices.row(choices.quiet(".assign", M("choice.assign"))) if gives else ()
        rows += choices.row(choices.quiet(".aside", M("choice.set_aside"))) if not ctx.args.get("aside") else ()
        rows += _aside(dossier) if ctx.args.get("aside") else ()
    return rows + ways_out()


def _toggle(ctx: StepContext) -> Choice:
    label = M("choice.show_answers") if ctx.args.get("history") else M("choice.show_history")
    return choices.quiet(".history", label)


def _reviewing(dossier: Dossier) -> choices.Rows:
    mark = Choice(".mark", M("choice.mark_answer"))
    asked = choices.primary(".ask", M("choice.ask_author", len(dossier.marked))) if dossier.marked else None
    free = choices.quiet("do:release", M("choice.release_entry"))
    interest = choices.quiet("do:interest", M("choice.declare_interest"))
    return choices.row(asked) + choices.row(mark) + _deciding() + choices.row(free, interest)


def _deciding() -> choices.Rows:
    return choices.row(Choice("input:accept", M("choice.accept")), Choice("input:refuse", M("choice.refuse")))


def _aside(dossier: Dossier) -> choices.Rows:
    ways = [
        choices.danger(f"aside:{name}", ASIDE_LABELS[name])
        for name, action in ASIDE.items()
        if after(dossier.state, action) is not None
    ]
    if after(dossier.state, Action.MERGE) is not None:
        ways.append(choices.danger("input:merge", M("choice.merge_entry")))
    return choices.column(ways)


def handle(ctx: StepContext, event: Event) -> None:
    reference = str(ctx.args.get("reviewed", ""))
    name, _, argument = event.code.partition(":") if isinstance(event, Chose) else ("", "", "")
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif name == "do":
        _do(ctx, argument, reference)
    elif name == "aside" and argument in ASIDE:
        ctx.update(doing="aside", aside=None)
        ctx.ask(SetAside(reference, ASIDE[argument]))
    elif name == "input":
        enter(ctx, "organize_review_input", reviewed=reference, what=argument, version=ctx.args.get("seen"))
    elif name in PLACES:
        enter(ctx, PLACES[name], reviewed=reference, version=ctx.args.get("seen"))
    elif name == ".assign":
        open_assignees(ctx, reference)
    elif name in (".history", ".aside"):
        ctx.update(**{name[1:]: not ctx.args.get(name[1:]) or None, "seen": _version(ctx)})
    elif name == ".back":
        queue.open_queue(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _version(ctx: StepContext) -> int | None:
    """The version that is being shown: the only one that can be decided about."""
    dossier = ctx.conversation.dossier
    return dossier.version if dossier is not None else None


def _do(ctx: StepContext, what: str, reference: str) -> None:
    deeds: Mapping[str, Any] = {
        "take": ClaimEntry,
        "release": ReleaseEntry,
        "interest": DeclareInterest,
        "reconsider": Reconsider,
    }
    if what == "undo":
        ctx.update(doing=what)
        ctx.ask(Undo((reference,)))
    elif what in deeds:
        ctx.update(doing=what)
        ctx.ask(deeds[what](reference))


def _came(ctx: StepContext, result: Any) -> None:
    """What came of a deed; or the entry, which is with the conversation already."""
    doing = ctx.args.get("doing")
    if isinstance(result, Trouble) or (doing == "undo" and not result):
        ctx.error(TROUBLES.get(result, TROUBLES[Trouble.TOO_LATE]))
    elif (result is None or doing == "undo") and doing in DONE:
        ctx.note(DONE[str(doing)])
    ctx.update(doing=None, seen=_version(ctx))
    if result is None and doing in LEAVES:
        ctx.goto("organize_queue")
        ctx.ask(LookAtQueue(limit=queue.PAGE))


def render_ask(ctx: StepContext) -> Screen:
    """What the author will be asked, and until when, before it goes."""
    dossier = ctx.conversation.dossier
    if dossier is None or dossier.due is None:
        return gone("organize_review_ask")
    lines = [Line(Kind.TITLE, M("reviewing.ask_title", len(dossier.marked)))]
    lines.append(Line(Kind.TEXT, M("reviewing.ask_until", due=Moment(dossier.due))))
    lines += [Line(Kind.ITEM, M("reviewing.ask_item", question=Code(c.key), comment=c.text)) for c in dossier.marked]
    send = choices.primary("send", M("choice.send_to_author"))
    day = Choice("input:due", M("choice.move_due"))
    return Screen("organize_review_ask", tuple(lines), choices.row(send) + choices.row(day) + ways_out())


def handle_ask(ctx: StepContext, event: Event) -> None:
    reference, dossier = str(ctx.args.get("reviewed", "")), ctx.conversation.dossier
    code = event.code if isinstance(event, Chose) else ""
    if isinstance(event, QueryResult):
        ctx.goto("organize_review", reviewed=reference, doing="ask")
        _came(ctx, event.result)
    elif code == "send" and dossier is not None:
        ctx.ask(AskAuthor(reference, int(ctx.args.get("version") or dossier.version)))
    elif code == "input:due":
        enter(
            ctx,
            "organize_review_input",
            reviewed=reference,
            what="due",
            back="organize_review_ask",
            version=ctx.args.get("version"),
        )
    elif code == ".back":
        ctx.goto("organize_review", reviewed=reference)
        ctx.ask(LookAtEntry(reference))
    else:
        ctx.note(M("not_understood.review"))


ROUTES = {
    "organize_review": OrganizerRoute(Right.REVIEW, render, handle),
    "organize_review_ask": OrganizerRoute(Right.REVIEW, render_ask, handle_ask),
}
