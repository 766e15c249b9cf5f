"""What a reviewer types about an entry: a due date, a message, words that go with a decision, another reference."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.entries.review import LONGEST_COMMENT, Trouble
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Code, M, Message
from dialogs.domain.organizers.review import Decide, LookAtEntry, MergeEntry, SetDue, WriteToAuthor
from dialogs.domain.roles import Right
from dialogs.organizers.datetime_input import END_OF_DAY, read_moment
from dialogs.organizers.flow import OrganizerRoute, ways_out
from dialogs.organizers.review.entry import gone
from dialogs.organizers.review.words import TROUBLES
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import GENEVA, StepContext

__all__ = ["ROUTES"]

ASKED = {
    "due": M("reviewing.ask_due"),
    "write": M("reviewing.ask_message"),
    "accept": M("reviewing.ask_accept_words"),
    "refuse": M("reviewing.ask_refuse_words"),
    "merge": M("reviewing.ask_merge"),
}
KEPT = {
    "due": M("reviewing.due_kept"),
    "write": M("reviewing.written"),
    "accept": M("reviewing.accepted"),
    "refuse": M("reviewing.refused"),
    "merge": M("reviewing.merged"),
}
WEEKS = (1, 2, 4)
DECIDES = ("accept", "refuse")
LONGEST_WORDS = 1_500
"""Characters of what goes with a decision: the message that tells it is one."""


def render(ctx: StepContext) -> Screen:
    dossier, what = ctx.conversation.dossier, str(ctx.args.get("what"))
    if dossier is None or what not in ASKED:
        return gone("organize_review_input")
    lines = [Line(Kind.TITLE, ASKED[what]), Line(Kind.TEXT, Code(dossier.reference))]
    rows: choices.Rows = ()
    if what == "due":
        rows = choices.column(Choice(f"weeks:{n}", M("choice.weeks", n), number=n) for n in WEEKS)
    if what in DECIDES:
        rows = choices.row(choices.primary("none", M("choice.without_words")))
        lines.append(Line(Kind.HINT, M("reviewing.words_hint")))
    if what == "merge":
        lines.append(Line(Kind.HINT, M("reviewing.merge_hint")))
        same = [
            Choice(f"into:{each}", M("choice.entry", reference=Code(each), title=title), number=number)
            for number, (each, title) in enumerate(dossier.similar, 1)
        ]
        rows = choices.column(same)
    expects = Expect.TEXT if what in ("due", "merge") else Expect.LONG_TEXT
    placeholder = M("placeholder.type")
    return Screen("organize_review_input", tuple(lines), rows + ways_out(), expects=expects, placeholder=placeholder)


def handle(ctx: StepContext, event: Event) -> None:
    name, _, argument = event.code.partition(":") if isinstance(event, Chose) else ("", "", "")
    reference = str(ctx.args.get("reviewed", ""))
    if isinstance(event, QueryResult):
        _came(ctx, event.result)
    elif isinstance(event, Said) and not is_blank(event.text):
        _typed(ctx, clean(event.text).strip())
    elif name == "weeks" and argument.isdigit():
        ctx.ask(SetDue(reference, _end_of_day(ctx.at + timedelta(weeks=int(argument)))))
    elif name == "into":
        ctx.ask(MergeEntry(reference, argument))
    elif name == "none":
        _decide(ctx, "")
    elif name == ".back":
        _back(ctx)
    else:
        ctx.note(M("contact.text_only"))


def _end_of_day(moment: datetime) -> datetime:
    """The kindest reading of a day: its end in Geneva."""
    return datetime.combine(moment.astimezone(GENEVA).date(), END_OF_DAY, GENEVA).astimezone(moment.tzinfo)


def _typed(ctx: StepContext, text: str) -> None:
    what, reference = str(ctx.args.get("what")), str(ctx.args.get("reviewed", ""))
    refusal = too_long(text, LONGEST_WORDS if what in DECIDES else LONGEST_COMMENT)
    if refusal is not None:
        ctx.error(refusal)
    elif what == "due":
        today = ctx.at.astimezone(GENEVA).date()
        moment = read_moment(text, ctx.world.vocabulary.months, GENEVA.key, END_OF_DAY, today)
        if isinstance(moment, Message):
            ctx.error(moment)
        else:
            ctx.ask(SetDue(reference, moment))
    elif what == "write":
        ctx.ask(WriteToAuthor(reference, text))
    elif what == "merge":
        ctx.ask(MergeEntry(reference, text.upper()))
    else:
        _decide(ctx, text)


def _decide(ctx: StepContext, words: str) -> None:
    dossier, what = ctx.conversation.dossier, ctx.args.get("what")
    if dossier is not None and what in DECIDES:
        # Of the version that this reviewer has before them: a newer one is not decided about unseen.
        ctx.ask(Decide(dossier.reference, int(ctx.args.get("version") or dossier.version), what == "accept", words))


def _came(ctx: StepContext, result: Any) -> None:
    if isinstance(result, Trouble):
        ctx.error(TROUBLES[result])
    elif ctx.args.get("what") in KEPT:
        ctx.note(KEPT[str(ctx.args["what"])])
    _back(ctx)


def _back(ctx: StepContext) -> None:
    reference = str(ctx.args.get("reviewed", ""))
    back, version = str(ctx.args.get("back") or "organize_review"), ctx.args.get("version")
    ctx.goto(back, reviewed=reference, **({"version": version} if back == "organize_review_ask" else {}))
    if ctx.request is None:
        ctx.ask(LookAtEntry(reference))


ROUTES = {"organize_review_input": OrganizerRoute(Right.REVIEW, render, handle)}
