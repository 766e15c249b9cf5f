"""The conversation's state machine: `step(conversation, event) -> what to keep, what to show, what to ask for`.

Theory of operation
-------------------
A person is always at one *place* (a row of `places.PLACES`): home, filling a question, the check, the language.
A place has two functions: `show` makes its screen from what is known, `hear` takes what the person did there.
`hear` never makes a screen. It changes answers (effects), moves to another place and leaves notes; then the
machine shows the place the person is at by then, notes on top. So every event, in every state, ends in a
screen that says where one is and what comes next.

Three things keep this safe against clumsy fingers and slow lines:

* Every new screen has a fresh *stamp*. A press brings its stamp back; an older one is a retired button, which is
  said, and changes nothing. A press is heard only when the present screen really offers that choice.
* Typing is as good as tapping: a text that is the label of a choice on the screen (in any language), its number,
  or a word such as "back", is that choice. Everything else is an answer to the open question.
* The machine does nothing itself. It is pure: the same conversation and event give the same step. What must be
  looked up or done elsewhere is a *request*; its result comes back as the next event, `Replied`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import TypeVar

from dialogs import commands, editing, spoken, unasked
from dialogs.conversation import Conversation, Place
from dialogs.effects import Effect, Request
from dialogs.events import Chose, Commanded, Edited, Event, Located, Outdated, Replied, Said, Sent
from dialogs.messages import Code, M, Message, Value
from dialogs.organizing import desk
from dialogs.organizing.places import open_to
from dialogs.organizing.requests.base import Denied
from dialogs.organizing.requests.desk import AnswerByReply, Letter
from dialogs.organizing.roles import Right, may
from dialogs.places import DRAFTLESS, OWNERS, PLACES
from dialogs.questionnaire.portion import Portion, portion
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.searching import search
from dialogs.showing import draft_name
from dialogs.talk import Talk, Tools, World
from dialogs.ways import WAYS

__all__ = ["Carried", "Machine", "Step", "Tools", "World"]

T = TypeVar("T")

PAUSE = timedelta(hours=6)
"""After so long, a line says where one was."""

OUR_MISTAKE = M("odd.our_mistake")


@dataclass(frozen=True, slots=True)
class Carried:
    """What a step wanted said while it waits for its request: goes along in `Replied` and is shown then."""

    notes: tuple[Line, ...] = ()
    chosen: Value | None = None
    said: Said | None = None  # a text that may be an answer to a letter, else what it would be anyway


@dataclass(frozen=True, slots=True)
class Step:
    """What an event came to. While `request` waits for its answer there are no screens yet."""

    conversation: Conversation
    screens: tuple[Screen, ...] = ()
    effects: tuple[Effect, ...] = ()
    request: Request | None = None
    carried: Carried = Carried()


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
        talk = Talk(_at_home(conversation), self.world, tools, event)
        before = talk.place
        if note is not None:
            talk.note(note)
        if isinstance(event, Said | Sent | Located) and _is_gone(conversation):
            talk.open_draft(None)
            talk.error(M("draft.not_open"))
            return _shown(talk)
        if isinstance(event, Replied) and before != conversation.state.place:
            return _shown(talk)  # the place that asked is closed to them by now
        _summed_up_after_a_pause(talk, event)
        _heard(talk, event)
        if talk.link is not None:
            commands.follow(talk, talk.link)
        if talk.request is not None:
            said = event if isinstance(event, Said) and isinstance(talk.request, AnswerByReply) else None
            carried = Carried(tuple(talk.notes), talk.chosen, said)
            return Step(talk.conversation, effects=tuple(talk.effects), request=talk.request, carried=carried)
        talk.in_place = talk.in_place and _same(before, talk.place)
        return _shown(talk)

    def portion(self, version: str, sections: tuple[str, ...]) -> Portion:
        """What a colleague gets of a draft of this questionnaire's version, of which they were handed sections."""
        return portion(self.world.questionnaire(version), sections)

    def show(self, conversation: Conversation, tools: Tools) -> Step:
        """Show where the person is, changing nothing but the stamp."""
        return self._on_what_is_readable(conversation, tools, lambda there: _shown(Talk(there, self.world, tools)))

    def search(self, conversation: Conversation, text: str, tools: Tools) -> list[Value]:
        """Names of the open question's options that match what somebody has typed so far; changes nothing."""
        return self._on_what_is_readable(
            conversation, tools, lambda there: search(Talk(there, self.world, tools), text)
        )

    def stumble(self, conversation: Conversation, tools: Tools, what: Message = OUR_MISTAKE) -> Step:
        """Say that the mistake was ours, and `what` it means for them. An open question stays open; any other place is
        left for home, as what it keeps may be the reason, and the same event would fail there for ever.
        """

        def say(there: Conversation) -> Step:
            if there.state.place.name in DRAFTLESS:
                there = replace(there, state=replace(there.state, place=Place("home"), trail=()))
            talk = Talk(there, self.world, tools)
            talk.error(what)
            return _shown(talk)

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
        here = state.place if self._is_readable(conversation, state.place, tools) else Place("home")
        if here == state.place and trail == state.trail:
            return conversation
        return replace(conversation, state=replace(state, place=here, trail=trail))

    def _is_readable(self, conversation: Conversation, place: Place, tools: Tools) -> bool:
        there = _at_home(replace(conversation, state=replace(conversation.state, place=place)))
        try:
            _screen(Talk(there, self.world, tools))
        except Exception:  # noqa: BLE001  whatever it is, nothing can be seen there
            return False
        return True


def _at_home(conversation: Conversation) -> Conversation:
    """Home, when the place is unknown, closed to this person, or about a draft that is gone."""
    place, draft = conversation.state.place, conversation.draft
    lost = place.name not in PLACES or not open_to(conversation.role, place.name)
    closed = place.name in OWNERS and draft is not None and draft.is_handed
    if not (lost or closed or _is_gone(conversation)):
        return conversation
    return replace(conversation, state=replace(conversation.state, place=Place("home")))


def _is_gone(conversation: Conversation) -> bool:
    """Whether the place is about a draft that is open to this person no more: sent, discarded, or taken back."""
    draft = conversation.draft
    known = conversation.state.place.name in PLACES and conversation.state.place.name not in DRAFTLESS
    return known and (draft is None or draft.discarded is not None)


def _summed_up_after_a_pause(talk: Talk, event: Event) -> None:
    last = talk.state.last
    away = last is not None and talk.at - last > PAUSE
    if away and talk.place.name == "filling" and talk.draft is not None and not isinstance(event, Commanded):
        left = len(talk.journey.open())
        talk.note(M("continue.note", left, name=draft_name(talk.draft)))


def _heard(talk: Talk, event: Event) -> None:
    if isinstance(event, Commanded):
        commands.command(talk, event)
    elif isinstance(event, Edited):
        editing.edited(talk, event)
    elif isinstance(event, Chose):
        _chose(talk, event)
    elif isinstance(event, Said):
        _said(talk, event)
    elif isinstance(event, Replied):
        _replied(talk, event)
    elif isinstance(event, Outdated):
        talk.note(M("odd.earlier_question"))
    else:
        PLACES[talk.place.name].hear(talk, event)


def _replied(talk: Talk, event: Replied) -> None:
    """What was asked for came back. Who lost the right to it meanwhile is at home already, and nothing is said."""
    if isinstance(event.carried, Carried) and event.carried.said is not None:
        if isinstance(event.result, Letter):
            desk.sent(talk, event.result)
        else:
            _said(talk, replace(event.carried.said, reply=None))
        return
    if isinstance(event.result, Denied):
        return
    if isinstance(event.carried, Carried):
        talk.notes.extend(event.carried.notes)
        talk.chosen = event.carried.chosen
    PLACES[talk.place.name].hear(talk, event)


def _chose(talk: Talk, event: Chose) -> None:
    """A press: on an announcement or reminder at any time, else only on the newest screen's choices."""
    if unasked.chosen(talk, event.code):
        return
    choice = _screen(talk).choice(event.code)
    if event.place != str(talk.state.stamp) or choice is None:
        talk.note(M("odd.old_button"))
    else:
        _press(talk, choice, event)


def _press(talk: Talk, choice: Choice, event: Chose) -> None:
    """A choice of the screen, tapped or named. Where it copies or opens something, that is shown to those who typed."""
    shown = choice.copies or choice.url
    if shown is not None:
        talk.note(Code(shown), Kind.QUOTE)
    else:
        _follow(talk, event)


def _said(talk: Talk, event: Said) -> None:
    """A text: the name of a choice on the screen, a word for a way on, else what the place makes of it.

    An organizer's reply to one of our messages may answer a letter: the store knows.
    """
    if event.reply is not None and may(talk.conversation.role, Right.HELP) and event.text.strip():
        talk.ask(AnswerByReply(event.reply, event.text.strip()[: desk.LONGEST]))
        return
    screen = _screen(talk)
    meant = spoken.meant(talk, screen, event.text)
    choice = screen.choice(meant.code) if isinstance(meant, Chose) else None
    if isinstance(meant, Commanded):
        commands.command(talk, meant)
    elif meant is None or choice is None:
        PLACES[talk.place.name].hear(talk, event)
    else:
        _press(talk, choice, meant)


def _follow(talk: Talk, event: Chose) -> None:
    """Follow a choice: the ways that mean the same everywhere, else what the place makes of it."""
    everywhere = commands.EVERYWHERE.get(event.code)
    if everywhere is not None and not (talk.place.name == "filling" and event.code in WAYS):
        everywhere(talk, "")
    else:
        PLACES[talk.place.name].hear(talk, event)


def _screen(talk: Talk) -> Screen:
    """The screen the person looks at now; showing it must leave no trace."""
    return PLACES[talk.place.name].show(replace(talk, effects=[], notes=[]))


def _shown(talk: Talk) -> Step:
    """Show the place one is at, stamped; an in-place change keeps its stamp, as its buttons stay."""
    talk.conversation = _at_home(talk.conversation)
    screen = PLACES[talk.place.name].show(talk)
    state = talk.state
    stamp = state.stamp if talk.in_place else state.stamp + 1
    last = talk.at if talk.event is not None else state.last
    asked = f"{talk.place.name} {talk.place.args.get('q', '')}".rstrip()
    since = state.since if asked == state.asked else stamp
    state = replace(state, stamp=stamp, last=last, asked=asked, since=since)
    talk.conversation = replace(talk.conversation, state=state)
    shown = replace(
        screen,
        lines=(*talk.notes, *screen.lines),
        place=str(stamp),
        in_place=talk.in_place,
        chosen_label=talk.chosen,
    )
    return Step(talk.conversation, (shown,), tuple(talk.effects))


def _same(one: Place, other: Place) -> bool:
    return one.name == other.name and one.args.get("q") == other.args.get("q")
