"""Whatever people do, in whatever order: every event ends in a screen, and nothing but effects changes answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.commands import COMMANDS
from dialogs.domain.conversation import Answer, AnswerStatus, Conversation, Person, State
from dialogs.domain.effects import FindEntries, FindSimilar, GatherMyData, Submission, Submit, UnwantedTopics
from dialogs.domain.events import Chose, Commanded, Edited, Event, FileRef, Located, Odd, QueryResult, Said, Sent
from dialogs.domain.link_requests import OfferJoin
from dialogs.machine import Step, Tools
from dialogs.reducer import reduce_all
from dialogs.screens import Kind, Screen
from tests.driver import IN_SEASON, MACHINE
from tests.samples import ANSWERS

TEXTS = [
    *ANSWERS.values(),
    "",
    " ",
    "7",
    "٣",
    "back",
    "skip",
    "done",
    "help",
    "what is 9.c?",
    "نعم",
    "да",
    "是",
    "🇰🇪",
    "\u202e",
    "x" * 5000,
]

ACTS = st.one_of(
    st.tuples(st.just("say"), st.sampled_from(TEXTS) | st.text(max_size=30)),
    st.tuples(st.just("answer"), st.none()),
    st.tuples(st.just("answer"), st.none()),
    st.tuples(st.just("tap"), st.integers(0, 40)),
    st.tuples(st.just("tap"), st.integers(0, 40)),
    st.tuples(st.just("old"), st.integers(0, 40)),
    st.tuples(st.just("press"), st.text(max_size=12)),
    st.tuples(st.just("command"), st.sampled_from(sorted(COMMANDS)) | st.text(max_size=8)),
    st.tuples(st.just("file"), st.sampled_from(["image/jpeg", "application/x-sh", ""])),
    st.tuples(st.just("odd"), st.sampled_from(["sticker", "poll", "whatever"])),
    st.tuples(st.just("edit"), st.sampled_from(TEXTS)),
    st.tuples(st.just("place"), st.just(None)),
    st.tuples(st.just("wait"), st.integers(1, 200)),
)


class Walker:
    """Plays events at the machine, keeping the conversation as the store would."""

    def __init__(self, call: Any) -> None:
        self.conversation = Conversation(Person(1), State(), calls=(call,))
        self.at = IN_SEASON
        self.screens: list[Screen] = []
        self.count = 0

    def tools(self) -> Tools:
        self.count += 1
        return Tools(self.at, f"draft{self.count}")

    def play(self, event: Event) -> Screen:
        for _ in range(5):
            before = self.conversation
            step = MACHINE.step(before, event, self.tools())
            kept = reduce_all(before, step.effects)
            assert (kept.drafts, kept.person) == (step.conversation.drafts, step.conversation.person)
            self.conversation = step.conversation
            if step.request is None:
                self.screens += step.screens  # none where an edit changed nothing: the newest one stands
                return self.screens[-1]
            event = QueryResult(self.result(step), self.at, step.carried)
        raise AssertionError("a step asked on and on")

    def result(self, step: Step) -> Any:
        request = step.request
        if isinstance(request, Submit):
            drafts = {id: d for id, d in self.conversation.drafts.items() if id != request.draft}
            self.conversation = replace(self.conversation, drafts=drafts)
            return Submission("WSIS-2027-000001", request.at, self.at)
        if isinstance(request, FindEntries | FindSimilar | UnwantedTopics):
            return ()
        return "{}" if isinstance(request, GatherMyData) else "ABCD-EFGH" if isinstance(request, OfferJoin) else None

    def event(self, act: str, what: Any) -> Event:
        screen = self.screens[-1]
        if act == "answer":
            return Said(ANSWERS.get(screen.name.removeprefix("filling/"), "1"), self.at, ref=f"m{self.count}")
        if act in ("tap", "old"):
            shown = screen if act == "tap" else self.screens[what % len(self.screens)]
            choices = [choice for row in shown.rows for choice in row]
            code = choices[what % len(choices)].code if choices else "none"
            return Chose(code, shown.stamp, self.at)
        if act == "file":
            return Sent(FileRef(f"f{self.count}", "s", "a.jpg", what, 5), self.at, caption="A caption")
        made: dict[str, Callable[[], Event]] = {
            "say": lambda: Said(what, self.at, ref=f"m{self.count}"),
            "press": lambda: Chose(what, screen.stamp, self.at),
            "command": lambda: Commanded(what, self.at, "continue-x"),
            "place": lambda: Located(-0.1, 34.8, self.at),
            "odd": lambda: Odd(what, self.at),
            "edit": lambda: Edited(what, f"m{max(0, self.count - 2)}", self.at),
        }
        return made[act]()


@pytest.mark.feature("C16", "D1")
@settings(max_examples=120, deadline=None)
@given(st.lists(ACTS, max_size=60))
def test_any_events_in_any_order_end_in_a_screen_that_says_where_one_is(acts: list[tuple[str, Any]]) -> None:
    from storage.calls.calls import annual_call

    walker = Walker(annual_call(2027))
    walker.play(Commanded("new", walker.at))
    for act, what in acts:
        if act == "wait":
            walker.at += timedelta(days=what)
            continue
        screen = walker.play(walker.event(act, what))
        assert any(line.kind is Kind.TITLE for line in screen.lines), screen
        codes = [choice.code for row in screen.rows for choice in row]
        assert len(codes) == len(set(codes)), f"two choices with one code on {screen.name}"
        assert all(len(f"{screen.stamp}|{code}".encode()) <= 64 for code in codes), codes


def at_a_question(walker: Walker, acts: list[tuple[str, Any]]) -> Walker:
    """Walk at random within the season; a draft is open at the end."""
    walker.play(Commanded("new", walker.at))
    for act, what in acts:
        if act != "wait":
            walker.play(walker.event(act, what))
    walker.play(Commanded("continue", walker.at))
    if walker.conversation.draft is None:
        walker.play(Commanded("new", walker.at))
    return walker


def settled(walker: Walker) -> dict[str, dict[str, Answer]]:
    """What has been answered in each draft."""
    drafts = walker.conversation.drafts.items()
    return {id: {k: a for k, a in d.answers.items() if a.given is AnswerStatus.ANSWERED} for id, d in drafts}


def _holds(answer: Answer | None, before: Answer) -> bool:
    """Whether an answer is still there; a list may have grown."""
    if answer is None or not isinstance(before.value, list):
        return answer is not None and answer.value == before.value
    return isinstance(answer.value, list) and set(before.value) <= set(answer.value)


def season() -> Walker:
    from storage.calls.calls import annual_call

    return Walker(annual_call(2027))


@pytest.mark.feature("D1", "N3")
@settings(max_examples=120, deadline=None)
@given(st.lists(ACTS, max_size=50), ACTS)
def test_an_event_touches_no_answer_but_that_of_the_open_question(
    acts: list[tuple[str, Any]], last: tuple[str, Any]
) -> None:
    walker = at_a_question(season(), acts)
    if last[0] in ("wait", "edit") or (last[0] == "command" and last[1] in ("forget", "submit")):
        return
    here, before = str(walker.conversation.state.position.args.get("q")), settled(walker)
    walker.play(walker.event(*last))
    drafts = walker.conversation.drafts
    for draft, answers in before.items():
        if draft in drafts:
            lost = {k: a for k, a in answers.items() if k != here and not _holds(drafts[draft].answers.get(k), a)}
            assert not lost, f"{last} at {here} lost {lost}"


@pytest.mark.feature("C1")
@settings(max_examples=120, deadline=None)
@given(st.lists(ACTS, max_size=50))
def test_back_and_forward_again_is_as_if_nothing_had_been(acts: list[tuple[str, Any]]) -> None:
    walker = at_a_question(season(), acts)
    conversation, screen = walker.conversation, walker.screens[-1]
    if conversation.state.position.name != "filling" or screen.choice(".back") is None:
        return
    there = walker.play(Chose(".back", screen.stamp, walker.at))
    if there.choice(".next") is None:
        return
    again = walker.play(Chose(".next", there.stamp, walker.at))
    assert again.name == screen.name
    assert walker.conversation.drafts == conversation.drafts


@pytest.mark.feature("C15", "C16")
@settings(max_examples=60, deadline=None)
@given(st.lists(ACTS, max_size=60))
def test_from_wherever_one_got_to_the_entry_can_be_finished_and_sent(acts: list[tuple[str, Any]]) -> None:
    walker = at_a_question(season(), acts)
    answers = {**ANSWERS, "language": "English", "existing_ref": "An older entry", "update_scope": "description"}
    answers |= {"org_type_other": "A library", "activity_type_other": "A game", "end_date": "March 2025"}
    for _ in range(250):
        screen = walker.screens[-1]
        if screen.name == "sent":
            return
        ways = [".send", ".mend", ".done", ".none", ".better", ".skip", ".next"]
        way = next((code for code in ways if screen.choice(code)), None)
        question = screen.name.removeprefix("filling/")
        known = answers.get(question)
        if way in (".send", ".mend", ".none", ".better") or (known == "skip" and way):
            walker.play(Chose(str(way), screen.stamp, walker.at))
        elif screen.name.startswith("filling/") and known is not None:
            walker.play(Said(known, walker.at))
            if walker.screens[-1].name == screen.name and walker.screens[-1].choice(".done"):
                walker.play(Chose(".done", walker.screens[-1].stamp, walker.at))
            if walker.screens[-1].name == screen.name and walker.screens[-1].choice(".next"):
                walker.play(Chose(".next", walker.screens[-1].stamp, walker.at))
        elif way:
            walker.play(Chose(way, screen.stamp, walker.at))
        else:
            walker.play(Commanded("continue", walker.at))
    raise AssertionError(f"no way to the end from {acts}: {screen}")
