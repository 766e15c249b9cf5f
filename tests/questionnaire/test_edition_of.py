"""Entries that come without the name of an edition are read by the one that they answer."""

from __future__ import annotations

from typing import Any

import pytest

from dialogs.questionnaire.editions import edition_of


@pytest.mark.feature("Q17")
@pytest.mark.parametrize(
    ("answers", "said", "edition"),
    [
        ({"title": "Solar networks", "org_type": "CSO"}, "", "2027b"),  # any: the newest
        ({"title": "Solar networks", "org_type": "CSO"}, "2027", "2027"),
        ({"title": "Solar networks", "org_type": "CSO"}, "1999", "2027b"),
        ({"org_type": "TEC"}, "2027", "2027b"),  # an option that only the newer one has
        ({"show_contact": True}, "", "2027"),  # a question that only the older one asks
        ({"targets@4": ["4.1"]}, "2027", "2027"),
    ],
)
def test_an_entry_is_of_the_edition_that_it_answers(answers: dict[str, Any], said: str, edition: str) -> None:
    assert edition_of(answers, said) == edition
