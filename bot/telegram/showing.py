"""Screens as Telegram shows them: HTML within its limits, keyboards, choices that say what they are."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from aiogram.types import CopyTextButton, InlineKeyboardButton, InlineKeyboardMarkup

from dialogs.messages import Value
from dialogs.screens import Choice, Kind, Line, Screen, Style
from locales.words import TELEGRAM, Words

__all__ = ["Letter", "chosen_line", "letters"]

LONGEST = 3_900
"""UTF-16 units of a message that are used: below Telegram's 4,096, so that tags and marks never matter."""

LONG_QUOTE = 2_500
"""Characters of a quoted text after which it is sent as a file."""

FRAMES = {
    Kind.PROGRESS: "<i>{}</i>",
    Kind.TITLE: "<b>{}</b>",
    Kind.TEXT: "{}",
    Kind.HINT: "<i>{}</i>",
    Kind.NOTE: "{}",
    Kind.ERROR: "<b>!</b> {}",
    Kind.ITEM: "• {}",
    Kind.QUOTE: "<blockquote>{}</blockquote>",
}

STYLES = {Style.PRIMARY: "primary", Style.DANGER: "danger"}


@dataclass(frozen=True, slots=True)
class Letter:
    """One message: HTML, and the keyboard under it; or a text that is better sent as a file."""

    html: str
    keyboard: InlineKeyboardMarkup | None = None
    file: str | None = None


def letters(screen: Screen, words: Words, language: str, zone: str | None, access: bool) -> list[Letter]:
    """The messages that show a screen; the last one bears the keyboard."""
    files = [line.text for line in screen.lines if _is_file(line)]
    blocks = [_block(line, words, language, zone) for line in screen.lines if not _is_file(line)]
    if access:
        blocks += list(_numbered(screen, words, language))
    texts = list(_packed(blocks)) or ["…"]
    keyboard = _keyboard(screen, words, language)
    found = [Letter(text) for text in texts[:-1]]
    found += [Letter("", file=str(text)) for text in files]
    return [*found, Letter(texts[-1], keyboard)]


def _is_file(line: Line) -> bool:
    return line.kind is Kind.QUOTE and isinstance(line.text, str) and len(line.text) > LONG_QUOTE


def _block(line: Line, words: Words, language: str, zone: str | None) -> tuple[Kind, str]:
    text = line.text[: LONGEST // 2] + "…" if isinstance(line.text, str) and units(line.text) > LONGEST else line.text
    return line.kind, FRAMES[line.kind].format(words.say(text, language, zone=zone, markup=TELEGRAM))


def _packed(blocks: list[tuple[Kind, str]]) -> Iterator[str]:
    """Blocks as messages within the limit: items close together, everything else as paragraphs."""
    text, before = "", None
    for kind, block in blocks:
        gap = "\n" if kind is before and kind in (Kind.ITEM, Kind.NOTE) else "\n\n"
        if text and units(text) + units(block) + 2 > LONGEST:
            yield text
            text = ""
        text = f"{text}{gap}{block}" if text else block
        before = kind
    if text:
        yield text


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _numbered(screen: Screen, words: Words, language: str) -> Iterator[tuple[Kind, str]]:
    """Every choice as a line of text, for people who read by ear."""
    for row in screen.rows:
        for choice in row:
            label = words.say(choice.label, language, markup=TELEGRAM)
            number = f"{choice.number}. " if choice.number is not None else ""
            yield Kind.ITEM, f"{number}{_mark(choice)}{label}"


def _mark(choice: Choice) -> str:
    return "✓ " if choice.chosen else ""


def _keyboard(screen: Screen, words: Words, language: str) -> InlineKeyboardMarkup | None:
    mirrored = words.direction(language) == "rtl"
    rows = [[_button(choice, screen.place, words, language) for choice in row] for row in screen.rows]
    shown = [row[::-1] if mirrored else row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=shown) if shown else None


def _button(choice: Choice, place: str, words: Words, language: str) -> InlineKeyboardButton:
    text = f"{_mark(choice)}{words.say(choice.label, language)}"
    style = STYLES.get(choice.style)
    if choice.url is not None:
        return InlineKeyboardButton(text=text, url=choice.url, style=style)
    if choice.copies is not None:
        return InlineKeyboardButton(text=text, copy_text=CopyTextButton(text=choice.copies), style=style)
    return InlineKeyboardButton(text=text, callback_data=f"{place}|{choice.code}", style=style)


def chosen_line(label: Value, words: Words, language: str) -> str:
    """What was chosen, to stand in the old message."""
    return f"<b>✓ {words.say(label, language, markup=TELEGRAM)}</b>"
