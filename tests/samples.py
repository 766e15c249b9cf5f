"""One stakeholder's answers, as they would type them: by question."""

from __future__ import annotations

from tests.driver import Person

__all__ = ["ANSWERS", "CODED", "ENTRY", "KEPT", "REQUIRED", "answer_until", "walk"]

DESCRIPTION = (
    "Our project brings solar powered community networks to twelve villages along the lake shore. Farmers, "
    "teachers and nurses learn to use the network for prices, lessons and health advice in their own language, "
    "and young people are trained to keep it running by themselves."
)

VOTERS = " ".join([DESCRIPTION, DESCRIPTION, DESCRIPTION])

ANSWERS = {
    "agree": "yes",
    "entry_mode": "new",
    "contact_name": "Amina Otieno",
    "contact_role": "Project lead",
    "contact_email": "amina@lakenet.org",
    "org_name": "Lake Community Networks",
    "org_type": "CSO",
    "org_country": "Kenya",
    "org_url": "lakenet.org",
    "title": "Solar networks for lake villages",
    "activity_type": "project",
    "description": DESCRIPTION,
    "activity_url": "https://lakenet.org/villages",
    "status": "ongoing",
    "start_date": "March 2023",
    "coverage": "local",
    "countries": "Kenya",
    "documents": "skip",
    "lines": "C2, C4, C7",
    "sublines": "C7-eagr, C7-ehea",
    "main_line": "C2",
    "goals_suggested": "1",
    "goals": "4, 9",
    "main_goal": "9",
    "targets": "skip",
    "link_example": "Twelve villages got their first affordable connection to the internet.",
    "impact_kinds": "economic, social",
    "impact_figures": "4,200 people in twelve villages since 2023.",
    "beneficiaries": "women, youth, farmers",
    "people_reached": "4200",
    "has_partners": "yes",
    "partners": "The county government gives masts; the university trains the technicians.",
    "results": "All twelve villages are connected and run their own network.",
    "challenges": "Lightning, and spare parts that take weeks to arrive.",
    "sustainability": "Villages pay a small fee that covers the running costs.",
    "replicability": "Yes: our handbook is free and has been used in two other counties.",
    "wsis_values": "Everyone in the village decides together how the network is used.",
    "future": "Eight more villages next year.",
    "nominate": "yes",
    "prize_maturity": "yes",
    "prize_past": "no",
    "prize_category": "1",
    "prize_text": VOTERS,
    "publish": "yes",
    "show_contact": "no",
}
"""A whole entry, all questions, typed in English."""

CODED = {
    "agree": True,
    "org_country": "KE",
    "org_url": "https://lakenet.org",
    "start_date": "2023-03",
    "countries": ["KE"],
    "lines": ["C2", "C4", "C7"],
    "sublines": ["C7-ehea", "C7-eagr"],
    "goals_suggested": ["1"],
    "goals": ["4", "9"],
    "impact_kinds": ["economic", "social"],
    "beneficiaries": ["women", "youth", "farmers"],
    "people_reached": 4200,
    "has_partners": True,
    "nominate": True,
    "prize_maturity": True,
    "prize_past": False,
    "prize_category": "2",
    "publish": True,
    "show_contact": False,
}
"""Those of them that are kept in the questionnaire's own codes, where that is not the text as it was typed."""

PER_GOAL = ("targets", "link_example")
GOALS = ("1", "4", "9")

KEPT = {
    **{question: None if text == "skip" else text for question, text in ANSWERS.items() if question not in PER_GOAL},
    **{f"targets@{goal}": None for goal in GOALS},
    **{f"link_example@{goal}": ANSWERS["link_example"] for goal in GOALS},
    **CODED,
}
"""What the draft keeps of the whole entry, by question key; None: skipped."""

ENTRY = {
    "language": "en",
    **{question: text for question, text in ANSWERS.items() if text != "skip"},
    **CODED,
    "link_example": dict.fromkeys(GOALS, ANSWERS["link_example"]),
}
"""What stands in the register of it."""

REQUIRED = {
    **ANSWERS,
    "lines": "C2",
    "goals_suggested": "1",
    "coverage": "international",
    "has_partners": "no",
}
REQUIRED |= {"nominate": "no"}
"""The shortest way: what is said when only the required questions are wanted."""


async def walk(person: Person, answers: dict[str, str], *, until: str = "review", most: int = 90) -> int:
    """Type the answers until a screen is reached; how many messages that took."""
    for sent in range(most):
        if person.question == until:
            return sent
        await person.says(answers[person.question])
    raise AssertionError(f"{person.name} did not reach {until} within {most} messages, but:\n{person.text}")


async def answer_until(person: Person, question: str) -> None:
    """Start a new entry and answer up to a question, which stays open."""
    await person.does("new")
    await walk(person, ANSWERS, until=question)
