"""Somebody who talks with the machine alone: no database, no clock that runs, and every screen counted."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from dialogs.domain.conversation import Conversation, Draft, Entry, Person, State
from dialogs.domain.effects import FindEntries, FindSimilar, Submission, Submit
from dialogs.domain.events import Chose, Commanded, Event, FileRef, QueryResult, Said, Sent
from dialogs.machine import Step, Tools
from dialogs.screens import Choice, Screen
from storage.calls.calls import annual_call
from tests.driver import IN_SEASON, MACHINE, WORDS

__all__ = ["Talker"]


@dataclass
class Talker:
    """One person at the machine. `screens` are all that they were shown; `sent` what they sent to the register."""

    edition: str
    language: str = "en"
    entries: tuple[Entry, ...] = ()
    at: datetime = IN_SEASON
    screens: list[Screen] = field(default_factory=list)
    sent: Submit | None = None
    conversation: Conversation = field(init=False)

    def __post_init__(self) -> None:
        call = annual_call(2027, lambda year: self.edition)
        person = Person(1, language=self.language, language_chosen=True)
        self.conversation = Conversation(person, State(), entries=self.entries, calls=(call,))

    @property
    def screen(self) -> Screen:
        return self.screens[-1]

    @property
    def question(self) -> str:
        """The id of the open question, or the name of the screen."""
        return self.screen.name.removeprefix("filling/")

    @property
    def draft(self) -> Draft:
        draft = self.conversation.draft
        assert draft is not None
        return draft

    @property
    def codes(self) -> list[str]:
        return [choice.code for row in self.screen.rows for choice in row]

    def choice(self, code: str) -> Choice:
        return next(choice for row in self.screen.rows for choice in row if choice.code == code)

    @property
    def text(self) -> str:
        return "\n".join(WORDS.say(line.text, self.language) for line in self.screen.lines)

    def does(self, command: str) -> Screen:
        return self.plays(Commanded(command, self.at))

    def says(self, text: str) -> Screen:
        return self.plays(Said(text, self.at, ref=f"m{len(self.screens)}"))

    def taps(self, code: str) -> Screen:
        assert code in self.codes, f"{code} is not offered:\n{self.text}\n{self.codes}"
        return self.plays(Chose(code, self.screen.stamp, self.at))

    def sends(self, name: str) -> Screen:
        return self.plays(Sent(FileRef(f"f{len(self.screens)}", "s", name, "image/jpeg", 5), self.at))

    def answers(self, answers: Mapping[str, str], *, until: str, most: int = 120) -> list[str]:
        """Type an answer to each question until a screen is reached; the questions that were answered, in order."""
        asked: list[str] = []
        while self.question != until:
            question = self.question
            assert question in answers, f"no answer to {question}:\n{self.text}"
            asked.append(question)
            assert len(asked) <= most, f"{until} is not reached: {asked}"
            self.says(answers[question])
        return asked

    def plays(self, event: Event) -> Screen:
        self.at = self.at.replace(microsecond=0)
        for _ in range(5):
            step = MACHINE.step(self.conversation, event, Tools(self.at, f"draft{len(self.screens)}"))
            self.conversation = step.conversation
            if step.request is None:
                self.screens += step.screens
                return step.screens[-1]
            event = QueryResult(self._result(step), self.at, step.carried)
        raise AssertionError("a step asked on and on")

    def _result(self, step: Step) -> Any:
        request = step.request
        if isinstance(request, Submit):
            self.sent = request
            drafts = {id: draft for id, draft in self.conversation.drafts.items() if id != request.draft}
            self.conversation = replace(self.conversation, drafts=drafts)
            return Submission("WSIS-2027-000001", request.at, self.at)
        return () if isinstance(request, FindEntries | FindSimilar) else None
