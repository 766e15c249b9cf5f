"""What an entry says beyond its answers: facts that follow from them and need no asking."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialogs.domain.question_roles import QuestionRole
from dialogs.knowledge import countries, matrix, prizes
from dialogs.questionnaire.journey import Journey

__all__ = ["FOLLOWING", "derived"]

FOLLOWING = ("from_mdg", "prize_category")
"""Facts that editions may have without asking for them."""


def derived(journey: Journey) -> dict[str, Any]:
    """The facts by the ids that other editions ask for them under, or that nobody asks for."""
    edition = journey.questionnaire
    found = {key: journey.draft.previous[key] for key in edition.carried if journey.draft.previous.get(key) is not None}
    found |= dict(_of_the_goals(journey, found))
    places = edition.by_role(QuestionRole.COUNTRIES)
    if places is not None and places.options == "places":
        found |= _reach(journey)
    if "prize_category" not in edition.by_id and journey.facts.nominated:
        main = str(journey.facts.value("main_line") or next(iter(journey.facts.chosen_lines), ""))
        found |= {"prize_category": str(prizes.category_of(main))} if main in prizes.CATEGORIES else {}
    return found


def _of_the_goals(journey: Journey, found: Mapping[str, Any]) -> Iterator[tuple[str, Any]]:
    """Which goals took up Millennium Goals of the earlier entry: so many entries moved from MDG to SDG."""
    successors = {str(goal) for goal in matrix.goals_of_mdgs(found.get("mdgs") or ())}
    taken_up = [goal for goal in journey.facts.chosen_goals if goal in successors]
    if taken_up:
        yield "from_mdg", taken_up


def _reach(journey: Journey) -> dict[str, Any]:
    """How far the activity reaches, where that follows from its countries: one region of ITU, or more."""
    places = [str(code) for code in journey.facts.played(QuestionRole.COUNTRIES) or ()]
    key = journey.questionnaire.id_of(QuestionRole.COVERAGE)
    if not places or key in journey.by_key:
        return {}
    regions = {countries.region_of(code) for code in countries.expanded(places)}
    return {key: "regional" if len(regions) == 1 and countries.WORLD not in places else "international"}
