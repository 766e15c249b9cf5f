"""The journey: which questions this person is asked, in which order, and how each one stands.

A question is on the journey when its section's condition and its own hold for the answers so far. An answer
whose question has left the journey is set aside simply by that: it stays in the draft, counts for nothing,
and comes back when its question does. A question asked once per goal is on it once per chosen goal, under a
key such as `targets@4`; neighbours that repeat over the same goals take turns, goal by goal.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from functools import cached_property
from itertools import groupby

from dialogs.domain.conversation import Answer, AnswerStatus, Draft
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Question, Questionnaire, Section
from dialogs.questionnaire.facts import OFFICIAL, Facts

__all__ = ["NO_CHANGE", "SHORT_WAY", "STAYS_WITH", "Journey", "Status", "Stop"]

SHORT_WAY = "short_way"
"""Kept among a draft's answers when its person asked for the required questions only."""

STAYS_WITH = "stays_with"
"""Kept among a draft's answers when its person preferred its own questionnaire to a newer version."""

NO_CHANGE = "no_change"
"""The answer to "What has changed?" by which an earlier entry is confirmed as it is."""

NO_ANSWERS = frozenset({SHORT_WAY, STAYS_WITH})
"""What is kept among the answers and is none."""


class Status(StrEnum):
    OPEN = "open"
    DONE = "done"
    SKIPPED = "skipped"
    PASSED = "passed"  # optional, and only the required ones are wanted
    KEPT = "kept"  # stands as it was in the entry being updated


@dataclass(frozen=True, slots=True)
class Stop:
    """One question of the journey, as asked once. `member` is the goal of a repeated one (`"4"`).

    `frozen`: its answer can no longer be changed.
    """

    key: str
    question: Question
    section: str
    required: bool
    member: str | None = None
    frozen: bool = False


@dataclass(frozen=True)
class Journey:
    """The stops of one draft on a day. Build a new one after each change of the draft.

    `today`: the day in Geneva, for questions that a date makes required or freezes; None: no date has come.
    `languages`: those that are offered, of which there can be more than the six.
    """

    questionnaire: Questionnaire
    draft: Draft
    prize_open: bool = True
    today: date | None = None
    languages: tuple[str, ...] = OFFICIAL

    @cached_property
    def facts(self) -> Facts:
        return Facts(self.draft, self.prize_open, self.languages, self.questionnaire.ids)

    @cached_property
    def sections(self) -> tuple[Section, ...]:
        """The sections this person goes through; a colleague sees only those handed to them."""
        mine = self.draft.sections
        return tuple(
            section
            for section in self.questionnaire.sections
            if self.facts.holds(section.ask_if) and (not mine or section.id in mine)
        )

    @cached_property
    def stops(self) -> tuple[Stop, ...]:
        """Every question that this person is asked, in order."""
        return tuple(stop for section in self.sections for stop in self._stops_of(section))

    @cached_property
    def by_key(self) -> dict[str, Stop]:
        return {stop.key: stop for stop in self.stops}

    def status(self, stop: Stop) -> Status:
        """How the stop stands. Found once for each: a screen asks about all of them several times."""
        found = self._statuses.get(stop.key)
        if found is None:
            found = self._statuses[stop.key] = self._status(stop)
        return found

    @cached_property
    def _statuses(self) -> dict[str, Status]:
        return {}

    def _status(self, stop: Stop) -> Status:
        answer = self.draft.answers.get(stop.key)
        if answer is not None and answer.given is AnswerStatus.ANSWERED:
            return Status.DONE
        if answer is None and (self.confirms or self._waits(stop)):
            return Status.KEPT if self.confirms else Status.PASSED
        if answer is None and stop.required and self.draft.previous.get(stop.key, ...) is None:
            return Status.OPEN  # it was answered in words that mean something else now
        if answer is not None and answer.given is AnswerStatus.SKIPPED and not stop.required:
            return Status.SKIPPED
        settled = stop.key in self.draft.previous or not stop.required
        if answer is None and settled and not self.walked(stop.section, stop.question):
            return Status.KEPT
        if SHORT_WAY in self.draft.answers and not stop.required and answer is None:
            return Status.PASSED
        return Status.OPEN

    @cached_property
    def confirms(self) -> bool:
        """Whether all that its person says of their earlier entry is that it is still true."""
        said = self.draft.answers.get(self.questionnaire.id_of(QuestionRole.UPDATE_SCOPE))
        nothing = said is not None and said.given is AnswerStatus.ANSWERED and said.value == [NO_CHANGE]
        return nothing and self.draft.revises is not None and bool(self.draft.previous)

    def walked(self, section: str, question: Question | None = None) -> bool:
        """Whether old answers of this section, or to this question, are gone through; else they are kept unasked."""
        if self.draft.revises is None or any(each.always for each in self.sections if each.id == section):
            return True
        scopes = self.questionnaire.scopes
        scope = self.facts.played(QuestionRole.UPDATE_SCOPE) or ()
        opened = {each for part in scope for each in scopes.get(part, ())}
        goals = self.questionnaire.section_of.get(self.questionnaire.id_of(QuestionRole.GOALS_CONFIRMED))
        if section == goals and not self.facts.goals_stand:
            return True
        return section in opened or (question is not None and question.id in opened)

    def wording(self, question: Question) -> str:
        """The key of the words in which the question is put as things stand."""
        other = (each.words for each in question.wordings if self.facts.holds(each.when))
        words = next(other, None)
        return question.ask.key if words is None else f"question.{words}.ask"

    def _waits(self, stop: Stop) -> bool:
        """Whether the question is asked about this goal only when somebody wants it."""
        narrowed = stop.question.asked_for
        return narrowed is not None and not stop.required and stop.member != self.facts.fact(narrowed)

    def cannot_wait(self, stop: Stop) -> bool:
        """Whether the stop is in the section of the agreement, which all else depends on."""
        agreement = self.questionnaire.id_of(QuestionRole.AGREEMENT)
        return stop.section == self.questionnaire.section_of.get(agreement)

    def old(self, stop: Stop) -> object | None:
        """The answer of the entry being updated (or of one's last entry), while it isn't replaced."""
        return None if stop.key in self.draft.answers else self.draft.previous.get(stop.key)

    def answer(self, stop: Stop) -> Answer | None:
        return self.draft.answers.get(stop.key)

    def open(self) -> tuple[Stop, ...]:
        """The stops still to be answered, in order; not those that are with a colleague."""
        return self._open

    @cached_property
    def _open(self) -> tuple[Stop, ...]:
        return tuple(s for s in self.stops if self.status(s) is Status.OPEN and s.section not in self.draft.handed)

    def could_add(self) -> tuple[Stop, ...]:
        """What is passed over while only the required questions are asked, without what waits to be wanted."""
        return tuple(s for s in self.stops if self.status(s) is Status.PASSED and not self._waits(s))

    def next_open(self, key: str | None = None) -> Stop | None:
        """The first open stop after `key`, else the first open one of all, else None: all is answered."""
        after = self.index(key) + 1 if key is not None else 0
        open_ = self.open()
        return next((stop for stop in open_ if self.index(stop.key) >= after), open_[0] if open_ else None)

    def before(self, key: str) -> Stop | None:
        """The stop before `key`, whatever its status; None at the first."""
        index = self.index(key)
        return self.stops[index - 1] if index > 0 else None

    def after(self, key: str) -> Stop | None:
        """The stop after `key`, whatever its status; None at the last."""
        index = self.index(key)
        return self.stops[index + 1] if 0 <= index < len(self.stops) - 1 else None

    def index(self, key: str) -> int:
        """Where `key` stands, from 0; -1 when it isn't on the journey."""
        return self._positions.get(key, -1)

    def of(self, section: str) -> tuple[Stop, ...]:
        """The stops of a section, in order."""
        return self._by_section.get(section, ())

    def set_aside(self) -> frozenset[str]:
        """Keys of answers whose questions are not on the journey now."""
        return frozenset(
            key
            for key, answer in self.draft.answers.items()
            if key not in self.by_key and key not in NO_ANSWERS and answer.given is AnswerStatus.ANSWERED
        )

    @cached_property
    def _by_section(self) -> dict[str, tuple[Stop, ...]]:
        return {section: tuple(stops) for section, stops in groupby(self.stops, key=lambda stop: stop.section)}

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {stop.key: index for index, stop in enumerate(self.stops)}

    def _stops_of(self, section: Section) -> Iterator[Stop]:
        asked = [q for q in section.questions if self._is_asked(q)]
        for repeat, group in groupby(asked, key=lambda question: question.repeat_for):
            if repeat is None:
                yield from (self._stop(question, section) for question in group)
            else:
                questions = list(group)
                for member in self.facts.fact(repeat) or ():
                    yield from (self._stop(question, section, member) for question in questions)

    def _stop(self, question: Question, section: Section, member: str | None = None) -> Stop:
        required = question.required
        if question.required_if is not None or question.required_for is not None:
            is_named = question.required_for is not None and member == self.facts.fact(question.required_for)
            required = is_named or (question.required_if is not None and self.facts.holds(question.required_if))
        required = required or self._has_come(question.required_from)
        key = question.id if member is None else f"{question.id}@{member}"
        return Stop(key, question, section.id, required, member, self._has_come(question.frozen_from))

    def _is_asked(self, question: Question) -> bool:
        given = not question.only_if_given or self.facts.value(question.id) is not None
        return given and self.facts.holds(question.ask_if) and not self._missed(question)

    def _missed(self, question: Question) -> bool:
        """Whether a question was frozen without an answer: it is not asked any more."""
        return self._has_come(question.frozen_from) and not any(
            key.partition("@")[0] == question.id for key in (*self.draft.answers, *self.draft.previous)
        )

    def _has_come(self, day: date | None) -> bool:
        return day is not None and self.today is not None and self.today >= day
