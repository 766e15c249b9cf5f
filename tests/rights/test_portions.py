"""What a colleague's draft lacks changes nothing of what they are asked and offered."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from hypothesis import given, settings

from dialogs.domain.conversation import Draft
from dialogs.domain.entries.portion import NAME, portion
from dialogs.questionnaire.facts import effective
from dialogs.questionnaire.journey import Journey, Stop
from dialogs.questionnaire.options import options_of
from tests.driver import MACHINE
from tests.rights.drafts import DRAFTS

QUESTIONNAIRE = MACHINE.world.questionnaires["2027"]
SECTIONS = [section.id for section in QUESTIONNAIRE.sections if section.id not in ("start", "review")]


def handed(draft: Draft, section: str) -> Draft:
    """The draft as a colleague with this section has it."""
    mine = portion(QUESTIONNAIRE, (section,))
    return replace(
        draft,
        answers={key: answer for key, answer in draft.answers.items() if key == NAME or mine.owns(key)},
        previous={key: value for key, value in draft.previous.items() if key == NAME or mine.owns(key)},
        context={key: effective(draft.answers.get(key), draft.previous.get(key)) for key in mine.needed},
        owner=1,
        sections=(section,),
    )


def asked(draft: Draft, section: str) -> Iterator[Any]:
    """Every question of a section, how it stands, and what it offers, in whatever order."""
    journey = Journey(QUESTIONNAIRE, draft)
    for stop in journey.of(section):
        yield _bare(stop), journey.status(stop), {option.code for option in options_of(stop, journey.facts)}


def _bare(stop: Stop) -> tuple[str, bool]:
    return stop.key, stop.required


@pytest.mark.feature("S4")
@pytest.mark.parametrize("section", SECTIONS)
@settings(max_examples=25, deadline=None)
@given(DRAFTS)
def test_a_section_asks_a_colleague_what_it_would_ask_the_owner(section: str, draft: Draft) -> None:
    assert list(asked(handed(draft, section), section)) == list(asked(draft, section))


@pytest.mark.feature("S4")
@pytest.mark.parametrize("section", SECTIONS)
def test_what_people_wrote_in_other_sections_is_not_even_loaded(section: str) -> None:
    """What conditions hang on are choices, months and references: no name, address or text."""
    mine = portion(QUESTIONNAIRE, (section,))
    known = {name: QUESTIONNAIRE.by_id[name].kind.value for name in mine.needed if name in QUESTIONNAIRE.by_id}
    assert set(known.values()) <= {"one", "several", "yes_no", "month"}, known
