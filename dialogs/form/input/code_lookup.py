"""Questions that people ask back: `what is 9.c?`, `C7?`, answered at any moment without leaving the question."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogs.domain.messages import Code, M, Message, Value
from dialogs.knowledge import action_lines, goals
from dialogs.screens import Kind
from dialogs.step_context import StepContext
from dialogs.text.normalize import western_digits

__all__ = ["answer", "in_latin", "is_question"]

ASKED = re.compile(r"[?？؟]\s*$")
TARGET = re.compile(r"(?<![a-z\d.])(\d{1,2}\.(?:\d{1,2}|[a-d]))(?![a-z\d])", re.IGNORECASE)
LINE = re.compile(r"(?<![a-z\d])(C\d{1,2}(?:-[a-z]{4})?)(?![a-z\d])", re.IGNORECASE)
GOAL = re.compile(r"(?:\b(?:SDG|ODD|ODS|ЦУР|goal|objectif|objetivo|цель|الهدف)|目标)\s*(\d{1,2})(?!\d)", re.IGNORECASE)

CYRILLIC = str.maketrans("СсАа", "CcAa")
"""Letters of codes as a Russian keyboard writes them; read only where a code may stand."""
CYRILLIC_CODE = re.compile(r"[Сс](?=\d)|(?<=\d\.)[аАсС](?!\w)")
ARABIC_LINE = re.compile(r"(?<!\w)(?:جيم|ج)\s*(?=\d)")
"""The Arabic text of the Geneva Plan of Action numbers its lines جيم 1 to جيم 11."""


def answer(ctx: StepContext, text: str) -> bool:
    """Answer a short question about a code, above the question that is open. False: it wasn't one."""
    if len(text) > 80 or not ASKED.search(text):
        return False
    named = _named(text)
    for label in named:
        ctx.note(label, Kind.TEXT)
    return bool(named)


def is_question(text: str) -> bool:
    """Whether somebody asks back: `what does this mean?`"""
    return ASKED.search(text) is not None


def _named(text: str) -> list[Value]:
    text = in_latin(text)
    targets = [code.lower() for code in TARGET.findall(text)]
    lines = [_line_code(code) for code in LINE.findall(text)]
    numbers = [int(number) for number in GOAL.findall(text)]
    return [
        *(_said(code, Message(f"target.{code}")) for code in targets if goals.is_target(code)),
        *(said for code in lines if action_lines.is_line(code) for said in _explained(code)),
        *(_said(str(number), Message(f"goal.{number}")) for number in numbers if number in goals.GOALS),
    ]


def in_latin(text: str) -> str:
    """Codes in the letters and digits of the official lists, whatever keyboard they were typed on."""
    western = ARABIC_LINE.sub("C", western_digits(text))
    return CYRILLIC_CODE.sub(lambda found: found[0].translate(CYRILLIC), western)


def _line_code(code: str) -> str:
    head, dash, tail = code.partition("-")
    return head.upper() + dash + tail.lower()


def _explained(line: str) -> Iterator[Message]:
    """An Action Line in plain words, for its title alone explains little; C7 with each of its eight parts."""
    for code in (line, *(action_lines.SUBLINES if line == "C7" else ())):
        yield M(
            "lookup.line",
            code=Code(action_lines.number_of(code)),
            label=Message(f"action_line.{code}"),
            plain=Message(f"action_line.{code}.plain"),
        )


def _said(code: str, label: Message) -> Message:
    return M("lookup.is", code=Code(code), label=label)
