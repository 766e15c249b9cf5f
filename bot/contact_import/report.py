"""Figures of the contacts, for reading and for other programs."""

from __future__ import annotations

import csv
import io
import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict

from dialogs.domain.organizers.contacts import Group, total

__all__ = ["FORMATS"]

NUMBERS = ("invited", "started", "reachable", "opted_out", "blocked", "web_only")


def _as_text(groups: Sequence[Group]) -> str:
    """A line a group: its country, language and numbers; the sum last."""
    heads = ["country", "language", *NUMBERS]
    lines = [heads, *(_cells(group) for group in groups), ["all", "", *_cells(total(groups))[2:]]]
    widths = [max(len(line[place]) for line in lines) for place in range(len(heads))]
    return "\n".join(
        "  ".join(
            text.ljust(width) if place < 2 else text.rjust(width)
            for place, (text, width) in enumerate(zip(line, widths, strict=True))
        ).rstrip()
        for line in lines
    )


def _cells(group: Group) -> list[str]:
    numbers = asdict(group)
    return [group.country or "-", group.language or "-", *(str(numbers[name]) for name in NUMBERS)]


def _as_csv(groups: Iterable[Group]) -> str:
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n", quoting=csv.QUOTE_ALL)
    writer.writerow(["country", "language", *NUMBERS])
    for group in groups:
        writer.writerow(asdict(group).values())
    return out.getvalue().removesuffix("\r\n")


def _as_json(groups: Sequence[Group]) -> str:
    numbers = {name: value for name, value in asdict(total(groups)).items() if name in NUMBERS}
    return json.dumps({"all": numbers, "groups": [asdict(group) for group in groups]}, indent=2)


FORMATS: Mapping[str, Callable[[Sequence[Group]], str]] = {"text": _as_text, "csv": _as_csv, "json": _as_json}
