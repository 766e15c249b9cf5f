"""The OpenAPI 3.1 document, made from the operations and their models."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from bot.pages.api.models import Problem
from bot.pages.api.operations import OPERATIONS, Operation
from dialogs.questionnaire.register import FACETS, values_of

__all__ = ["REFERENCE", "document"]

ROOT = "/api/v1"
REFERENCE = r"^WSIS-[0-9]{4}-[0-9]{6,9}$"

ABOUT = (
    "The published entries of the WSIS Stocktaking register, read-only. An entry whose author did not agree to its "
    "publication is in none of it. Answers have an ETag."
)

REFUSALS = {
    400: "A parameter is not known, or its value is none that it can have",
    404: "There is none",
    410: "It was public, and is not any more",
    429: "Too many requests from this address: `Retry-After` says when to come back",
    503: "The register does not answer just now: `Retry-After` says when to come back",
}
ALWAYS = (400, 429, 503)


@cache
def document(licence: str) -> Mapping[str, Any]:
    """The document; `licence` is the address of the data's licence."""
    models: list[type[BaseModel]] = [Problem, *(operation.gives for operation in OPERATIONS)]
    _, schemas = models_json_schema(
        [(model, "serialization") for model in dict.fromkeys(models)], ref_template="#/components/schemas/{model}"
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "WSIS Stocktaking register",
            "version": "1",
            "description": ABOUT,
            "license": {"name": "Licence of the data", "url": licence},
        },
        "servers": [{"url": ROOT}],
        "paths": {operation.path: {"get": _operation(operation)} for operation in OPERATIONS},
        "components": {"schemas": schemas.get("$defs", {})},
    }


def _operation(operation: Operation) -> dict[str, Any]:
    answers: dict[str, Any] = {
        "200": {
            "description": operation.summary,
            "headers": {"ETag": {"schema": {"type": "string"}}},
            "content": {"application/json": {"schema": {"$ref": f"#/components/schemas/{operation.gives.__name__}"}}},
        },
        "304": {"description": "Nothing has changed since the ETag that was sent"},
    }
    for status in sorted({*ALWAYS, *operation.refusals}):
        answers[str(status)] = _refusal(status)
    return {
        "operationId": operation.name,
        "summary": operation.summary,
        "parameters": [*_in_path(operation), *_in_query(operation.query)],
        "responses": answers,
    }


def _refusal(status: int) -> dict[str, Any]:
    found: dict[str, Any] = {
        "description": REFUSALS[status],
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
    }
    if status in (429, 503):
        found["headers"] = {"Retry-After": {"schema": {"type": "integer"}, "description": "Seconds"}}
    return found


def _in_path(operation: Operation) -> list[dict[str, Any]]:
    if "{reference}" not in operation.path:
        return []
    schema = {"type": "string", "pattern": REFERENCE}
    return [{"name": "reference", "in": "path", "required": True, "schema": schema}]


def _in_query(model: type[BaseModel]) -> list[dict[str, Any]]:
    """The fields of the model that checks them, each a parameter."""
    fields = model.model_json_schema()["properties"] if model.model_fields else {}
    return [{"name": name, "in": "query", "required": False, **_described(name, each)} for name, each in fields.items()]


def _described(name: str, schema: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter as OpenAPI describes it: a facet's is a list of values, with commas."""
    if name in FACETS:
        values: dict[str, Any] = {"pattern": "^[0-9]{4}$"} if name == "year" else {"enum": list(values_of(name))}
        several = {"type": "array", "items": {"type": "string", **values}, "maxItems": 40, "uniqueItems": True}
        about = {"description": schema["description"]} if "description" in schema else {}
        return {"style": "form", "explode": False, "schema": several, **about}
    return _single(schema)


def _single(schema: Mapping[str, Any]) -> dict[str, Any]:
    """A parameter that is left out is not null: of `string or null` the string stays."""
    kept = {key: value for key, value in schema.items() if key not in ("title", "description", "anyOf", "default")}
    for choice in schema.get("anyOf", ()):
        if choice.get("type") != "null":
            kept |= choice
    if schema.get("default") not in (None, ""):
        kept["default"] = schema["default"]
    described = {"schema": kept}
    return {**described, "description": schema["description"]} if "description" in schema else described
