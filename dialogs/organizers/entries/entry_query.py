"""What an organizer types to find entries, understood: `C7 SDG 4 Kenya 2027 solar`, in any order and language."""

from __future__ import annotations

import re
from collections.abc import Mapping

from dialogs.domain.organizers.entry_search import Wanted
from dialogs.form.input.code_lookup import GOAL, LINE, in_latin
from dialogs.knowledge import action_lines, goals
from dialogs.knowledge.countries import MEMBERS
from dialogs.text.normalize import normalize
from dialogs.text.vocabulary import Vocabulary

__all__ = ["understood"]

YEAR = re.compile(r"(?<!\d)(20\d\d)(?!\d)")
CODE = re.compile(r"(?<!\w)[A-Z]{2,3}(?!\w)")
"""A country's code, which only capitals make one: `in` and `no` are words."""

SHORTEST = 3
"""Letters of what is a code rather than a name."""

LONGEST = 600
"""Characters that are looked at; of what is no code, 200 are looked for."""

LONGEST_NAME = 7
"""Words of a country's name."""


def understood(text: str, vocabulary: Vocabulary) -> Wanted:
    """The parts that are codes, years and countries; all other words are looked for as they are."""
    text = in_latin(text[:LONGEST])
    line, text = _taken(LINE, text)
    goal, text = _taken(GOAL, text)
    year, text = _taken(YEAR, text)
    country, text = _country(text, vocabulary)
    known_line = _line(line)
    known_goal = str(int(goal)) if goal and int(goal) in goals.GOALS else ""
    unknown = " ".join(part for part, known in ((line, known_line), (goal, known_goal)) if part and not known)
    return Wanted(known_line, known_goal, country, year, " ".join(f"{text} {unknown}".split())[:200])


def _taken(pattern: re.Pattern[str], text: str) -> tuple[str, str]:
    """The first match, and the text without it."""
    found = pattern.search(text)
    return (found[1], text[: found.start()] + " " + text[found.end() :]) if found else ("", text)


def _line(code: str) -> str:
    head, dash, tail = code.partition("-")
    line = head.upper() + dash + tail.lower()
    return line if action_lines.is_line(line) else ""


def _country(text: str, vocabulary: Vocabulary) -> tuple[str, str]:
    """A country by its code in capitals, else the longest run of words that is the name of one."""
    names = _names(vocabulary)
    for found in CODE.finditer(text):
        code = names.get(normalize(found[0]))
        if code is not None:
            return code, text[: found.start()] + " " + text[found.end() :]
    words = text.split()
    for length in range(min(LONGEST_NAME, len(words)), 0, -1):
        for start in range(len(words) - length + 1):
            name = normalize(" ".join(words[start : start + length]))
            if name in names and (len(name) > SHORTEST or not name.isascii()):
                return names[name], " ".join(words[:start] + words[start + length :])
    return "", text


def _names(vocabulary: Vocabulary) -> Mapping[str, str]:
    return {normalize(name): code for code in MEMBERS for name in (code, *vocabulary.labels.get(f"country.{code}", ()))}
