"""What the interface for programs takes and gives. The OpenAPI document is made from these: it says nothing else."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field

from dialogs.questionnaire import facets
from dialogs.questionnaire.register import goals_in, lines_in
from storage.search.public import Gone, PublicEntry

__all__ = [
    *("ChangeOut", "ChangesOut", "ChangesQuery", "EntriesOut", "EntriesQuery", "EntryOut", "FacetOut", "FacetsOut"),
    *(
        "FilterQuery",
        "LabelsQuery",
        "MatrixCell",
        "MatrixOut",
        "Nothing",
        "Problem",
        "ValueOut",
        "change_of",
        "entry_of",
    ),
]

Language = Literal["ar", "en", "es", "fr", "ru", "zh"]


class Out(BaseModel):
    model_config = ConfigDict(frozen=True)


class EntryOut(Out):
    """A published entry, with codes. `texts_in` says in which language a text is when it is not `language`."""

    reference: str = Field(examples=["WSIS-2027-000123"])
    url: str = Field(description="Its page, in English; other languages are linked there.")
    title: str
    title_en: str | None = Field(None, description="Its author's English title, where the title is in another language")
    organization: str
    organization_type: str | None = None
    organization_country: str | None = Field(None, description="ISO 3166-1 alpha-2, or INT")
    activity_type: str | None = None
    description: str | None = None
    website: str | None = None
    status: str | None = Field(
        None,
        description="`ongoing`, of older entries, is all work under way; newer ones say `first_phase` or `phase_done`",
    )
    start: str | None = Field(None, description="YYYY-MM, or YYYY where the month is not known")
    end: str | None = Field(None, description="YYYY-MM, or YYYY where the month is not known")
    reach: str | None = None
    countries: tuple[str, ...] = Field(
        (), description="Countries; a region (AFR) or the world (WLD) where it was named so"
    )
    lines: tuple[str, ...] = Field((), description="Action Lines, and C7's applications such as C7-ehea")
    goals: tuple[str, ...] = Field((), description="Sustainable Development Goals, 1 to 17")
    targets: tuple[str, ...] = ()
    beneficiaries: tuple[str, ...] = ()
    people_reached: int | None = None
    technology: tuple[str, ...] = ()
    inclusion: tuple[str, ...] = Field((), description="What makes it open to people who are often left out")
    openness: tuple[str, ...] = Field((), description="What of it others may reuse")
    evidence: tuple[str, ...] = Field((), description="How its author knows that it helps")
    partner_kinds: tuple[str, ...] = ()
    service_languages: tuple[str, ...] = ()
    edition: str = Field(description="The questionnaire that its answers follow, and that says what their codes mean")
    answers: dict[str, Any] = Field(description="All shown answers, by question; `question@4` is that of goal 4")
    language: str
    texts_in: dict[str, str] = {}
    year: str = Field(description="The call it was sent to")
    version: int
    received: datetime
    published: datetime
    changed: datetime


class EntriesOut(Out):
    """Some of the entries that were asked for, and how many there are in all."""

    total: int
    entries: tuple[EntryOut, ...]
    next: str | None = Field(None, description="The cursor of the next page; null on the last one")


class ValueOut(Out):
    value: str
    count: int
    label: str


class FacetOut(Out):
    facet: str
    label: str
    values: tuple[ValueOut, ...]


class FacetsOut(Out):
    """Exact counts for every value of every facet, of the entries that were asked for."""

    total: int
    facets: tuple[FacetOut, ...]


class MatrixCell(Out):
    line: str
    goal: str
    count: int


class MatrixOut(Out):
    """How many of the entries are about an Action Line and a goal; pairs without any are left out."""

    total: int
    cells: tuple[MatrixCell, ...]


class ChangeOut(Out):
    """An entry as it is now, or that it is not public any more (`entry` null); `merged_into` is where it went."""

    reference: str
    changed: datetime
    deleted: bool
    entry: EntryOut | None = None
    merged_into: str | None = None


class ChangesOut(Out):
    """What has changed since a cursor, oldest first. Ask again with `cursor` until `more` is false, and later on."""

    changes: tuple[ChangeOut, ...]
    cursor: str
    more: bool


class Problem(Out):
    """RFC 9457, Problem Details for HTTP APIs."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str | None = None
    merged_into: str | None = Field(None, description="Of an entry that is gone: the one that its reference leads to")


class Asked(BaseModel):
    """Parameters of an address: one that is not known is refused by name."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Nothing(Asked):
    """No parameters."""


Values = Annotated[str | None, Field(max_length=400)]


class FilterQuery(Asked):
    """Words and facets; several values of a facet are separated by commas, an entry has at least one of them."""

    q: str = Field("", max_length=200, description="Words that the entries have, in any of their forms")
    line: Values = None
    goal: Values = None
    target: Values = None
    region: Values = None
    country: Values = None
    organization: Values = None
    activity: Values = None
    status: Values = None
    reach: Values = None
    beneficiary: Values = None
    technology: Values = None
    inclusion: Values = None
    openness: Values = None
    evidence: Values = None
    partner: Values = None
    spoken: Values = Field(None, description="A language in which people can use it")
    language: Values = Field(None, description="The language that an entry is written in")
    year: Values = None


class EntriesQuery(FilterQuery):
    limit: int = Field(20, ge=1, le=100)
    cursor: str | None = Field(
        None, max_length=40, pattern=r"^[01]\.[0-9]{1,9}$", description="`next` of the last page"
    )


class LabelsQuery(FilterQuery):
    labels: Language = Field("en", description="The language of the labels")


class ChangesQuery(Asked):
    cursor: str = Field("0.0", max_length=40, pattern=r"^[0-9]{1,15}\.[0-9]{1,9}$")
    limit: int = Field(100, ge=1, le=500)


SEVERAL = {
    "technology": "technology",
    "inclusion": "inclusion",
    "openness": "openness",
    "evidence": "evidence",
    "partner_kinds": "partner",
    "service_languages": "spoken",
}
"""Fields that have the values of a facet."""


def entry_of(entry: PublicEntry, base: str = "") -> EntryOut:
    answers = entry.answers
    targets = [str(code) for key, codes in answers.items() if key.partition("@")[0] == "targets" for code in codes]
    return EntryOut(
        reference=entry.reference,
        url=f"{base}/register/en/{entry.reference}",
        title=entry.title,
        title_en=answers.get("title_en"),
        organization=entry.organisation,
        organization_type=answers.get("org_type"),
        organization_country=entry.country or None,
        activity_type=answers.get("activity_type"),
        description=answers.get("description"),
        website=answers.get("activity_url"),
        status=next(iter(facets.chosen("status", answers, entry.edition)), None),
        start=answers.get("start_date"),
        end=answers.get("end_date"),
        reach=answers.get("coverage"),
        countries=tuple(answers.get("countries") or ()),
        lines=lines_in(answers),
        goals=goals_in(answers),
        targets=tuple(targets),
        beneficiaries=tuple(answers.get("beneficiaries") or ()),
        people_reached=answers.get("people_reached"),
        **{name: facets.chosen(facet, answers, entry.edition) for name, facet in SEVERAL.items()},
        edition=entry.edition,
        answers=dict(answers),
        language=entry.language,
        texts_in={key: language for key, language in entry.languages.items() if key in answers},
        year=entry.call,
        version=entry.version,
        received=entry.received,
        published=entry.since,
        changed=entry.changed,
    )


def change_of(change: PublicEntry | Gone, base: str) -> ChangeOut:
    if isinstance(change, Gone):
        return ChangeOut(reference=change.reference, changed=change.changed, deleted=True, merged_into=change.into)
    return ChangeOut(reference=change.reference, changed=change.changed, deleted=False, entry=entry_of(change, base))
