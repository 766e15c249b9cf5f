"""What report is wanted: decided before it is made."""

from __future__ import annotations

from dataclasses import dataclass

from dialogs.questionnaire.register import EntryQuery

__all__ = ["FACTS", "FIELDS", "ORDERS", "TEXTS", "ReportRequest"]

FACTS = (
    *("org_type", "activity_type", "status", "start_date", "end_date", "coverage", "countries", "place"),
    *("goals", "targets", "impact_basis", "evidence_url", "beneficiaries", "people_reached", "women_share"),
    *("partner_kinds", "technology", "inclusion", "service_languages", "openness", "activity_url", "org_url"),
)
"""Short answers that can be shown of an entry, in their order."""

TEXTS = (
    *("title_en", "description", "results", "impact_figure", "impact_figures", "link_example", "partners"),
    *("challenges", "sustainability", "replicability", "wsis_values", "future"),
)
"""Long ones."""

FIELDS = (
    *("org_type", "activity_type", "status", "start_date", "end_date", "coverage", "countries", "goals"),
    *("beneficiaries", "technology", "activity_url", "title_en", "description", "results", "impact_figure"),
)
"""What is shown when nothing else is asked for: what the published editions showed."""

ORDERS = ("country", "title", "organization", "reference")


EVERY = EntryQuery()


@dataclass(frozen=True, slots=True)
class ReportRequest:
    """`fields` of `FACTS` and `TEXTS`; `order` within a chapter, one of `ORDERS`; `only`: the entries, by their facets.

    `comments_to`: of a draft, the e-mail or web address for comments. `reference`: this one entry alone, as a sheet.
    """

    call: str
    language: str
    fields: tuple[str, ...] = FIELDS
    order: str = "country"
    only: EntryQuery = EVERY
    draft: bool = False
    comments_to: str = ""
    reference: str = ""
