"""Letters by mail: asked once, where an address is given; changed in one's settings.

Arguments of the place: `q`, the question that was just answered with the address, and `return` beside it (neither: they
came from their settings); `address`; `agreed`, `waits` and `news`, how they stand.
"""

from __future__ import annotations

from dialogs import choices
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.mailbox import AllowMail, DeclineMail, LookAtMail, MailStanding
from dialogs.domain.messages import Code, M
from dialogs.domain.question_roles import QuestionRole
from dialogs.form.next_question import proceed
from dialogs.screens import Choice, Kind, Line, Screen, Style
from dialogs.step_context import StepContext

__all__ = ["handle", "open_letters", "render"]


def open_letters(ctx: StepContext) -> None:
    """From the settings: how they stand, and what they can change."""
    ctx.push("letters")
    ctx.ask(LookAtMail())


def render(ctx: StepContext) -> Screen:
    """What letters would come, and to where; nothing is chosen beforehand."""
    address = str(ctx.args.get("address") or "")
    if not address:
        said = (Line(Kind.TITLE, M("choice.letters")), Line(Kind.TEXT, M("letters.no_address")))
        return Screen("letters", said, choices.row(choices.back()))
    agreed, news = bool(ctx.args.get("agreed")), bool(ctx.args.get("news"))
    lines: tuple[Line, ...] = (
        Line(Kind.TITLE, M("letters.ask")),
        Line(Kind.TEXT, M("letters.ask_what", address=Code(address))),
        Line(Kind.HINT, M("letters.ask_confirm")),
    )
    if ctx.args.get("waits"):
        lines = (*lines, Line(Kind.NOTE, M("letters.waits", address=Code(address))))
    asked = "q" in ctx.args
    ways = (
        Choice("yes", M("choice.letters_yes"), Style.PRIMARY, chosen=None if asked else agreed and not news, number=1),
        Choice("news", M("choice.letters_news"), chosen=None if asked else agreed and news, number=2),
        Choice("no", M("choice.letters_no"), chosen=None if asked else not agreed, number=3),
    )
    back = () if asked else choices.row(choices.back())
    return Screen("letters", lines, choices.column(ways) + back)


def handle(ctx: StepContext, event: Event) -> None:
    """Take how they stand, what they choose, and what came of it."""
    if isinstance(event, QueryResult) and isinstance(event.result, MailStanding):
        _told(ctx, event.result)
    elif isinstance(event, Chose) and event.code in ("yes", "news"):
        ctx.update(chosen=event.code)
        ctx.ask(AllowMail(str(ctx.args.get("address") or ""), event.code == "news", ctx.at))
    elif isinstance(event, Chose) and event.code == "no":
        ctx.update(chosen=event.code)
        ctx.ask(DeclineMail(str(ctx.args.get("address") or ""), ctx.at))
    elif isinstance(event, Chose):
        _leave(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _told(ctx: StepContext, standing: MailStanding) -> None:
    chosen = ctx.args.get("chosen")
    if chosen is not None:
        if chosen == "no":
            ctx.note(M("letters.none"))
        elif standing.confirmed:
            ctx.note(M("letters.on", address=Code(standing.address)))
        else:
            ctx.note(M("letters.sent", address=Code(standing.address)))
        _leave(ctx)
    elif "q" in ctx.args and not _is_to_be_asked(standing, str(ctx.args.get("address"))):
        _leave(ctx)
    elif not standing.offered:
        ctx.note(M("letters.not_offered"))
        _leave(ctx)
    else:
        _shown(ctx, standing)


def _is_to_be_asked(standing: MailStanding, address: str) -> bool:
    """Whoever is reached in an app, or was asked before, is not asked; but about another address, if they agreed."""
    if not standing.offered or not address:
        return False
    if not standing.address:
        return not standing.elsewhere
    return standing.agreed and standing.address != address


def _shown(ctx: StepContext, standing: MailStanding) -> None:
    if "q" in ctx.args:
        return
    if standing.address:
        waits = (standing.agreed and not standing.confirmed) or None
        ctx.update(address=standing.address, agreed=standing.agreed, news=standing.news, waits=waits)
    else:
        ctx.update(address=_given(ctx))


def _given(ctx: StepContext) -> str | None:
    """The address that they gave last in a draft of theirs."""
    drafts = sorted(ctx.conversation.drafts.values(), key=lambda draft: draft.touched, reverse=True)
    for draft in drafts:
        key = ctx.world.questionnaire(draft.version).id_of(QuestionRole.CONTACT_EMAIL)
        answer = draft.answers.get(key)
        if answer is not None and isinstance(answer.value, str) and not draft.is_handed:
            return answer.value
    return None


def _leave(ctx: StepContext) -> None:
    """On with the questions, or back to where they came from."""
    if "q" in ctx.args and ctx.draft is not None:
        proceed(ctx, str(ctx.args["q"]))
    else:
        ctx.pop()
