"""Answers to the second edition of the questionnaire of 2027, as people type them and as they tap them: by question."""

from __future__ import annotations

from tests.samples import DESCRIPTION

__all__ = ["EFFECT", "EVERYTHING", "REQUIRED", "TAPPED", "TAPPED_WITH_PRIZE"]

EFFECT = "Twelve villages got their first affordable connection to the internet and use it every day."

REQUIRED = {
    "agree": "yes",
    "title": "Solar networks for lake villages",
    "activity_type": "network",
    "description": DESCRIPTION,
    "org_name": "Lake Community Networks",
    "org_type": "CSO",
    "org_country": "Kenya",
    "status": "phase_done",
    "start_date": "2019",
    "countries": "Kenya",
    "coverage": "national",
    "nominate": "no",
    "lines": "C2, C4, C7",
    "sublines": "C7-eagr, C7-ehea",
    "main_line": "C2",
    "goals": "9, 4, 1",
    "main_goal": "9",
    "link_example": EFFECT,
    "impact_basis": "counted",
    "contact_name": "Amina Otieno",
    "contact_email": "amina@lakenet.org",
    "publish": "yes",
}
"""A typical entry, only what is required: three lines, three goals, no Prize."""

VOTERS = " ".join([DESCRIPTION] * 4)

EVERYTHING = {
    **REQUIRED,
    "activity_url": "https://lakenet.org/villages",
    "status": "completed",
    "end_date": "June 2026",
    "nominate": "yes",
    "prize_past": "no",
    "beneficiaries": "women, youth, farmers",
    "people_reached": "4200",
    "women_share": "half",
    "partner_kinds": "GOV, ACA",
    "partners": "The county government gives masts; the university trains the technicians.",
    "funding": "own, foundations",
    "impact_figure": "4,200 people in twelve villages have used it since 2023",
    "targets": "9.c",
    "technology": "connectivity, devices",
    "inclusion": "free, local_languages",
    "service_languages": "English, Swahili",
    "openness": "content",
    "results": "All twelve villages are connected and run their own network.",
    "challenges": "Lightning, and spare parts that take weeks to arrive.",
    "sustainability": "Villages pay a small fee that covers the running costs.",
    "replicability": "Yes: our handbook is free and has been used in two other counties.",
    "documents": "skip",
    "gdc": "GDC1",
    "prize_text": VOTERS,
    "contact_visibility": "relay",
}
"""Every question of an entry that is nominated for the Prizes."""

TAPPED = {
    "agree": ["yes"],
    "activity_type": ["network"],
    "org_type": ["CSO"],
    "status": ["phase_done"],
    "countries": [".done"],
    "coverage": ["national"],
    "nominate": ["no"],
    "lines": ["C2", "C4", "C7", ".done"],
    "sublines": ["C7-eagr", "C7-ehea", ".done"],
    "main_line": ["C2"],
    "goals": ["9", "4", "1", ".done"],
    "main_goal": ["9"],
    "impact_basis": ["counted", ".done"],
    "publish": ["yes"],
}
"""The same typical entry by taps, where there is something to tap."""

TAPPED_WITH_PRIZE = {
    **TAPPED,
    "status": ["completed"],
    "nominate": ["yes"],
    "prize_past": ["no"],
    "beneficiaries": ["women", "youth", ".page:1", "farmers", ".done"],
    "women_share": ["half"],
    "partner_kinds": ["GOV", "ACA", ".done"],
    "funding": ["own", "foundations", ".done"],
    "targets": ["9.c", ".done"],
    "technology": ["connectivity", "mobile_app", ".done"],
    "inclusion": ["free", "local_languages", ".done"],
    "service_languages": ["en", "sw", ".done"],
    "openness": ["content", ".done"],
    "documents": [".skip"],
    "gdc": ["GDC1", ".done"],
    "contact_visibility": ["relay"],
}
"""Every question of a nominated entry by taps, where there is something to tap."""
