"""What a number means among options: the number of a goal, line or target, or a place in the list.

For goals and action lines the number is theirs (`3` is SDG 3, or C3); elsewhere it is the place in the list.
Where it could be either, both are offered.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping

from dialogs.matching.option_names import Names
from dialogs.matching.spellings import Words
from dialogs.text.normalize import words_of

__all__ = ["number_meant", "prefixes"]

PREFIXES: Mapping[str, frozenset[Words]] = {
    family: frozenset(words_of(word) for word in words)
    for family, words in {
        "action_line": (
            *("action line", "line", "al", "wsis action line", "wsis", "grande orientation", "orientation", "ligne"),
            *(
                "línea",
                "línea de acción",
                "направление",
                "направление деятельности",
                "خط",
                "الخط",
                "خط العمل",
                "行动方面",
            ),
            *("C", "action line C", "line C", "al C", "grande orientation C", "línea de acción C", "línea C"),
            *("направление деятельности C", "направление C", "خط العمل C", "行动方面 C", "行动方面C", "ligne C"),
        ),
        "goal": (
            *("goal", "goals", "sdg", "sdgs", "un sdg", "odd", "ods", "objectif", "objetivo", "цур", "цель", "цели"),
            *(
                "goal no",
                "goal number",
                "هدف",
                "الهدف",
                "اهداف",
                "目标",
                "可持续发展目标",
                "oos",
                "objectifs",
                "objetivos",
            ),
        ),
        "target": (
            *("target", "sdg", "sdg target", "cible", "meta", "odd", "ods", "задача", "цур", "غاية", "الغاية", "مقصد"),
            *("المقصد", "具体目标", "目标"),
        ),
    }.items()
}
"""What people write before a number, by what is numbered."""

SIGNS: frozenset[Words] = frozenset(
    words_of(word) for word in ("no", "nr", "number", "n", "nº", "№", "номер", "رقم", "第")
)
"""What stands before any number."""


LONGEST_PREFIX = 1 + max(len(prefix) for known in (SIGNS, *PREFIXES.values()) for prefix in known)
"""Words that may stand before a number: what is numbered, and a sign after it."""


def number_meant(piece: Words, names: Names, positions: bool) -> frozenset[str]:
    """The options that a piece such as `3`, `SDG 3` or `line C7` means; empty: none."""
    for length in prefixes(piece, names.family):
        bare = length == 0 or piece[:length] in SIGNS
        rest = piece[length:]
        found = _numbered(rest, names, positions and bare) or names.exact.get(rest, frozenset())
        if found:
            return found
    return frozenset()


FIRST_WORDS = frozenset(prefix[0] for known in (SIGNS, *PREFIXES.values()) for prefix in known)


def prefixes(words: Words, family: str) -> Iterator[int]:
    """How many of the first words may stand before a number, beginning with none; a word is left after them."""
    yield 0
    if words[0] in FIRST_WORDS:
        for length in range(1, min(len(words), LONGEST_PREFIX + 1)):
            prefix = words[:length]
            if prefix in SIGNS or _says_what(prefix, family):
                yield length


def _says_what(prefix: Words, family: str) -> bool:
    """Whether words say what is numbered, with or without a sign after them: `SDG`, `ODD n°`."""
    said = PREFIXES.get(family, frozenset())
    return prefix in said or (prefix[:-1] in said and prefix[-1:] in SIGNS)


def _numbered(rest: Words, names: Names, positions: bool) -> frozenset[str]:
    """What a bare number means; nothing when there is more than a number, or one beyond any list."""
    if len(rest) != 1 or not rest[0].isdigit() or len(rest[0]) > 6:
        return frozenset()
    return BY_FAMILY.get(names.family, _either)(int(rest[0]), names, positions)


def _place(number: int, names: Names, positions: bool) -> frozenset[str]:
    inside = positions and 1 <= number <= len(names.order)
    return frozenset({names.order[number - 1]}) if inside else frozenset()


def _line(number: int, names: Names, positions: bool) -> frozenset[str]:
    """C and the number; of a line that is offered in parts, its parts; a place where all are parts of one."""
    code = f"C{number}"
    if code in names.order:
        return frozenset({code})
    if len({other.partition("-")[0] for other in names.order}) > 1:
        return frozenset(other for other in names.order if other.startswith(f"{code}-"))
    return _place(number, names, positions)


def _goal(number: int, names: Names, positions: bool) -> frozenset[str]:
    return frozenset({str(number)}) & frozenset(names.order)


def _target(number: int, names: Names, positions: bool) -> frozenset[str]:
    """The second half of a target's code, or a place."""
    coded = frozenset(code for code in names.order if code.partition(".")[2] == str(number))
    return coded | _place(number, names, positions)


def _either(number: int, names: Names, positions: bool) -> frozenset[str]:
    return (frozenset({str(number)}) & frozenset(names.order)) | _place(number, names, positions)


BY_FAMILY: Mapping[str, Callable[[int, Names, bool], frozenset[str]]] = {
    "action_line": _line,
    "goal": _goal,
    "target": _target,
}
