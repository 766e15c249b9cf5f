"""Commands: heard at every place, whatever is open. The open question stays, to be returned to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs.account import account_linking, explore, onboarding, preferences, privacy, receipts
from dialogs.account.call_standing import standing_of_call
from dialogs.account.home import continue_draft, live_drafts
from dialogs.domain.effects import TakeHandOver, TakeInvitation, TakePersonalLink, UseLateCode
from dialogs.domain.events import Chose, Commanded
from dialogs.domain.messages import Code, M
from dialogs.form import open_question, sections
from dialogs.form.check import check_answers
from dialogs.form.check.withdrawal import open_withdrawal
from dialogs.form.new_entry import start_draft
from dialogs.form.offline.template import open_template
from dialogs.organizers.routes import command_for
from dialogs.step_context import StepContext

__all__ = ["COMMANDS", "EVERYWHERE", "LINKS", "command", "follow"]


def command(ctx: StepContext, event: Commanded) -> None:
    """Do what a command says; an unknown one is answered with the ones there are.

    Organizers' commands are unknown to everybody who may not use them.
    """
    name = event.name.lower()
    act = COMMANDS.get(name) or command_for(ctx.conversation.role, name) or ALIASES.get(name)
    if act is None:
        ctx.note(M("command.unknown", command=Code(f"/{event.name}"[:40])))
    else:
        act(ctx, event.argument.strip())


def _start(ctx: StepContext, payload: str) -> None:
    known = payload.startswith(("inv-", "org-"))  # a list says what they speak; what an organizer may waits for nothing
    if payload and not known and onboarding.is_new(ctx):
        onboarding.choose_language_first(ctx, payload)
    else:
        follow(ctx, payload)


def follow(ctx: StepContext, payload: str) -> None:
    """Go where a link leads; home when it leads nowhere."""
    kind, _, rest = payload.partition("-")
    act = LINKS.get(kind)
    if act is None or (not rest and kind != "continue"):
        onboarding.welcome(ctx)
    else:
        act(ctx, rest)


def _hand(ctx: StepContext, token: str) -> None:
    ctx.goto("taking")
    ctx.ask(TakeHandOver(token, ctx.at))


def _org(ctx: StepContext, token: str) -> None:
    ctx.goto("appointed")
    ctx.ask(TakeInvitation(token, ctx.at))


def _inv(ctx: StepContext, token: str) -> None:
    ctx.goto("invited")
    ctx.ask(TakePersonalLink(token, ctx.at))


def _join_link(ctx: StepContext, code: str) -> None:
    """A link joins nothing: whoever is sent one would give everything away by a tap."""
    ctx.note(M("joining.no_link"))
    onboarding.welcome(ctx)


def _late(ctx: StepContext, code: str) -> None:
    ctx.goto("late")
    ctx.ask(UseLateCode(code, ctx.at))


def _with_draft(act: Callable[[StepContext], None]) -> Callable[[StepContext, str], None]:
    """Make a command about the open draft: the last touched one is opened when none is."""

    def acting(ctx: StepContext, argument: str) -> None:
        drafts = live_drafts(ctx)
        if ctx.draft is None and drafts:
            ctx.open_draft(drafts[0].id)
        if ctx.draft is None:
            ctx.note(M("drafts.none"))
            ctx.goto("home")
        else:
            act(ctx)

    return acting


def _template(ctx: StepContext, argument: str) -> None:
    """The open draft as a file; else the last touched one; who has none begins one."""
    drafts = live_drafts(ctx)
    if ctx.draft is None and drafts:
        ctx.open_draft(drafts[0].id)
    open_template(ctx)


def _help(ctx: StepContext, argument: str) -> None:
    ctx.note(M("help.text"))
    if ctx.position.name == "filling" and ctx.draft is not None:
        open_question.handle(ctx, Chose(".help", "", ctx.at))


def _deadline(ctx: StepContext, argument: str) -> None:
    call = ctx.call
    for line in standing_of_call(call, ctx.at) if call else ():
        ctx.note(line.text)


def _way(code: str) -> Callable[[StepContext, str], None]:
    """A command that does what a choice of the open question does; without one, it goes on with the draft."""

    def acting(ctx: StepContext, argument: str) -> None:
        if ctx.position.name == "filling" and ctx.draft is not None:
            open_question.handle(ctx, Chose(code, "", ctx.at))
        elif code == ".back" and ctx.state.trail:
            ctx.pop()
        else:
            continue_draft(ctx)

    return acting


def _submit(ctx: StepContext) -> None:
    ctx.goto("review")
    check_answers.send(ctx)


def _cancel(ctx: StepContext, argument: str) -> None:
    ctx.note(M("cancel.kept"))
    ctx.goto("home")


def _language(ctx: StepContext, argument: str) -> None:
    """Ask for the language, or take the one that stands behind the command: `/language fr`."""
    if argument in ctx.world.vocabulary.languages:
        ctx.change_person(language=argument, language_chosen=True)
        ctx.note(M("language.changed"))
    else:
        ctx.push("language")


def _settings(ctx: StepContext, argument: str) -> None:
    ctx.goto("settings")


COMMANDS: Mapping[str, Callable[[StepContext, str], None]] = {
    "start": _start,
    "help": _help,
    "settings": _settings,
    "new": lambda ctx, argument: start_draft(ctx, "new"),
    "update": lambda ctx, argument: ctx.goto("updating"),
    "continue": lambda ctx, argument: continue_draft(ctx, argument or None),
    "drafts": lambda ctx, argument: ctx.goto("drafts"),
    "myentries": lambda ctx, argument: ctx.goto("entries"),
    "back": _way(".back"),
    "skip": _way(".skip"),
    "sections": _with_draft(lambda ctx: ctx.goto("sections")),
    "review": _with_draft(lambda ctx: ctx.goto("review")),
    "template": _template,
    "submit": _with_draft(_submit),
    "language": _language,
    "deadline": _deadline,
    "reminders": lambda ctx, argument: ctx.push("reminders"),
    "mydata": lambda ctx, argument: privacy.ask_for_my_data(ctx),
    "receipt": receipts.open_receipt,
    "verify": receipts.open_verify,
    "forget": lambda ctx, argument: ctx.goto("forgetting"),
    "search": lambda ctx, argument: explore.open_register(ctx, argument),
    "contact": lambda ctx, argument: ctx.push("contact", **preferences.about(argument)),
    "access": lambda ctx, argument: ctx.push("access"),
    "join": lambda ctx, argument: account_linking.join(ctx, argument) if argument else account_linking.offer(ctx),
    "late": lambda ctx, argument: _late(ctx, argument),
    "withdraw": lambda ctx, argument: open_withdrawal(ctx, argument),
    "cancel": _cancel,
    "stop": _cancel,
}
"""Every command by name. Channels describe them with the messages `command.<name>`."""

ALIASES = {"entries": COMMANDS["myentries"]}
"""Names that mean something else to organizers, and this to everybody else."""

LINKS: Mapping[str, Callable[[StepContext, str], None]] = {
    "hand": _hand,
    "join": _join_link,
    "late": _late,
    "org": _org,
    "inv": _inv,
    "continue": lambda ctx, id: continue_draft(ctx, id or None),
}
"""What a link can lead to, by the first word of what it carries."""

EVERYWHERE: Mapping[str, Callable[[StepContext, str], None]] = {
    ".home": lambda ctx, argument: ctx.goto("home"),
    ".sections": COMMANDS["sections"],
    ".section": lambda ctx, id: sections.jump(ctx, id) if ctx.draft is not None else None,
    ".review": COMMANDS["review"],
    ".template": COMMANDS["template"],
    ".drafts": COMMANDS["drafts"],
    ".language": COMMANDS["language"],
    ".entries": COMMANDS["myentries"],
    ".new": COMMANDS["new"],
    ".update": COMMANDS["update"],
    ".help": COMMANDS["help"],
}
"""Choices that mean the same at every place (at a question, some have a meaning of their own)."""
