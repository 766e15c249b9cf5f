"""Arriving: the first words of someone new, and the links that bring people here."""

from __future__ import annotations

from datetime import datetime

from dialogs.account.home import handle_home
from dialogs.domain.effects import Invited
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import LanguageName, M, Moment
from dialogs.domain.roles import ROLE_NAMES, Role
from dialogs.form.next_question import open_question
from dialogs.organizers import menu
from dialogs.step_context import StepContext

__all__ = ["handle_appointed", "handle_invited", "handle_late", "handle_taking", "handle_welcome", "welcome"]


LONGEST_PAYLOAD = 64
"""Telegram's limit for what a link can carry."""


def welcome(ctx: StepContext) -> None:
    """Go home. Someone new is greeted there, in their app's language, with the others in reach."""
    ctx.goto("home")


def is_new(ctx: StepContext) -> bool:
    """Whether this is somebody's first event ever."""
    return ctx.state.last is None and not ctx.conversation.person.language_chosen


def choose_language_first(ctx: StepContext, payload: str) -> None:
    """Ask somebody new for their language; the link that brought them is followed when they have chosen."""
    ctx.goto("home")
    ctx.push("language", then=payload[:LONGEST_PAYLOAD])


def handle_welcome(ctx: StepContext, event: Event) -> None:
    """Whatever someone new does first: a choice is followed, everything else is greeted."""
    ctx.goto("home")
    if isinstance(event, Chose):
        handle_home(ctx, event)
    else:
        welcome(ctx)


def handle_taking(ctx: StepContext, event: Event) -> None:
    """A colleague's link was opened: the section they handed over begins."""
    id = event.result if isinstance(event, QueryResult) else None
    if not id or id not in ctx.conversation.drafts:
        ctx.goto("home")
        ctx.error(M("handing.no_good"))
        return
    ctx.open_draft(str(id))
    following = ctx.journey.next_open()
    ctx.note(M("handing.taken"))
    if following is None:
        ctx.goto("review")
    else:
        open_question(ctx, following)


def handle_late(ctx: StepContext, event: Event) -> None:
    """A late code was used: the call is open again for this person, or the code is no good."""
    until = event.result if isinstance(event, QueryResult) else None
    ctx.goto("home")
    if isinstance(until, datetime):
        ctx.note(M("late.open", until=Moment(until)))
    else:
        ctx.error(M("late.bad_code"))


def handle_appointed(ctx: StepContext, event: Event) -> None:
    """An organizers' link was opened. One that is no good says so, and nothing of what it was."""
    role = event.result if isinstance(event, QueryResult) else None
    if isinstance(role, Role):
        ctx.goto("home")
        ctx.note(M("organize.welcome", role=ROLE_NAMES[role]))
        menu.ENTRY.open(ctx)
    else:
        ctx.error(M("organize.no_good"))
        welcome(ctx)


def handle_invited(ctx: StepContext, event: Event) -> None:
    """A personal link was opened: the list's language is used first. One that is no good is like any other start."""
    invited = event.result if isinstance(event, QueryResult) else None
    if isinstance(invited, Invited):
        ctx.note(M("invited.welcome", name=invited.name) if invited.name else M("invited.welcome_nameless"))
        spoken = invited.language in ctx.world.vocabulary.languages
        if spoken and not ctx.conversation.person.language_chosen:
            ctx.change_person(language=invited.language, language_chosen=True)
            ctx.note(M("invited.language", language=LanguageName(str(invited.language))))
    welcome(ctx)
