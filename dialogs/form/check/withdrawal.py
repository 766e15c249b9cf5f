"""Taking an entry back: whose it is may, at any time; its reference stays and says so."""

from __future__ import annotations

from dialogs import choices
from dialogs.domain.conversation import Entry
from dialogs.domain.effects import WithdrawEntry
from dialogs.domain.entries.entry import Action, after
from dialogs.domain.entries.state_words import told
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, M
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["handle", "open_withdrawal", "render"]

SHOWN = 12


def open_withdrawal(ctx: StepContext, reference: str = "") -> None:
    ctx.push("withdrawing", **({"reference": reference.upper()} if reference else {}))


def render(ctx: StepContext) -> Screen:
    """One's entries with their states; or the question whether one is to be taken back."""
    entry = _entry(ctx)
    if entry is not None and _can_go(entry):
        lines = (
            Line(Kind.TITLE, M("withdraw.ask", title=entry.title, reference=Code(entry.reference))),
            Line(Kind.TEXT, M("withdraw.what")),
        )
        keep = choices.primary(".keep", M("choice.keep_it"))
        return Screen("withdrawing", lines, choices.row(choices.danger("yes", M("choice.withdraw_yes")), keep))
    mine = [each for each in ctx.conversation.entries if each.mine][:SHOWN]
    shown = [Line(Kind.TITLE, M("withdraw.title") if mine else M("withdraw.none"))]
    ways = []
    for number, each in enumerate(mine, 1):
        state = told(each.state)
        reference = Code(each.reference)
        shown.append(Line(Kind.ITEM, M("withdraw.item", reference=reference, title=each.title, state=state)))
        if _can_go(each):
            label = M("choice.withdraw", reference=Code(each.reference))
            ways.append(Choice(f"entry:{each.reference}", label, number=number))
    return Screen("withdrawing", tuple(shown), choices.column(ways) + choices.row(choices.back(), choices.home()))


def _entry(ctx: StepContext) -> Entry | None:
    wanted = ctx.args.get("reference")
    return next((each for each in ctx.conversation.entries if each.mine and each.reference == wanted), None)


def _can_go(entry: Entry) -> bool:
    return after(entry.state, Action.WITHDRAW) is not None


def handle(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.note(M("withdraw.done") if event.result is None else M("withdraw.not_now"))
        ctx.update(reference=None)
        return
    code = event.code if isinstance(event, Chose) else ""
    entry = _entry(ctx)
    if code.startswith("entry:"):
        ctx.update(reference=code.partition(":")[2])
    elif code == "yes" and entry is not None:
        ctx.ask(WithdrawEntry(entry.reference, ctx.at))
    elif code == ".keep":
        ctx.update(reference=None)
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("not_understood.review"))
