"""However long a text is, and whatever it repeats: reading it takes bounded work, and an answer comes back."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from functools import partial
from itertools import pairwise
from types import FrameType
from typing import Any

import pytest

from dialogs.answers.readers import Accepted, Doubtful, Refusal, Uncertain
from dialogs.form.input import multipart_input
from dialogs.matching.option import Option
from tests.answers.asking import (
    COUNTRIES,
    GOALS,
    LANGUAGES,
    LINES,
    ORGANISATIONS,
    YES_NO,
    accepted,
    names,
    reading,
    refused,
    targets,
)
from tests.worst import TEXTS, long_text
from tests.worst_places import READERS, at_question, questions, said_at

READ: dict[str, tuple[str, tuple[Option, ...]]] = {
    "yes or no": ("yes_no", YES_NO),
    "one of six": ("one", ORGANISATIONS),
    "one line": ("one", LINES),
    "several lines": ("several", LINES),
    "several goals": ("several", GOALS),
    "several targets": ("several", targets(17)),
    "a country": ("country", COUNTRIES),
    "several countries": ("countries", COUNTRIES),
    **{kind: (kind, ()) for kind in ("number", "month", "email", "url", "text", "long_text", "file", "items", "place")},
}

SIZES = (700, 2_000, 20_000)

MOST_CALLS = 150_000
"""Calls of functions, Python's and C's, in reading any one text: some hundredths of a second."""

SECONDS = 2.0
"""Of this thread's own time: many times what the longest takes on a slow machine, a thousandth of what it took."""


def calls_of(act: Callable[[], Any]) -> int:
    """How many functions are called in doing something."""
    count = 0

    def counting(frame: FrameType, event: str, argument: Any) -> None:
        nonlocal count
        count += event in ("call", "c_call")

    sys.setprofile(counting)
    try:
        act()
    finally:
        sys.setprofile(None)
    return count


@pytest.mark.feature("S1", "S2")
@pytest.mark.parametrize("which", READ)
def test_reading_takes_work_that_grows_no_faster_than_the_text(which: str) -> None:
    kind, options = READ[which]
    reading(kind, "Kenya", options)  # names are made once
    for name in TEXTS:
        calls = []
        for size in SIZES:
            text = long_text(name, size)
            began = time.thread_time()
            outcome = reading(kind, text, options)
            assert time.thread_time() - began < SECONDS, (name, size)
            assert isinstance(outcome, Accepted | Refusal | Uncertain | Doubtful), (name, size)
            calls.append(calls_of(partial(reading, kind, text, options)))
        assert max(calls) < MOST_CALLS, (name, calls)
        for shorter, longer in pairwise(range(len(SIZES))):
            grown = SIZES[longer] / SIZES[shorter]
            assert calls[longer] < 2 * grown * calls[shorter] + 1_000, (name, calls)


@pytest.mark.feature("S1", "S2")
@pytest.mark.parametrize("key", questions())
def test_any_text_at_any_question_gets_an_answer_in_no_time(key: str) -> None:
    for number, name in enumerate(TEXTS):
        there = at_question(key, LANGUAGES[number % len(LANGUAGES)])
        began = time.thread_time()
        step = said_at(there, long_text(name, 20_000))
        assert time.thread_time() - began < SECONDS, name
        assert step.screens or step.request, name


@pytest.mark.feature("S1")
@pytest.mark.parametrize("reader", READERS)
def test_any_text_is_read_in_no_time_where_nothing_is_asked(reader: str) -> None:
    for name in TEXTS:
        began = time.thread_time()
        READERS[reader](long_text(name, 20_000))
        assert time.thread_time() - began < SECONDS, name


@pytest.mark.feature("S1", "C9")
def test_prose_where_a_choice_is_asked_is_refused_with_a_few_of_its_words() -> None:
    for kind, options in (("one", ORGANISATIONS), ("countries", COUNTRIES)):
        outcome = reading(kind, long_text("English prose", 4_096), options)
        assert isinstance(outcome, Refusal)
        assert len(str(outcome.message.values["text"])) <= 60


@pytest.mark.feature("C8")
def test_dashes_before_lines_make_no_range() -> None:
    assert accepted(reading("several", "- 4\n- 5", GOALS)) == ["4", "5"]
    assert refused(reading("several", "4 - 6", GOALS)).key == "reading.several.range"


@pytest.mark.feature("C8")
def test_a_list_of_all_that_is_offered_is_read_whole() -> None:
    for options in (LINES, GOALS, COUNTRIES, targets(17)):
        labels = [max(names().get(option.keys[0], (option.code,)), key=len) for option in options]
        listed = "\n".join(f"- {label}" for label in labels)
        outcome = reading("several", listed, options)
        if not isinstance(outcome, Uncertain):  # two countries share a name in one language
            assert accepted(outcome) == [option.code for option in options]
        else:
            assert len(outcome.understood) > len(options) - 4


@pytest.mark.feature("S1", "N3")
def test_a_long_answer_in_pieces_ends_somewhere_and_keeps_what_there_is() -> None:
    there = at_question("description")
    kept = ""
    for _ in range(12):
        step = said_at(there, long_text("English prose", 4_000))
        there = step.conversation
        answer = there.drafts["draft"].answers["description"]
        assert answer.value.startswith(kept)
        kept = answer.value
    assert 12_000 < len(kept) <= multipart_input.LONGEST
    assert "reading.text.too_long" in str(step.screens[-1].lines)


@pytest.mark.feature("S1")
def test_a_list_without_a_bound_of_its_own_has_one() -> None:
    assert len(accepted(reading("items", "x\n" * 100))) == 100
    assert refused(reading("items", "x\n" * 101)).key == "reading.items.too_many"
