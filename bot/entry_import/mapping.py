"""How the columns of a file become answers: written by whoever knows the file, as YAML."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import yaml
from pydantic import BaseModel, ConfigDict, Field, ValidationError

__all__ = ["HEAD", "ImportFileError", "Mapping", "read_mapping"]

HEAD = ("reference", "year", "number", "submitted", "written_in")
"""What a column can be besides a question's id. `reference` is ours (`WSIS-2024-000123`), or `year` and `number`."""


class ImportFileError(Exception):
    """Why a file cannot be imported at all, in one line."""


class Mapping(BaseModel):
    """`columns`: what each column is, a question's id or one of `HEAD`; without it each is what it is called.

    `values`: codes for values of theirs, by question. `constants`: answers that every entry has. `separator`: between
    several values in a cell.
    """

    model_config = ConfigDict(extra="forbid")

    columns: dict[str, str] = {}
    values: dict[str, dict[str, str]] = {}
    constants: dict[str, Any] = {}
    separator: Annotated[str, Field(min_length=1)] = ";"


def read_mapping(path: Path | None) -> Mapping:
    """The mapping of a file; one that changes nothing when there is none. ImportFileError."""
    if path is None:
        return Mapping()
    try:
        return Mapping.model_validate(yaml.safe_load(path.read_text("utf-8")) or {})
    except (yaml.YAMLError, UnicodeDecodeError):
        raise ImportFileError(f"{path} is no YAML") from None
    except ValidationError as error:
        first = error.errors(include_input=False, include_url=False)[0]
        raise ImportFileError(f"{path}: {'.'.join(map(str, first['loc']))}: {first['msg']}") from None
