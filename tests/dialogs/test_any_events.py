"""Whatever people do, in whatever order: every event ends in a screen, and nothing but effects changes answers."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from dialogs.commands import COMMANDS
from dialogs.conversation import Conversation, Person, State
from dialogs.effects import FindEntries, FindSimilar, GatherMyData, MintJoinCode, Submission, Submit
from dialogs.events import Chose, Commanded, Edited, Event, FileRef, Odd, Replied, Said, Sent
from dialogs.folding import fold_all
from dialogs.machine import Step, Tools
from dialogs.screens import Kind, Screen
from tests.conversing import IN_SEASON, MACHINE
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
            kept = fold_all(before, step.effects)
            assert (kept.drafts, kept.person) == (step.conversation.drafts, step.conversation.person)
            self.conversation = step.conversation
            if step.request is None:
                self.screens += step.screens
                return step.screens[-1]
            event = Replied(self.result(step), self.at, step.carried)
        raise AssertionError("a step asked on and on")

    def result(self, step: Step) -> Any:
        request = step.request
        if isinstance(request, Submit):
            drafts = {id: d for id, d in self.conversation.drafts.items() if id != request.draft}
            self.conversation = replace(self.conversation, drafts=drafts)
            return Submission("WSIS-2027-000001", request.at, self.at)
        if isinstance(request, FindEntries | FindSimilar):
            return ()
        return "{}" if isinstance(request, GatherMyData) else "code" if isinstance(request, MintJoinCode) else None

    def event(self, act: str, what: Any) -> Event:
        screen = self.screens[-1]
        if act == "answer":
            return Said(ANSWERS.get(screen.name.removeprefix("filling/"), "1"), self.at, ref=f"m{self.count}")
        if act in ("tap", "old"):
            shown = screen if act == "tap" else self.screens[what % len(self.screens)]
            choices = [choice for row in shown.rows for choice in row]
            code = choices[what % len(choices)].code if choices else "none"
            return Chose(code, shown.place, self.at)
        if act == "file":
            return Sent(FileRef(f"f{self.count}", "s", "a.jpg", what, 5), self.at, caption="A caption")
        made = {
            "say": lambda: Said(what, self.at, ref=f"m{self.count}"),
            "press": lambda: Chose(what, screen.place, self.at),
            "command": lambda: Commanded(what, self.at, "continue-x"),
            "odd": lambda: Odd(what, self.at),
            "edit": lambda: Edited(what, f"m{max(0, self.count - 2)}", self.at),
        }
        return made[act]()


@pytest.mark.feature("C16", "D1")
@settings(max_examples=120, deadline=None)
@given(st.lists(ACTS, max_size=60))
def test_any_events_in_any_order_end_in_a_screen_that_says_where_one_is(acts: list[tuple[str, Any]]) -> None:
    from storage.calls import annual_call

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
        assert all(len(f"{screen.place}|{code}".encode()) <= 64 for code in codes), codes
