"""The roles that questions play for the program: each edition of the questionnaire gives them to its own questions."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["QuestionRole"]


class QuestionRole(StrEnum):
    """What the program knows a question by. Written as `role:` in an edition; each role once an edition."""

    LANGUAGE = "language"
    AGREEMENT = "agreement"
    ENTRY_MODE = "entry_mode"
    EXISTING_ENTRY = "existing_entry"
    UPDATE_SCOPE = "update_scope"
    CONTACT_NAME = "contact_name"
    CONTACT_EMAIL = "contact_email"
    CONTACT_SHOWN = "contact_shown"
    ORGANIZATION_NAME = "organization_name"
    ORGANIZATION_KIND = "organization_kind"
    ORGANIZATION_COUNTRY = "organization_country"
    TITLE = "title"
    DESCRIPTION = "description"
    WEB_PAGE = "web_page"
    STATUS = "status"
    START = "start"
    END = "end"
    COVERAGE = "coverage"
    COUNTRIES = "countries"
    BENEFICIARIES = "beneficiaries"
    NOMINATION = "nomination"
    WON_BEFORE = "won_before"
    GOALS = "goals"
    GOALS_CONFIRMED = "goals_confirmed"
    PUBLISHING = "publishing"
