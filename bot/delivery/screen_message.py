"""A screen as a letter: for messages that nobody asked for, so without a place in the conversation."""

from __future__ import annotations

from bot.delivery.outgoing import Button, OutgoingMessage
from dialogs.screens import Kind, Screen
from locales.words import TELEGRAM, Words

__all__ = ["letter_of"]

FRAMES = {
    Kind.TITLE: "<b>{}</b>",
    Kind.HINT: "<i>{}</i>",
    Kind.QUOTE: "<blockquote>{}</blockquote>",
    Kind.ITEM: "• {}",
}


def letter_of(screen: Screen, words: Words, language: str, zone: str | None) -> OutgoingMessage:
    """The screen in the reader's language. Its choices are heard whenever they are pressed."""
    text, before = "", None
    for line in screen.lines:
        part = FRAMES.get(line.kind, "{}").format(words.say(line.text, language, zone=zone, markup=TELEGRAM))
        gap = "\n" if before is line.kind is Kind.ITEM else "\n\n"
        text = f"{text}{gap}{part}" if text else part
        before = line.kind
    rows = tuple(
        tuple(
            Button(words.say(choice.label, language, zone=zone), None if choice.url else f"|{choice.code}", choice.url)
            for choice in row
        )
        for row in screen.rows
    )
    return OutgoingMessage(text, rows)
