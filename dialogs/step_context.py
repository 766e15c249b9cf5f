"""A step while it is being made: what handlers read, and the few things they can do.

A handler never returns screens: it changes answers, moves to a place and leaves notes. When it is done, the
machine shows the place the person is then at, with the notes above. So every event in every state ends in a
screen that says where one is.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from dialogs.domain.conversation import Answer, AnswerStatus, Call, CallState, Conversation, Draft, Position, State
from dialogs.domain.effects import AnswerGiven, AnswerRemoved, Effect, PersonChanged, Query
from dialogs.domain.events import Event, FileRef
from dialogs.domain.messages import Message, Value
from dialogs.domain.questionnaire import QuestionKind, Questionnaire
from dialogs.domain.values.geneva import GENEVA
from dialogs.questionnaire.journey import Journey
from dialogs.reducer import reduce
from dialogs.screens import Kind, Line
from dialogs.text.language_detection import language_of
from dialogs.text.vocabulary import Vocabulary

__all__ = ["GENEVA", "StepContext", "Tools", "World"]


@dataclass(frozen=True, slots=True)
class World:
    """What never changes while the service runs: the questionnaires by version, words to understand, and whether
    letters can be sent by mail.
    """

    questionnaires: Mapping[str, Questionnaire]
    vocabulary: Vocabulary
    letters: bool = False

    def questionnaire(self, version: str) -> Questionnaire:
        """The questionnaire of a version; the newest one when there is none such any more."""
        return self.questionnaires.get(version) or self.questionnaires[max(self.questionnaires)]

    def edition_of(self, year: int) -> str:
        """The version that a new call of this year asks: the year's newest edition, else the newest of all."""
        of_the_year = (version for version in self.questionnaires if version.startswith(str(year)))
        return max(of_the_year, default=max(self.questionnaires))


@dataclass(frozen=True, slots=True)
class Tools:
    """What a pure step cannot make itself: the present moment, and a fresh random id."""

    now: datetime
    fresh: str


@dataclass
class StepContext:
    """One step in the making. `at` is when the person sent the event: what counts for a deadline."""

    conversation: Conversation
    world: World
    tools: Tools
    event: Event | None = None
    effects: list[Effect] = field(default_factory=list)
    notes: list[Line] = field(default_factory=list)
    request: Query | None = None
    in_place: bool = False
    chosen: Value | None = None
    link: str | None = None  # the payload of a link that is to be followed now
    sends: tuple[str, ...] = ()  # formats of the template that go out with the next screen
    _journeys: dict[str, Journey] = field(default_factory=dict)  # by draft; a context made from this one shares them

    @property
    def at(self) -> datetime:
        return self.event.at if self.event else self.tools.now

    @property
    def state(self) -> State:
        return self.conversation.state

    @property
    def position(self) -> Position:
        return self.state.position

    @property
    def args(self) -> Mapping[str, Any]:
        return self.state.position.args

    @property
    def language(self) -> str:
        return self.conversation.person.language

    @property
    def draft(self) -> Draft | None:
        return self.conversation.draft

    @property
    def call(self) -> Call | None:
        """The call of the open draft, else the newest one."""
        draft = self.draft
        if draft is not None:
            for call in self.conversation.calls:
                if call.code == draft.call:
                    return call
        return self.conversation.call

    @property
    def open_for_changes(self) -> bool:
        """Whether what the person sent was sent in time: what a reviewer asked back has a time of its own."""
        correction = self.conversation.correction
        if correction is not None:
            return correction.is_open(self.at)
        return self.call is not None and self.call.state(self.at) is CallState.OPEN

    @property
    def journey(self) -> Journey:
        """The journey of the open draft as it stands at this point of the step."""
        draft = self.draft
        if draft is None:
            raise LookupError("no draft is open")
        return self.journey_of(draft)

    def journey_of(self, draft: Draft) -> Journey:
        """The journey of a draft. A draft is a value: as long as it is the same one, so is its journey."""
        known = self._journeys.get(draft.id)
        if known is None or known.draft is not draft:
            questionnaire, today = self.world.questionnaire(draft.version), self.at.astimezone(GENEVA).date()
            languages = tuple(self.world.vocabulary.languages)
            known = self._journeys[draft.id] = Journey(questionnaire, draft, today=today, languages=languages)
        return known

    def goto(self, name: str, /, **args: Any) -> None:
        """Move to a place."""
        self._set(position=Position(name, args), misses=0)

    def update(self, **args: Any) -> None:
        """Change arguments of the place one is at; None removes one."""
        kept = {key: value for key, value in {**self.args, **args}.items() if value is not None}
        self._set(position=Position(self.position.name, kept))

    def push(self, name: str, /, **args: Any) -> None:
        """Move to a place from which `pop` leads back."""
        trail = (*self.state.trail[-3:], self.position)
        self._set(trail=trail, position=Position(name, args))

    def pop(self) -> None:
        """Go back to where `push` came from; home when there is nowhere."""
        trail = self.state.trail
        self._set(position=trail[-1] if trail else Position("home"), trail=trail[:-1])

    def reset_to(self, name: str) -> None:
        """Move to a place, forgetting every other place one has been."""
        self._set(position=Position(name), trail=(), draft=None, misses=0)

    def open_draft(self, draft: str | None) -> None:
        self._set(draft=draft)

    def outdo(self, stamp: int) -> None:
        """See to it that buttons up to this stamp count as old from now on."""
        self._set(stamp=max(self.state.stamp, stamp))

    def missed(self) -> int:
        """Count a bad answer; how many there were in a row."""
        self._set(misses=self.state.misses + 1)
        return self.state.misses

    def note(self, text: Value, kind: Kind = Kind.NOTE) -> None:
        """Say something above the next screen."""
        self.notes.append(Line(kind, text))

    def error(self, text: Message) -> None:
        self.note(text, Kind.ERROR)

    def do(self, effect: Effect) -> None:
        """Want an effect; the conversation shows it at once."""
        self.effects.append(effect)
        self.conversation = reduce(effect, self.conversation)

    def ask(self, request: Query) -> None:
        """Ask the turn for something; the answer comes to the place one is at by then."""
        self.request = request

    def change_person(self, **fields: Any) -> None:
        self.do(PersonChanged(fields))

    def give(
        self,
        key: str,
        value: Any,
        *,
        given: AnswerStatus = AnswerStatus.ANSWERED,
        ref: str | None = None,
        pieces: tuple[str, ...] = (),
        file: FileRef | None = None,
    ) -> None:
        """Keep an answer in the open draft."""
        draft = self.draft
        if draft is None:
            raise LookupError("no draft is open")
        by = self.conversation.person.id
        answer = Answer(value, self.at, given, ref, by, pieces, self._language_of(draft, key, value))
        self.do(AnswerGiven(draft.id, key, answer, file))

    def _language_of(self, draft: Draft, key: str, value: Any) -> str | None:
        question = self.journey_of(draft).questionnaire.by_id.get(key.partition("@")[0])
        has_words = question is not None and question.kind in (QuestionKind.TEXT, QuestionKind.LONG_TEXT)
        return language_of(value, self.language) if has_words and isinstance(value, str) else None

    def take_back(self, key: str) -> None:
        """Remove an answer of the open draft."""
        draft = self.draft
        if draft is not None and key in draft.answers:
            self.do(AnswerRemoved(draft.id, key, self.at))

    def _set(self, **changes: Any) -> None:
        self.conversation = replace(self.conversation, state=replace(self.state, **changes))
