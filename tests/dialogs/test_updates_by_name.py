"""An entry to be updated is found by its number, its title, a part of it or its link; nobody begins an empty update."""

from __future__ import annotations

from dataclasses import replace

import pytest

from tests.conversation import Talker
from tests.questionnaire.test_lengths import entry

LAKE = replace(entry(), title="Solar networks for lake villages")
SEA = replace(LAKE, reference="WSIS-2026-000043", title="Solar networks for coastal villages")


def typing(text: str) -> Talker:
    person = Talker("2027b", entries=(LAKE, SEA))
    person.does("update")
    person.says(text)
    return person


@pytest.mark.feature("N7", "D7")
@pytest.mark.parametrize(
    "text",
    [
        LAKE.reference,
        LAKE.reference.lower(),
        f"https://example.org/register/{LAKE.reference}",
        LAKE.title,
        LAKE.title.upper(),
        "lake villages",
    ],
)
def test_an_own_entry_is_updated_whatever_it_is_called_by(text: str) -> None:
    person = typing(text)
    assert person.draft.revises == LAKE.reference
    assert person.draft.previous["org_name"] == LAKE.answers["org_name"]


@pytest.mark.feature("N7")
def test_what_several_are_called_by_asks_which() -> None:
    person = typing("solar networks")
    assert not person.conversation.drafts
    assert [code for code in person.codes if code.startswith("entry:")] == [
        f"entry:{LAKE.reference}",
        f"entry:{SEA.reference}",
    ]
    person.taps(f"entry:{SEA.reference}")
    assert person.draft.revises == SEA.reference


@pytest.mark.feature("N7")
def test_any_other_is_looked_for_in_the_register_and_it_is_said_when_it_is_not_there() -> None:
    person = typing("Telemedicine for the islands")
    assert "I did not find that entry" in person.text
    assert person.draft.answers["existing_ref"].value == "Telemedicine for the islands"


@pytest.mark.feature("N7", "Q19")
def test_who_stands_for_the_prizes_still_does_in_an_update_of_the_same_call() -> None:
    nominated = replace(LAKE, call="2027", answers={**LAKE.answers, "nominate": True})
    person = Talker("2027b", entries=(nominated,))
    person.does("update")
    person.taps(f"entry:{nominated.reference}")
    assert person.draft.previous["nominate"] is True
    of_last_year = Talker("2027b", entries=(replace(nominated, call="2026"),))
    of_last_year.does("update")
    of_last_year.taps(f"entry:{nominated.reference}")
    assert "nominate" not in of_last_year.draft.previous
