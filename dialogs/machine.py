"""The conversation's state machine: `step(conversation, event) -> what to keep, what to show, what to ask for`.

Theory of operation
-------------------
A person is always at one *place* (a row of `places.ROUTES`): home, filling a question, the check, the language.
A place has two functions: `render` makes its screen from what is known, `handle` takes what the person did there.
`handle` never makes a screen. It changes answers (effects), moves to another place and leaves notes; then the
machine shows the place the person is at by then, notes on top. So every event, in every state, ends in a
screen that says where one is and what comes next.

Three things keep this safe against clumsy fingers and slow lines:

* Every new screen has a fresh *stamp*. A press brings its stamp back; an older one is a retired button, which is
  said, and changes nothing. A press is heard only when the present screen really offers that choice.
* Typing is as good as tapping: a text that is the label of a choice on the screen (in any language), its number,
  or a word such as "back", is that choice. Everything else is an answer to the open question.
* The machine does nothing itself. It is pure: the same conversation and event give the same step. What must be
  looked up or done elsewhere is a *request*; its result comes back as the next event, `QueryResult`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

from dialogs import commands, letter_scope, notification_actions, text_input
from dialogs.domain.conversation import Conversation, Position
from dialogs.domain.effects import Effect, Query
from dialogs.domain.entries.portion import Portion, portion
from dialogs.domain.events import Chose, Commanded, Edited, Event, Located, Outdated, QueryResult, Said, Sent
from dialogs.domain.messages import Code, M, Message, Value
from dialogs.domain.organizers.base import Denied
from dialogs.domain.organizers.inbox import AnswerByReply, InboxMessage
from dialogs.domain.roles import Right, may
from dialogs.form.actions import ACTIONS
from dialogs.form.answer_format import draft_name
from dialogs.form.input import edited_message, replied_message
from dialogs.form.input.option_search import search
from dialogs.form.offline import template
from dialogs.organizers import inbox
from dialogs.organizers.routes import open_to
from dialogs.routes import DRAFTLESS, OWNERS, ROUTES
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext, Tools, World

__all__ = ["Machine", "PendingNotes", "Step", "Tools", "World"]

T = TypeVar("T")

PAUSE = timedelta(hours=6)
"""After so long, a line says where one was."""

OUR_MISTAKE = M("odd.our_mistake")


@dataclass(frozen=True, slots=True)
class PendingNotes:
    """What a step wanted said while it waits for its request: goes along in `QueryResult` and is shown then."""

    notes: tuple[Line, ...] = ()
    chosen: Value | None = None
    said: Said | None = None  # a text that may be an answer to a letter, else what it would be anyway


@dataclass(frozen=True, slots=True)
class Step:
    """What an event came to. While `request` waits for its answer there are no screens yet."""

    conversation: Conversation
    screens: tuple[Screen, ...] = ()
    effects: tuple[Effect, ...] = ()
    request: Query | None = None
    carried: PendingNotes = PendingNotes()


@dataclass(frozen=True, slots=True)
class Machine:
    """The machine over a world of questionnaires and words. Holds no person's state."""

    world: World

    def step(self, conversation: Conversation, event: Event, tools: Tools) -> Step:
        """Take one event of one person, also at a place that another version of the program kept."""
        try:
            return self._step(conversation, event, tools)
        except Exception:
            readable = self._readable(conversation, tools)
            if readable == conversation:
                raise  # nothing is odd about what was kept: the mistake is ours
        return self._step(readable, event, tools, M("odd.place_gone"))

    def _step(self, conversation: Conversation, event: Event, tools: Tools, note: Message | None = None) -> Step:
        ctx = StepContext(_at_home(conversation), self.world, tools, event)
        before = ctx.position
        if note is not None:
            ctx.note(note)
        if isinstance(event, Said | Sent | Located) and _is_gone(conversation):
            ctx.open_draft(None)
            ctx.error(M("draft.not_open"))
            return _shown(ctx)
        if isinstance(event, QueryResult) and before != conversation.state.position:
            return _shown(ctx)  # the place that asked is closed to them by now
        if isinstance(event, Edited) and edited_message.is_unchanged(ctx, event):
            return Step(conversation)
        _summed_up_after_a_pause(ctx, event)
        _heard(ctx, event)
        if ctx.link is not None:
            commands.follow(ctx, ctx.link)
        if letter_scope.leaves(ctx):
            ctx = StepContext(_at_home(conversation), self.world, tools, event)
            ctx.note(M("letters.only_this"))
            return _shown(ctx)
        if ctx.request is not None:
            said = event if isinstance(event, Said) and isinstance(ctx.request, AnswerByReply) else None
            carried = PendingNotes(tuple(ctx.notes), ctx.chosen, said)
            return Step(ctx.conversation, effects=tuple(ctx.effects), request=ctx.request, carried=carried)
        ctx.in_place = ctx.in_place and _same(before, ctx.position)
        return _shown(ctx)

    def portion(self, version: str, sections: tuple[str, ...]) -> Portion:
        """What a colleague gets of a draft of this questionnaire's version, of which they were handed sections."""
        return portion(self.world.questionnaire(version), sections)

    def show(self, conversation: Conversation, tools: Tools) -> Step:
        """Show where the person is, changing nothing but the stamp."""
        return self._on_what_is_readable(
            conversation, tools, lambda there: _shown(StepContext(there, self.world, tools))
        )

    def search(self, conversation: Conversation, text: str, tools: Tools) -> list[Value]:
        """Names of the open question's options that match what somebody has typed so far; changes nothing."""
        return self._on_what_is_readable(
            conversation, tools, lambda there: search(StepContext(there, self.world, tools), text)
        )

    def error_step(self, conversation: Conversation, tools: Tools, what: Message = OUR_MISTAKE) -> Step:
        """Say that the mistake was ours, and `what` it means for them. An open question stays open; any other place is
        left for home, as what it keeps may be the reason, and the same event would fail there for ever.
        """

        def say(there: Conversation) -> Step:
            if there.state.position.name in DRAFTLESS:
                there = replace(there, state=replace(there.state, position=Position("home"), trail=()))
            ctx = StepContext(there, self.world, tools)
            ctx.error(what)
            return _shown(ctx)

        return self._on_what_is_readable(conversation, tools, say)

    def _on_what_is_readable(self, conversation: Conversation, tools: Tools, act: Callable[[Conversation], T]) -> T:
        """Act where the person is, or else on what is of use of what was kept."""
        try:
            return act(_at_home(conversation))
        except Exception:
            readable = self._readable(conversation, tools)
            if readable == conversation:
                raise
        return act(_at_home(readable))

    def _readable(self, conversation: Conversation, tools: Tools) -> Conversation:
        """Home instead of a place that cannot be shown, and no way back to one: of what was kept, what is of use.

        Another version of the program may have kept other arguments there.
        """
        state = conversation.state
        trail = tuple(place for place in state.trail if self._is_readable(conversation, place, tools))
        here = state.position if self._is_readable(conversation, state.position, tools) else Position("home")
        if here == state.position and trail == state.trail:
            return conversation
        return replace(conversation, state=replace(state, position=here, trail=trail))

    def _is_readable(self, conversation: Conversation, place: Position, tools: Tools) -> bool:
        there = _at_home(replace(conversation, state=replace(conversation.state, position=place)))
        try:
            _screen(StepContext(there, self.world, tools))
        except Exception:  # noqa: BLE001  whatever it is, nothing can be seen there
            return False
        return True


def _at_home(conversation: Conversation) -> Conversation:
    """Home, when the place is unknown, closed to this person, or about a draft that is gone."""
    place, draft = conversation.state.position, conversation.draft
    lost = place.name not in ROUTES or not open_to(conversation.role, place.name)
    closed = place.name in OWNERS and draft is not None and draft.is_handed
    beyond = conversation.only is not None and place.name not in letter_scope.PLACES
    if not (lost or closed or beyond or _is_gone(conversation)):
        return conversation
    instead = Position("filling") if beyond and draft is not None else Position("home")
    return replace(conversation, state=replace(conversation.state, position=instead))


def _is_gone(conversation: Conversation) -> bool:
    """Whether the place is about a draft that is open to this person no more: sent, discarded, or taken back."""
    draft = conversation.draft
    known = conversation.state.position.name in ROUTES and conversation.state.position.name not in DRAFTLESS
    return known and (draft is None or draft.discarded is not None)


def _summed_up_after_a_pause(ctx: StepContext, event: Event) -> None:
    last = ctx.state.last
    away = last is not None and ctx.at - last > PAUSE
    if away and ctx.position.name == "filling" and ctx.draft is not None and not isinstance(event, Commanded):
        left = len(ctx.journey.open())
        ctx.note(M("continue.note", left, name=draft_name(ctx.draft)))


def _heard(ctx: StepContext, event: Event) -> None:
    if isinstance(event, Commanded):
        commands.command(ctx, event)
    elif isinstance(event, Edited):
        edited_message.edited(ctx, event)
    elif isinstance(event, Chose):
        _chose(ctx, event)
    elif isinstance(event, Said):
        _said(ctx, event)
    elif isinstance(event, QueryResult):
        _replied(ctx, event)
    elif isinstance(event, Sent) and event.filled is not None and event.filled.problem is None:
        template.sent(ctx, event)
    elif isinstance(event, Outdated):
        if event.said is None or not replied_message.answered(ctx, event.said):
            ctx.note(M("odd.earlier_question"))
    else:
        ROUTES[ctx.position.name].handle(ctx, event)


def _replied(ctx: StepContext, event: QueryResult) -> None:
    """What was asked for came back. Who lost the right to it meanwhile is at home already, and nothing is said."""
    if isinstance(event.carried, PendingNotes) and event.carried.said is not None:
        if isinstance(event.result, InboxMessage):
            inbox.sent(ctx, event.result)
        else:
            _said(ctx, replace(event.carried.said, reply=None))
        return
    if isinstance(event.result, Denied):
        return
    if isinstance(event.carried, PendingNotes):
        ctx.notes.extend(event.carried.notes)
        ctx.chosen = event.carried.chosen
    ROUTES[ctx.position.name].handle(ctx, event)


def _chose(ctx: StepContext, event: Chose) -> None:
    """A press: on an announcement or reminder at any time, else only on the newest screen's choices."""
    if notification_actions.chosen(ctx, event.code):
        return
    choice = _screen(ctx).choice(event.code)
    if event.stamp != str(ctx.state.stamp) or choice is None:
        ctx.note(M("odd.old_button"))
    else:
        _press(ctx, choice, event)


def _press(ctx: StepContext, choice: Choice, event: Chose) -> None:
    """A choice of the screen, tapped or named. Where it copies or opens something, that is shown to those who typed."""
    shown = choice.copies or choice.url
    if shown is not None:
        ctx.note(Code(shown), Kind.QUOTE)
    else:
        _follow(ctx, event)


def _said(ctx: StepContext, event: Said) -> None:
    """A text: the name of a choice on the screen, a word for a way on, else what the place makes of it.

    An organizer's reply to one of our messages may answer a letter: the store knows.
    """
    if event.reply is not None and may(ctx.conversation.role, Right.HELP) and event.text.strip():
        ctx.ask(AnswerByReply(event.reply, event.text.strip()[: inbox.LONGEST]))
        return
    screen = _offered(ctx)
    meant = text_input.match_choice(ctx, screen, event.text)
    choice = screen.choice(meant.code) if isinstance(meant, Chose) else None
    if isinstance(meant, Commanded):
        commands.command(ctx, meant)
    elif meant is None or choice is None:
        ROUTES[ctx.position.name].handle(ctx, event)
    else:
        _press(ctx, choice, meant)


def _follow(ctx: StepContext, event: Chose) -> None:
    """Follow a choice: the ways that mean the same everywhere, else what the place makes of it."""
    name, _, argument = event.code.partition(":")
    everywhere = commands.EVERYWHERE.get(name)
    if everywhere is not None and not (ctx.position.name == "filling" and name in ACTIONS):
        everywhere(ctx, argument)
    else:
        ROUTES[ctx.position.name].handle(ctx, event)


def _screen(ctx: StepContext) -> Screen:
    """The screen the person looks at now; showing it must leave no trace."""
    return ROUTES[ctx.position.name].render(replace(ctx, effects=[], notes=[]))


def _offered(ctx: StepContext) -> Screen:
    """The choices of that screen, for a text that may name one of them."""
    route = ROUTES[ctx.position.name]
    return (route.offer or route.render)(replace(ctx, effects=[], notes=[]))


def _shown(ctx: StepContext) -> Step:
    """Show the place one is at, stamped; an in-place change keeps its stamp, as its buttons stay."""
    ctx.conversation = _at_home(ctx.conversation)
    screen = ROUTES[ctx.position.name].render(ctx)
    state = ctx.state
    stamp = state.stamp if ctx.in_place else state.stamp + 1
    last = ctx.at if ctx.event is not None else state.last
    asked = f"{ctx.position.name} {ctx.position.args.get('q', '')}".rstrip()
    since = state.since if asked == state.asked else stamp
    state = replace(state, stamp=stamp, last=last, asked=asked, since=since)
    ctx.conversation = replace(ctx.conversation, state=state)
    shown = replace(
        screen,
        lines=(*ctx.notes, *screen.lines),
        stamp=str(stamp),
        in_place=ctx.in_place,
        chosen_label=ctx.chosen,
    )
    return Step(ctx.conversation, (shown,), tuple(ctx.effects))


def _same(one: Position, other: Position) -> bool:
    return one.name == other.name and one.args.get("q") == other.args.get("q")
