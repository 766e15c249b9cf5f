"""Commands: heard at every place, whatever is open. The open question stays, to be returned to."""

from __future__ import annotations

from collections.abc import Callable, Mapping

from dialogs import arriving, filling, joining, privacy, reviewing
from dialogs.effects import TakeHandOver, TakeInvitation, TakePersonalLink, UseLateCode
from dialogs.events import Chose, Commanded
from dialogs.home import continue_draft, live_drafts, standing_of_call
from dialogs.messages import Code, M
from dialogs.organizing.places import command_for
from dialogs.starting import start_draft
from dialogs.talk import Talk

__all__ = ["COMMANDS", "EVERYWHERE", "LINKS", "command", "follow"]


def command(talk: Talk, event: Commanded) -> None:
    """Do what a command says; an unknown one is answered with the ones there are.

    Organizers' commands are unknown to everybody who may not use them.
    """
    name = event.name.lower()
    act = COMMANDS.get(name) or command_for(talk.conversation.role, name)
    if act is None:
        talk.note(M("command.unknown", command=Code(f"/{event.name}"[:40])))
    else:
        act(talk, event.argument.strip())


def _start(talk: Talk, payload: str) -> None:
    known = payload.startswith(("inv-", "org-"))  # a list says what they speak; what an organizer may waits for nothing
    if payload and not known and arriving.is_new(talk):
        arriving.choose_language_first(talk, payload)
    else:
        follow(talk, payload)


def follow(talk: Talk, payload: str) -> None:
    """Go where a link leads; home when it leads nowhere."""
    kind, _, rest = payload.partition("-")
    act = LINKS.get(kind)
    if act is None or (not rest and kind != "continue"):
        arriving.welcome(talk)
    else:
        act(talk, rest)


def _hand(talk: Talk, token: str) -> None:
    talk.go("taking")
    talk.ask(TakeHandOver(token, talk.at))


def _org(talk: Talk, token: str) -> None:
    talk.go("appointed")
    talk.ask(TakeInvitation(token, talk.at))


def _inv(talk: Talk, token: str) -> None:
    talk.go("invited")
    talk.ask(TakePersonalLink(token, talk.at))


def _join_link(talk: Talk, code: str) -> None:
    """A link joins nothing: whoever is sent one would give everything away by a tap."""
    talk.note(M("joining.no_link"))
    arriving.welcome(talk)


def _late(talk: Talk, code: str) -> None:
    talk.go("late")
    talk.ask(UseLateCode(code, talk.at))


def _with_draft(act: Callable[[Talk], None]) -> Callable[[Talk, str], None]:
    """Make a command about the open draft: the last touched one is opened when none is."""

    def acting(talk: Talk, argument: str) -> None:
        drafts = live_drafts(talk)
        if talk.draft is None and drafts:
            talk.open_draft(drafts[0].id)
        if talk.draft is None:
            talk.note(M("drafts.none"))
            talk.go("home")
        else:
            act(talk)

    return acting


def _help(talk: Talk, argument: str) -> None:
    talk.note(M("help.text"))
    if talk.place.name == "filling" and talk.draft is not None:
        filling.hear(talk, Chose(".help", "", talk.at))


def _deadline(talk: Talk, argument: str) -> None:
    call = talk.call
    for line in standing_of_call(call, talk.at) if call else ():
        talk.note(line.text)


def _way(code: str) -> Callable[[Talk, str], None]:
    """A command that does what a choice of the open question does; without one, it goes on with the draft."""

    def acting(talk: Talk, argument: str) -> None:
        if talk.place.name == "filling" and talk.draft is not None:
            filling.hear(talk, Chose(code, "", talk.at))
        elif code == ".back" and talk.state.trail:
            talk.return_()
        else:
            continue_draft(talk)

    return acting


def _submit(talk: Talk) -> None:
    talk.go("review")
    reviewing.send(talk)


def _cancel(talk: Talk, argument: str) -> None:
    talk.note(M("cancel.kept"))
    talk.go("home")


def _settings(talk: Talk, argument: str) -> None:
    talk.go("settings")


COMMANDS: Mapping[str, Callable[[Talk, str], None]] = {
    "start": _start,
    "help": _help,
    "settings": _settings,
    "new": lambda talk, argument: start_draft(talk, "new"),
    "update": lambda talk, argument: talk.go("updating"),
    "continue": lambda talk, argument: continue_draft(talk, argument or None),
    "drafts": lambda talk, argument: talk.go("drafts"),
    "back": _way(".back"),
    "skip": _way(".skip"),
    "sections": _with_draft(lambda talk: talk.go("sections")),
    "review": _with_draft(lambda talk: talk.go("review")),
    "submit": _with_draft(_submit),
    "language": lambda talk, argument: talk.visit("language"),
    "deadline": _deadline,
    "reminders": lambda talk, argument: talk.visit("reminders"),
    "mydata": lambda talk, argument: privacy.ask_for_my_data(talk),
    "forget": lambda talk, argument: talk.go("forgetting"),
    "contact": lambda talk, argument: talk.visit("contact"),
    "access": lambda talk, argument: talk.visit("access"),
    "join": lambda talk, argument: joining.join(talk, argument) if argument else joining.offer(talk),
    "late": lambda talk, argument: _late(talk, argument),
    "cancel": _cancel,
    "stop": _cancel,
}
"""Every command by name. Channels describe them with the messages `command.<name>`."""

LINKS: Mapping[str, Callable[[Talk, str], None]] = {
    "hand": _hand,
    "join": _join_link,
    "late": _late,
    "org": _org,
    "inv": _inv,
    "continue": lambda talk, id: continue_draft(talk, id or None),
}
"""What a link can lead to, by the first word of what it carries."""

EVERYWHERE: Mapping[str, Callable[[Talk, str], None]] = {
    ".home": lambda talk, argument: talk.go("home"),
    ".sections": COMMANDS["sections"],
    ".review": COMMANDS["review"],
    ".drafts": COMMANDS["drafts"],
    ".language": COMMANDS["language"],
    ".new": COMMANDS["new"],
    ".update": COMMANDS["update"],
    ".help": COMMANDS["help"],
}
"""Choices that mean the same at every place (at a question, some have a meaning of their own)."""
