"""`/receipt`: the receipt of an entry of one's own, to keep; `/verify`: what somebody's receipt turns out to be."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from dialogs import choices
from dialogs.domain.effects import ReadReceipt, VerifyReceipt
from dialogs.domain.entries.receipt import Verdict, Verification
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Code, M, Message, Moment
from dialogs.screens import Expect, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = [
    "VERDICTS",
    "handle_receipt",
    "handle_verifying",
    "open_receipt",
    "open_verify",
    "outcome",
    "render_receipt",
    "render_verifying",
]

VERDICTS: Mapping[Verdict, Message] = {
    Verdict.VALID: M("verify.valid"),
    Verdict.OLDER: M("verify.older"),
    Verdict.UNREADABLE: M("verify.unreadable"),
    Verdict.FORGED: M("verify.forged"),
    Verdict.CHANGED: M("verify.changed"),
    Verdict.MISSING: M("verify.missing"),
    Verdict.BROKEN: M("verify.broken"),
    Verdict.ERASED: M("verify.erased"),
}


def open_receipt(ctx: StepContext, reference: str = "") -> None:
    """Show the receipt of an entry of one's own; of the newest when none is named."""
    own = [entry.reference for entry in ctx.conversation.entries]
    wanted = reference.strip().upper() or (own[0] if own else "")
    ctx.push("receipt", reference=wanted)
    ctx.ask(ReadReceipt(wanted))


def render_receipt(ctx: StepContext) -> Screen:
    signed, reference = ctx.args.get("signed"), str(ctx.args.get("reference", ""))
    lines = [Line(Kind.TITLE, M("receipt.title"))]
    if signed:
        lines.append(Line(Kind.TEXT, M("receipt.of", reference=Code(reference))))
        lines.append(Line(Kind.QUOTE, str(signed)))
        lines.append(Line(Kind.HINT, M("receipt.hint")))
    else:
        lines.append(Line(Kind.TEXT, M("receipt.none")))
    return Screen("receipt", tuple(lines), choices.row(choices.back(), choices.home()))


def handle_receipt(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult):
        ctx.update(signed=event.result)
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("not_understood.review"))


def open_verify(ctx: StepContext, text: str = "") -> None:
    """Ask for a receipt, or check the one that stood behind the command."""
    ctx.push("verifying")
    if text:
        ctx.ask(VerifyReceipt(text))


def render_verifying(ctx: StepContext) -> Screen:
    lines = (Line(Kind.TITLE, M("verify.title")), Line(Kind.TEXT, M("verify.ask")))
    rows = choices.row(choices.back(), choices.home())
    return Screen("verifying", lines, rows, expects=Expect.LONG_TEXT, placeholder=M("placeholder.type"))


def handle_verifying(ctx: StepContext, event: Event) -> None:
    if isinstance(event, QueryResult) and isinstance(event.result, Verification):
        for message in outcome(event.result):
            ctx.note(message)
    elif isinstance(event, Said) and event.text.strip():
        ctx.ask(VerifyReceipt(event.text))
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("verify.ask"))


def outcome(found: Verification) -> list[Message]:
    """What was found, in words; with what the receipt is for where it can be believed."""
    said = [VERDICTS[found.verdict]]
    if isinstance(found.submitted, datetime):
        at, named = Moment(found.submitted), Code(found.reference)
        said.append(M("verify.what", reference=named, version=found.version, submitted=at))
    if found.merged_into:
        said.append(M("verify.leads_to", reference=Code(found.merged_into)))
    return said
