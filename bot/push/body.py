"""The body of a push, and its JSON Schema (2020-12), which follows from the types here.

The frame is Standard Webhooks' (`type`, `timestamp`, `data`); the names of types are in CloudEvents' manner.
"""

from __future__ import annotations

import json
from datetime import datetime
from functools import cache
from typing import Annotated, Any

from pydantic import BaseModel, ConfigDict, Field

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.entries.entry_event import EntryEvent

__all__ = ["SCHEMA", "TYPES", "EntryData", "Push", "encode", "schema", "webhook_id"]

SCHEMA = "https://json-schema.org/draft/2020-12/schema"
TYPES = {event: f"int.itu.wsis.stocktaking.entry.{event.value}" for event in EntryEvent}
VERSIONS = (EntryEvent.SUBMITTED, EntryEvent.REVISED)
"""Events that are a version of an entry: reference and version alone are their key."""

Reference = Annotated[str, Field(pattern=r"^[A-Z]+-[0-9A-Za-z-]+$", description="The entry's reference; its subject.")]
Answer = bool | int | float | str | list[str] | dict[str, Any] | None


class FileData(BaseModel):
    """A file that an answer names by its id."""

    model_config = ConfigDict(extra="forbid")

    id: str
    name: str
    kind: Annotated[str, Field(description="Its media type.")]
    size: Annotated[int, Field(ge=0, description="In bytes.")]


class EntryData(BaseModel):
    """An entry at a version. Of one that is erased, or shown no more, there is no answer."""

    model_config = ConfigDict(extra="forbid")

    reference: Reference
    version: Annotated[int, Field(ge=1)]
    sequence: Annotated[int, Field(ge=1, description="Grows with each event of an entry: a smaller one is older news.")]
    state: Annotated[EntryState | None, Field(description="When this was sent; null of one that is erased.")] = None
    public: Annotated[bool | None, Field(description="Whether the public register shows it.")] = None
    call: str | None = None
    questionnaire: Annotated[str | None, Field(description="The questionnaire's edition that it answers.")] = None
    submitted: Annotated[datetime | None, Field(description="When its author sent this version.")] = None
    received: datetime | None = None
    merged_into: Annotated[str | None, Field(description="The reference that a merged entry leads to.")] = None
    language: Annotated[str | None, Field(description="What most of it is written in, BCP 47.")] = None
    languages: Annotated[dict[str, str], Field(description="Languages of its texts, by question.")] = {}
    answers: Annotated[
        dict[str, Answer] | None,
        Field(description="By question; codes, not labels. A question that is asked once a goal is `targets@4`."),
    ] = None
    files: list[FileData] = []


class Push(BaseModel):
    """A push of the WSIS Stocktaking register."""

    model_config = ConfigDict(extra="forbid")

    type: Annotated[str, Field(json_schema_extra={"enum": sorted(TYPES.values())})]
    timestamp: Annotated[datetime, Field(description="When it happened.")]
    data: EntryData


def encode(event: EntryEvent, at: datetime, data: dict[str, Any]) -> bytes:
    """A body as it is sent."""
    body = {"type": TYPES[event], "timestamp": at.isoformat(), "data": data}
    return json.dumps(body, ensure_ascii=False, separators=(",", ":")).encode()


def webhook_id(reference: str, version: int, event: EntryEvent, sequence: int) -> str:
    """By what a receiver knows an event that comes twice: `WSIS-2027-000123.2` for a version of an entry."""
    version_id = f"{reference}.{version}"
    return version_id if event in VERSIONS else f"{version_id}.{event.value}.{sequence}"


@cache
def schema() -> dict[str, Any]:
    """The JSON Schema of a body."""
    return {"$schema": SCHEMA, "$id": "urn:wsis:stocktaking:push:1", **Push.model_json_schema()}
