"""The whole questionnaire over Telegram's own protocol, with the real service: who only types, and who taps."""

from __future__ import annotations

import json
from typing import Any

import pytest

from dialogs.domain.questionnaire import QuestionKind
from dialogs.questionnaire.source import loader
from tests.botapi import BotApi
from tests.botapi.people import Person
from tests.samples import ANSWERS, CODED, ENTRY
from tests.service import FromNothing, Service
from tests.telegram.walking import answer_until, arrive, open_question

TEXTS = {
    *(QuestionKind.TEXT, QuestionKind.LONG_TEXT, QuestionKind.EMAIL),
    *(QuestionKind.URL, QuestionKind.NUMBER, QuestionKind.MONTH),
}
"""Kinds of question that no button can answer."""


@pytest.fixture(scope="module")
def started() -> type[Service]:
    """As a shell starts them: nothing is loaded before it is wanted."""
    return FromNothing


async def sent_and_exported(person: Person, service: Service) -> dict[str, Any]:
    """Send the entry from the check; its answers in the export."""
    await person.gets(person.taps("Send my entry"))
    assert "WSIS-2027-000001" in person.text
    code, out, errors = await service.command("entries", "export", "--format", "json")
    assert code == 0, errors
    (entry,) = json.loads(out)
    assert entry["reference"] == "WSIS-2027-000001"
    return dict(entry["answers"])


@pytest.mark.feature("H1", "H2", "O5", "O6", "N20", "C7")
async def test_who_only_types_gets_through_the_whole_questionnaire(open_bot: tuple[BotApi, Service]) -> None:
    server, service = open_bot
    anna = server.person("Anna")
    await answer_until(anna, ANSWERS, "review")
    assert await sent_and_exported(anna, service) == ENTRY


@pytest.mark.feature("H1", "O6", "N20", "Q4", "Q5", "Q7")
@pytest.mark.parametrize("open_bot", ["webhook"], indirect=True)
async def test_who_taps_wherever_a_tap_is_offered_gets_through_it_as_well(open_bot: tuple[BotApi, Service]) -> None:
    server, service = open_bot
    ben = server.person("Ben")
    typed = set()
    await arrive(ben)
    while (question := open_question(ben)) != "review":
        assert question, f"Ben is lost:\n{ben.text}"
        if not await tapped(ben, question):
            typed.add(question)
            await ben.gets(ben.says(ANSWERS[question]))
    assert {loader.version("2027").by_id[question].kind for question in typed} <= TEXTS, f"could not be tapped: {typed}"
    assert await sent_and_exported(ben, service) == ENTRY


async def tapped(person: Person, question: str) -> bool:
    """Answer by taps, through regions and pages where a list is long; False where there is nothing to tap."""
    if ANSWERS[question] == "skip":
        await person.gets(person.taps(".skip"))
        return True
    if not {code for code in offered(person) if code == ".browse" or not code.startswith(".")}:
        return False
    for code in codes(question):
        if code in chosen(person):  # what is likely is ticked beforehand
            continue
        while code not in offered(person):
            await person.gets(person.taps(on_the_way(person)))
        await person.gets(person.taps(code))
    if open_question(person) == question:
        await person.gets(person.taps(".done"))
    return True


def codes(question: str) -> list[str]:
    """The codes of the options that are wanted."""
    known = CODED.get(question, ANSWERS[question])
    if isinstance(known, bool):
        return ["yes" if known else "no"]
    return [str(code) for code in known] if isinstance(known, list) else [str(known)]


def buttons(person: Person) -> list[dict[str, str]]:
    """The buttons below the newest message that can be pressed."""
    rows = person.shown[-1]["reply_markup"]["inline_keyboard"]
    return [button for row in rows for button in row if "callback_data" in button]


def offered(person: Person) -> list[str]:
    """The codes of all buttons below the newest message."""
    return [button["callback_data"].partition("|")[2] for button in buttons(person)]


def chosen(person: Person) -> list[str]:
    """The codes of the options that bear a tick."""
    return [button["callback_data"].partition("|")[2] for button in buttons(person) if "✓" in button["text"]]


def on_the_way(person: Person) -> str:
    """The button that leads on to what is not offered yet: regions, a region, the next page."""
    here = offered(person)
    ways = [code for code in (".browse", ".region:AFR") if code in here]
    return ways[0] if ways else max(code for code in here if code.startswith(".page:"))
