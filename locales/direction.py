"""Keeping mixed text in order: which way a text runs, and isolating what runs the other way.

Unicode's isolates (UAX #9) are used, not embeddings or marks: what is inside has no effect on what is
outside, and they are invisible where they are not understood. An isolate ends with its paragraph, so a text
of several lines is isolated line by line.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

__all__ = ["commands_apart", "controls", "isolated", "isolated_ltr", "led_rtl", "strays", "tame"]

FSI, LRI, PDI, RLM = "\u2068", "\u2066", "\u2069", "\u200f"
OPENING = "\u2066\u2067\u2068"
CONTROLS = frozenset("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069")
STRONG = {"L": "ltr", "R": "rtl", "AL": "rtl"}
COMMAND = re.compile(r"(?<![\w/<])/[a-z][a-z0-9_]*\b(?!/)")
DROP = {ord(control): None for control in CONTROLS}


def controls(text: str) -> frozenset[str]:
    """The directional controls in a text (isolates, embeddings, overrides; not the harmless marks)."""
    return CONTROLS.intersection(text)


def tame(text: str) -> str:
    """Somebody's text without directional controls, which could turn the text around it."""
    return text.translate(DROP) if controls(text) else text


def isolated(text: str) -> str:
    """`text` apart from its surroundings, running as its own first letter says."""
    return "\n".join(f"{FSI}{line}{PDI}" if line else line for line in text.split("\n"))


def isolated_ltr(text: str) -> str:
    """A code, address or reference apart from its surroundings, left to right whatever it begins with."""
    return f"{LRI}{text}{PDI}"


def commands_apart(text: str) -> str:
    """A right-to-left text in which every `/command` keeps its slash in front: alone, it would stand behind the word.

    Apps still find the command in it: what they want before the slash is anything but a letter, digit or slash.
    """
    return COMMAND.sub(lambda found: isolated_ltr(found.group()), text)


def led_rtl(text: str) -> str:
    """A right-to-left text whose every line is known as such.

    Apps take a paragraph's direction from its first letter, and some look into isolates for it, so a line that
    begins with a code or a name gets a mark in front. Lines without any right-to-left letter stay as they are.
    """
    return "\n".join(f"{RLM}{line}" if _needs_lead(line) else line for line in text.split("\n"))


def _needs_lead(line: str) -> bool:
    if line.isascii():
        return False
    ways = [STRONG[way] for c in line if (way := unicodedata.bidirectional(c)) in STRONG]
    return bool(ways) and ways[0] == "ltr" and "rtl" in ways


def strays(text: str, direction: str) -> bool:
    """Whether something in `text`, outside of isolates, runs against `direction` ("ltr" or "rtl")."""
    if text.isascii():
        return direction == "rtl" and any(map(str.isalpha, text))
    return any(way != direction for way in _ways(text))


def _ways(text: str) -> Iterator[str]:
    depth = 0
    for character in text:
        if character in OPENING:
            depth += 1
        elif character == PDI:
            depth = max(0, depth - 1)
        elif not depth and (way := STRONG.get(unicodedata.bidirectional(character))):
            yield way
