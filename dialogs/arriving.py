"""Arriving: the first words of someone new, and the links that bring people here."""

from __future__ import annotations

from datetime import datetime

from dialogs.effects import Invited
from dialogs.events import Chose, Event, Replied
from dialogs.following import open_question
from dialogs.home import hear_home
from dialogs.messages import M, Moment, Tongue
from dialogs.organizing import menu
from dialogs.organizing.roles import ROLE_NAMES, Role
from dialogs.talk import Talk

__all__ = ["hear_appointed", "hear_invited", "hear_late", "hear_taking", "hear_welcome", "welcome"]


LONGEST_PAYLOAD = 64
"""Telegram's limit for what a link can carry."""


def welcome(talk: Talk) -> None:
    """Go home; someone who comes for the first time is asked for their language on the way, once."""
    first = is_new(talk)
    talk.go("home")
    if first:
        talk.visit("language")


def is_new(talk: Talk) -> bool:
    """Whether this is somebody's first event ever."""
    return talk.state.last is None and not talk.conversation.person.language_chosen


def choose_language_first(talk: Talk, payload: str) -> None:
    """Ask somebody new for their language; the link that brought them is followed when they have chosen."""
    talk.go("home")
    talk.visit("language", then=payload[:LONGEST_PAYLOAD])


def hear_welcome(talk: Talk, event: Event) -> None:
    """Whatever someone new does first: a choice is followed, everything else is greeted."""
    talk.go("home")
    if isinstance(event, Chose):
        hear_home(talk, event)
    else:
        welcome(talk)


def hear_taking(talk: Talk, event: Event) -> None:
    """A colleague's link was opened: the section they handed over begins."""
    id = event.result if isinstance(event, Replied) else None
    if not id or id not in talk.conversation.drafts:
        talk.go("home")
        talk.error(M("handing.no_good"))
        return
    talk.open_draft(str(id))
    following = talk.journey.next_open()
    talk.note(M("handing.taken"))
    if following is None:
        talk.go("review")
    else:
        open_question(talk, following)


def hear_late(talk: Talk, event: Event) -> None:
    """A late code was used: the call is open again for this person, or the code is no good."""
    until = event.result if isinstance(event, Replied) else None
    talk.go("home")
    if isinstance(until, datetime):
        talk.note(M("late.open", until=Moment(until)))
    else:
        talk.error(M("late.bad_code"))


def hear_appointed(talk: Talk, event: Event) -> None:
    """An organizers' link was opened. One that is no good says so, and nothing of what it was."""
    role = event.result if isinstance(event, Replied) else None
    if isinstance(role, Role):
        talk.go("home")
        talk.note(M("organize.welcome", role=ROLE_NAMES[role]))
        menu.ENTRY.open(talk)
    else:
        talk.error(M("organize.no_good"))
        welcome(talk)


def hear_invited(talk: Talk, event: Event) -> None:
    """A personal link was opened: the list's language is used first. One that is no good is like any other start."""
    invited = event.result if isinstance(event, Replied) else None
    if isinstance(invited, Invited):
        talk.note(M("invited.welcome", name=invited.name) if invited.name else M("invited.welcome_nameless"))
        spoken = invited.language in talk.world.vocabulary.languages
        if spoken and not talk.conversation.person.language_chosen:
            talk.change_person(language=invited.language, language_chosen=True)
            talk.note(M("invited.language", language=Tongue(str(invited.language))))
    welcome(talk)
