"""The facts: complete, consistent with one another, and looked up by what people know them as."""

import subprocess
import sys
from pathlib import Path

import pytest

from dialogs.knowledge import action_lines, countries, goals, prizes
from locales.words import Words


def test_there_are_eleven_lines_and_eighteen_that_stand_alone() -> None:
    assert tuple(f"C{n}" for n in range(1, 12)) == action_lines.LINES
    assert len(action_lines.SUBLINES) == 8
    assert len(action_lines.SELECTABLE) == 18
    assert action_lines.SELECTABLE[6:14] == action_lines.SUBLINES, "the parts of C7 stand where C7 stood"


@pytest.mark.parametrize("code", ["C1", "C7", "C11", "C7-ehea"])
def test_lines_and_parts_of_lines_are_lines(code: str) -> None:
    assert action_lines.is_line(code)


@pytest.mark.parametrize("text", ["C12", "c7", "C7-", "ehea", "", "7"])
def test_other_texts_are_no_lines(text: str) -> None:
    assert not action_lines.is_line(text)


def test_every_line_has_keywords() -> None:
    assert all(action_lines.KEYWORDS[code] for code in (*action_lines.LINES, *action_lines.SUBLINES))


def test_there_are_17_goals_with_169_targets() -> None:
    assert tuple(range(1, 18)) == goals.GOALS
    assert sum(map(len, goals.TARGETS.values())) == 169
    assert len({target for targets in goals.TARGETS.values() for target in targets}) == 169


def test_a_target_belongs_to_the_goal_of_its_number() -> None:
    for goal, targets in goals.TARGETS.items():
        assert all(target.split(".")[0] == str(goal) and goals.goal_of(target) == goal for target in targets)


@pytest.mark.parametrize("text", ["9.c", "8.10", "17.19", "1.a"])
def test_targets_are_known(text: str) -> None:
    assert goals.is_target(text)


@pytest.mark.parametrize("text", ["8.1O", "18.1", "9.C", "9", "3.14", ""])
def test_other_texts_are_no_targets(text: str) -> None:
    assert not goals.is_target(text)


def test_the_members_of_today_are_194_and_the_state_of_palestine_takes_part() -> None:
    assert len(countries.MEMBERS) == len(set(countries.MEMBERS)) == 195
    assert countries.region_of("PW") == "ASP"
    assert countries.region_of("PS") == "ARB"
    assert countries.region_of("NO") == "EUR", "YAML reads an unquoted NO as false"
    assert all(isinstance(code, str) and len(code) == 2 for code in countries.MEMBERS)


def test_every_country_is_in_exactly_one_region() -> None:
    assert len(countries.REGIONS) == 6
    found = [code for region in countries.REGIONS for code in countries.members_of(region)]
    assert sorted(found) == list(countries.MEMBERS)
    assert countries.region_of(countries.INTERNATIONAL) is None


def test_each_line_that_stands_alone_has_a_prize_category_of_its_own() -> None:
    numbers = [prizes.category_of(line) for line in action_lines.SELECTABLE]
    assert numbers == list(range(1, 19))
    with pytest.raises(KeyError):
        prizes.category_of("C7")


def test_everything_has_a_name() -> None:
    lines = [*action_lines.LINES, *action_lines.SUBLINES]
    wanted = {
        *(f"action_line.{code}" for code in lines),
        *(f"action_line.{code}.short" for code in lines),
        *(f"goal.{number}" for number in goals.GOALS),
        *(f"target.{code}" for targets in goals.TARGETS.values() for code in targets),
        *(f"region.{code}" for code in countries.REGIONS),
        *(f"prize_category.{number}" for number in prizes.CATEGORIES.values()),
    }
    assert wanted <= Words.ours().keys("en")


def test_every_country_is_named_in_every_language() -> None:
    from dialogs.domain.messages import Country

    words = Words.ours()
    for language in words.languages:
        names = [words.say(Country(code), language) for code in countries.MEMBERS]
        assert not [name for name, code in zip(names, countries.MEMBERS, strict=True) if name == code]
        assert len(set(names)) == len(names)


def test_the_facts_carry_no_database_no_chat_and_no_network() -> None:
    code = (
        "import sys; from dialogs.knowledge import action_lines, countries, goals, matrix, prizes;"
        "print([m for m in ('sqlmodel', 'aiogram', 'telegram', 'asyncio', 'babel') if m in sys.modules])"
    )
    run = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=Path(__file__).parents[2]
    )
    assert run.stdout.strip() == "[]"
