"""Answers as a table for readers from right to left: Telegram's rich messages know a direction, plain ones don't.

Only screens that are lists of answers are worth it. A server that knows no rich messages, or refuses one, gets the
plain letters instead.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from itertools import groupby

from aiogram.types import (
    InputRichBlockParagraph,
    InputRichBlockSectionHeading,
    InputRichBlockTable,
    InputRichMessage,
    RichBlockTableCell,
)

from bot.turns.outcome import Outcome
from dialogs.domain.messages import Message
from dialogs.screens import Kind, Line, Screen
from locales.words import Words

__all__ = ["rich"]

SCREENS = frozenset({"review", "review_section", "sent"})
PAIRS = frozenset({"review.answer", "review.changed"})
"""Lines that are a question's name and its answer."""

LONGEST = 30_000
"""Characters that are used of the 32,768 that Telegram takes."""
MOST_BLOCKS = 400

Block = InputRichBlockParagraph | InputRichBlockSectionHeading | InputRichBlockTable


def rich(screen: Screen, words: Words, outcome: Outcome) -> InputRichMessage | None:
    """The screen as a rich message from right to left; None where plain letters are as good."""
    language = outcome.language
    if screen.name not in SCREENS or words.direction(language) != "rtl" or outcome.access:
        return None
    if sum(len(words.say(line.text, language)) for line in screen.lines) > LONGEST or len(screen.lines) > MOST_BLOCKS:
        return None
    return InputRichMessage(blocks=list(_blocks(screen.lines, words, outcome)), is_rtl=True)


def _blocks(lines: Iterable[Line], words: Words, outcome: Outcome) -> Iterator[Block]:
    for paired, some in groupby(lines, key=_is_pair):
        if paired:
            yield InputRichBlockTable(cells=[_row(line, words, outcome) for line in some])
        else:
            yield from (_block(line, words, outcome) for line in some)


def _is_pair(line: Line) -> bool:
    return isinstance(line.text, Message) and line.text.key in PAIRS


def _row(line: Line, words: Words, outcome: Outcome) -> list[RichBlockTableCell]:
    assert isinstance(line.text, Message)  # _is_pair looked
    label, answer = line.text.values["label"], line.text.values["answer"]
    said = [words.say(value, outcome.language, zone=outcome.zone) for value in (label, answer)]
    return [
        RichBlockTableCell(text=said[0], align="right", valign="top", is_header=True),
        RichBlockTableCell(text=said[1], align="right", valign="top"),
    ]


def _block(line: Line, words: Words, outcome: Outcome) -> Block:
    text = words.say(line.text, outcome.language, zone=outcome.zone)
    if line.kind is Kind.TITLE:
        return InputRichBlockSectionHeading(text=text, size=1)
    if line.kind is Kind.HINT:
        return InputRichBlockSectionHeading(text=text, size=3)
    return InputRichBlockParagraph(text=text)
