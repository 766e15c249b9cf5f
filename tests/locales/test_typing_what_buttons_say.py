"""Whatever stands on a button may be typed instead, in every language, on every screen of a walk."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from dialogs.domain.conversation import Answer, Conversation, Draft
from dialogs.domain.events import Chose, Commanded, Event, Said
from dialogs.domain.questionnaire import QuestionKind
from dialogs.machine import Step
from dialogs.questionnaire.journey import Journey
from dialogs.screens import Choice, Screen
from tests.dialogs.test_any_events import Walker
from tests.driver import MACHINE, WORDS
from tests.locales.reading import reader
from tests.samples import ANSWERS

SEVERAL = (QuestionKind.SEVERAL, QuestionKind.COUNTRIES)


@pytest.mark.feature("C7")
@pytest.mark.parametrize("language", WORDS.languages)
def test_typing_what_a_button_says_is_pressing_it(language: str) -> None:
    walker = reader(language)
    seen: set[str] = set()
    for screen in _screens_of_a_walk(walker):
        for choice in (choice for row in screen.rows for choice in row):
            _typed_is_tapped(walker, screen, choice, language)
        seen.add(screen.name)
    assert {"home", "sections", "review", "sent", "filling/lines", "filling/results", "filling/targets"} <= seen


def _screens_of_a_walk(walker: Walker) -> Iterator[Screen]:
    """Every screen from the first to the receipt, those that lie beside the way too."""
    for command in ("start", "language", "help", "drafts", "reminders", "mydata", "deadline", "sections", "new"):
        yield walker.play(Commanded(command, walker.at))
    while walker.screens[-1].name != "review":
        question = walker.screens[-1].name.removeprefix("filling/")
        yield walker.play(Said(ANSWERS[question], walker.at, ref=f"m{walker.count}"))
        if question in ("title", "lines"):
            yield from _beside(walker)
    yield walker.play(Chose(".send", walker.screens[-1].stamp, walker.at))
    yield walker.play(Commanded("start", walker.at))


def _beside(walker: Walker) -> Iterator[Screen]:
    """The places one can look at in between."""
    for command in ("sections", "review", "drafts", "start", "continue"):
        yield walker.play(Commanded(command, walker.at))


def _typed_is_tapped(walker: Walker, screen: Screen, choice: Choice, language: str) -> None:
    label = WORDS.say(choice.label, language)
    tapped = _step(walker, Chose(choice.code, screen.stamp, walker.at))
    typed = _step(walker, Said(label, walker.at))
    told = f"«{label}» typed on {screen.name} is not what {choice.code} does"
    if _is_toggle(walker.conversation, screen, choice):
        assert choice.code in _answered(typed, screen), told
    else:
        assert _came_to(typed) == _came_to(tapped), told


def _step(walker: Walker, event: Event) -> Step:
    return MACHINE.step(walker.conversation, event, replace(walker.tools(), fresh="fresh"))


def _is_toggle(conversation: Conversation, screen: Screen, choice: Choice) -> bool:
    """An option of several: tapped, it is ticked; typed, it is the answer."""
    draft = conversation.draft
    if draft is None or not screen.name.startswith("filling/") or choice.code.startswith("."):
        return False
    journey = Journey(MACHINE.world.questionnaires[draft.version], draft)
    return journey.by_key[str(conversation.state.position.args["q"])].question.kind in SEVERAL


def _answered(step: Step, screen: Screen) -> list[str]:
    draft = step.conversation.draft
    assert draft is not None
    found = [answer.value for key, answer in draft.answers.items() if key.startswith(screen.name[8:])]
    return [str(code) for value in found if isinstance(value, list) for code in value]


def _came_to(step: Step) -> Any:
    """Where one is, what is answered and what was asked for: all but how it came in."""
    state = step.conversation.state
    drafts = {id: _plain(draft) for id, draft in step.conversation.drafts.items()}
    return state.position, state.draft, state.trail, drafts, step.conversation.person, step.request


def _plain(draft: Draft) -> dict[str, Answer]:
    return {key: replace(answer, ref=None, pieces=()) for key, answer in draft.answers.items()}


@pytest.mark.feature("C7")
@pytest.mark.parametrize("language", WORDS.languages)
def test_a_number_on_a_button_may_be_another_one_by_now(language: str) -> None:
    walker = reader(language)
    for screen in _screens_of_a_walk(walker):
        choice = screen.choice(".skip_section")
        if choice is not None and not isinstance(choice.label, str):
            label = WORDS.say(replace(choice.label, count=73), language)  # type: ignore[type-var]
            tapped = _step(walker, Chose(choice.code, screen.stamp, walker.at))
            assert _came_to(_step(walker, Said(label, walker.at))) == _came_to(tapped), label
            return
    raise AssertionError("no screen offered to skip several questions")
