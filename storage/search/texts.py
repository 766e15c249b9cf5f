"""What an entry says and what it is about, as the register's search compares it: folded once, when it is written."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from dialogs.text.normalize import normalize

__all__ = ["about_of", "codes_of", "said_of", "tag"]

ABOUT = {"line": ("lines", "sublines"), "goal": ("goals_suggested", "goals")}
"""Answers that hold codes, by what the codes are of."""


def said_of(reference: str, title: str, organisation: str, answers: Mapping[str, Any]) -> str:
    """The texts in which words are looked for, folded into one."""
    return normalize(f"{reference} {title} {organisation} {answers.get('description') or ''}")


def about_of(answers: Mapping[str, Any]) -> str:
    """The Action Lines and goals of an entry, each between spaces: ` line:C7 line:C7-ehea goal:4 `."""
    return "".join((" ", *(f"{tag(kind, code)} " for kind in ABOUT for code in codes_of(answers, kind))))


def tag(kind: str, code: str) -> str:
    """How a code stands in `about_of`."""
    return f"{kind}:{code}"


def codes_of(answers: Mapping[str, Any], kind: str) -> tuple[str, ...]:
    """The codes of a kind (`line` or `goal`) in an entry's answers, each once."""
    return tuple(dict.fromkeys(_codes(answers, kind)))


def _codes(answers: Mapping[str, Any], kind: str) -> Iterator[str]:
    for key in ABOUT[kind]:
        yield from (str(code) for code in answers.get(key) or ())
