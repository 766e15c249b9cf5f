"""Matching what was typed with what is offered: one name, or several in one message.

What is certain is taken: an exact name (folded, in any language), a code, a number. All else is offered back
with at most three candidates; only a long name with a single slip and no rival is taken at once. A text is
read from left to right; at each place the longest exact name wins, so that a name may hold commas and "and".
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from dialogs.matching.carrier_phrases import carried
from dialogs.matching.fuzzy import MOST_CANDIDATES, candidates, one_slip_from, surely_meant
from dialogs.matching.name_prefixes import CONNECTIVES
from dialogs.matching.name_spans import latin, lengths
from dialogs.matching.option_names import Names
from dialogs.matching.ordinals import number_meant
from dialogs.matching.spellings import Words
from dialogs.matching.state_forms import IN_BRACKETS
from dialogs.text.normalize import spelt_out, western_digits, words_of
from dialogs.text.unicode_forms import normalized

__all__ = ["Found", "find"]

SEPARATORS = re.compile(r"[,;/|\n&+•·、，；،؛。]|以及|\s[-–—]\s|^[-–—*]\s?|(?<=[^\d\W]{3})\.\s|\.$")
"""What surely stands between two choices, unless a name holds it."""

RANGE = re.compile(r"\d\s*[-–—~]\s*[^\W\d]?\s*\d|\d\s*(?:to|до|à|hasta|至|到|إلى|الى)\s*[^\W\d]?\s*\d")
"""`C1-C3`: taken as its two ends it would lose the middle, so it is asked to be written out."""

ENUMERATED = re.compile(r"\s*(\d{1,3})[.)]\s+(.+)")

DECIMAL = re.compile(r"\d\.\d")

FLAG = re.compile(r"[\U0001f1e6-\U0001f1ff]{2}")

MOST_COMPARED = 150_000
"""Comparisons with names in looking for the near misses of one text, each a tenth of a microsecond: enough for a list
of a hundred countries with a slip in each, or for ten that are hardly to be guessed."""

COMPARISONS_TO_GUESS = 8
"""Measures by which a piece is compared with each name when it is no single slip."""

MOST_UNKNOWN = 30
"""Pieces like nothing offered, after which a text is no list of names: the first of them is named in the refusal."""

LONGEST_PIECE = 60
"""Characters of a piece that are said back, and words that are looked at for them."""


@dataclass(slots=True)
class Found:
    """What a text holds: certain codes, candidates for the rest, pieces that are like nothing offered.

    `compared`: how many names pieces were compared with for near misses.
    """

    certain: list[str] = field(default_factory=list)
    candidates: list[str] = field(default_factory=list)
    unknown: list[str] = field(default_factory=list)
    is_range: bool = False
    compared: int = 0

    def may_compare(self, count: int) -> bool:
        """Whether a text may be compared with so many names more."""
        self.compared += count
        return self.compared <= MOST_COMPARED


@dataclass(frozen=True, slots=True)
class Typed:
    """The words of a text; `breaks`: the places where a separator stood, `in_order` from the first to the last.

    `explained`: the places after a dash, where what stands before it may be explained (`4 – education`). `latin`: the
    words with letters that look like Latin ones exchanged for those; the same object where there are none.
    """

    words: Words
    latin: Words
    breaks: frozenset[int]
    in_order: tuple[int, ...]
    explained: frozenset[int]

    def ends(self, at: int) -> bool:
        """Whether a choice may end before a place."""
        return at == len(self.words) or at in self.breaks or self.connects(at) or self.has_attached(at)

    def connects(self, at: int) -> bool:
        """Whether the word there means "and"; alone between separators or other such words it may be a code (`ET`)."""
        if self.words[at] not in CONNECTIVES:
            return False
        begins = at == 0 or at in self.breaks or self.words[at - 1] in CONNECTIVES
        after = at + 1
        ends = after == len(self.words) or after in self.breaks or self.words[after] in CONNECTIVES
        return not (begins and ends)

    def is_between(self, at: int) -> bool:
        """Whether something stands on both sides of a word, with no separator between."""
        return 0 < at < len(self.words) - 1 and at not in self.breaks and at + 1 not in self.breaks

    def has_attached(self, at: int) -> bool:
        """Whether the word there begins with an Arabic "and"."""
        return self.words[at].startswith("و") and len(self.words[at]) > 2

    def piece(self, start: int, end: int) -> Words:
        return self.words[start:end]

    def next_break(self, at: int) -> int:
        """The nearest place after this one where a separator stood; else the end."""
        following = bisect_right(self.in_order, at)
        return self.in_order[following] if following < len(self.in_order) else len(self.words)


def find(text: str, names: Names, *, positions: bool = True) -> Found:
    """Find the options a text names. `positions`: whether a bare number may be a place in the list."""
    found = Found()
    text = IN_BRACKETS.sub(" ", text) if names.bare else text
    typed = _typed(_without_enumeration(text)) if _is_short_enough(text, names) else None
    if typed is None or len(typed.words) > names.most_words:
        found.unknown.append(" ".join(text[:LONGEST_PIECE].split()))
    elif typed.words and not _whole(found, typed, names, positions):
        found.is_range = _is_range(text) or _has_decimals(text, names)
        if found.is_range:
            return found
        _walk(found, typed, names, positions)
    found.certain = list(dict.fromkeys(found.certain))
    certain = set(found.certain)
    found.candidates = [c for c in dict.fromkeys(found.candidates) if c not in certain][:MOST_CANDIDATES]
    return found


def _is_short_enough(text: str, names: Names) -> bool:
    """Whether a text may name options; some characters are a whole sentence when they are folded (`ﷺ`)."""
    most = names.most_characters
    return len(text) <= most and len(normalized("NFKC", text)) <= most


def _whole(found: Found, typed: Typed, names: Names, positions: bool) -> bool:
    """Whether all of a text is one name: exactly, in full, or with a slip."""
    words = typed.words
    if words in names.unlisted:
        near = one_slip_from(words, names)
        found.candidates += near
        found.unknown += [] if near else [spelt_out(words[:LONGEST_PIECE])]
        return True
    if len(words) <= names.beginnings.reach and _take(found, words, names, positions):
        return True
    alone = typed.piece(0, typed.next_break(0))
    if _carried(found, typed, names, positions):
        return True
    is_code = alone != words and alone in names.exact and len(alone[0]) < 3  # `LA, Kenya` are two
    return (not is_code and _formally(found, words, names)) or _sure(found, words, names)


def _carried(found: Found, typed: Typed, names: Names, positions: bool) -> bool:
    """Whether a sentence holds nothing but a name: `it is a ministry`. Not where a word beside it is a code itself."""
    words = typed.words
    start, end = carried(words)
    if (start, end) == (0, len(words)) or end - start > names.beginnings.reach:
        return False
    if any(start < place < end for place in typed.in_order):
        return False
    around = words[:start] + words[end:]
    return not any(names.meant((word,)) for word in around) and _take(found, words[start:end], names, positions)


def _is_range(text: str) -> bool:
    """Whether a line has a range in it. Its spaces are made one first: a run of them takes the pattern the square."""
    lines = western_digits(text).splitlines()
    return any(RANGE.search(" ".join(line.split())) for line in lines)


def _without_enumeration(text: str) -> str:
    """Lines that the person numbered 1, 2, 3 without their numbers: those count lines, not options."""
    lines = [line for line in western_digits(text).splitlines() if line.strip()]
    numbered = [ENUMERATED.match(line) for line in lines]
    if len(lines) < 2 or [m and int(m.group(1)) for m in numbered] != list(range(1, len(lines) + 1)):
        return text
    return "\n".join(match.group(2) for match in numbered if match)


def _has_decimals(text: str, names: Names) -> bool:
    """`SDG 3.5` where goals are asked for is a target, not the goals 3 and 5."""
    return names.family != "target" and DECIMAL.search(western_digits(text)) is not None


def _typed(text: str) -> Typed:
    spread = FLAG.sub(lambda flag: f",{_country_of(flag.group())},", text)
    words: list[str] = []
    breaks: set[int] = {0}
    explained: set[int] = set()
    end = 0
    for separator in (*SEPARATORS.finditer(spread), None):
        words.extend(words_of(spread[end : separator.start() if separator else None]))
        if separator is not None:
            end = separator.end()
            breaks.add(len(words))
            if separator.group().strip() in DASHES:
                explained.add(len(words))
    typed, other = tuple(words), latin(tuple(words))
    in_order = tuple(sorted(breaks))
    return Typed(typed, typed if other == typed else other, frozenset(breaks), in_order, frozenset(explained))


DASHES = ("-", "–", "—")


def _country_of(flag: str) -> str:
    """A flag is drawn from two letters of its own: 🇰🇪 is K and E."""
    return "".join(chr(ord(letter) - 0x1F1E6 + ord("A")) for letter in flag)


def _walk(found: Found, typed: Typed, names: Names, positions: bool) -> None:
    """Read from left to right; the rest of a text that is no list of names is not looked at."""
    at = 0
    while at < len(typed.words) and len(found.unknown) < MOST_UNKNOWN:
        if typed.connects(at):
            _dangling(found, typed, at, names)
            at += 1
            continue
        at = _exactly(found, typed, at, names, positions) or _nearly(found, typed, at, names)


def _dangling(found: Found, typed: Typed, at: int, names: Names) -> None:
    """An "and" with nothing on one side of it may be a code (`Kenya ET`): it is asked about."""
    if not typed.is_between(at):
        found.candidates += names.sorted(names.meant(typed.piece(at, at + 1)))


def _exactly(found: Found, typed: Typed, at: int, names: Names, positions: bool) -> int | None:
    """Take the longest exact name that begins here; where it ended, or None."""
    attached = typed.has_attached(at)
    for length in _lengths(typed, at, names):
        end = at + length
        if typed.ends(end):
            piece = typed.piece(at, end)
            if _take(found, piece, names, positions):
                return end
            if attached and _take(found, _detached(piece), names, positions):
                return end
    return _side_by_side(found, typed, at, names, positions)


def _lengths(typed: Typed, at: int, names: Names) -> list[int]:
    """How many words from a place on may be a name, the longest first."""
    ahead = slice(at, at + names.beginnings.reach)
    found = lengths(typed.words[ahead], names)
    if typed.latin is not typed.words:
        found |= lengths(typed.latin[ahead], names)
    if typed.has_attached(at):
        found |= lengths(_detached(typed.words[ahead]), names)
    return sorted(found, reverse=True)


def _detached(piece: Words) -> Words:
    """Without the "and" that is written with the first word."""
    return (piece[0][1:], *piece[1:])


def _side_by_side(found: Found, typed: Typed, at: int, names: Names, positions: bool) -> int | None:
    """Codes with numbers and nothing but spaces between: `C2 C5 9`. All of the piece, or nothing."""
    end, taken = _next_end(typed, at), Found()
    while at < end:
        for length in _lengths(typed, at, names):
            part = typed.piece(at, at + length)
            if at + length <= end and _has_number(part) and _take(taken, part, names, positions):
                at += length
                break
        else:
            return None
    found.certain += taken.certain
    found.candidates += taken.candidates
    return end


def _has_number(part: Words) -> bool:
    return any(word.isdigit() for word in part)


def _next_end(typed: Typed, at: int) -> int:
    """The nearest place where a choice may end; an attached و is no end here: most belong to a name."""
    ends = (end for end in range(at + 1, len(typed.words)) if end in typed.breaks or typed.connects(end))
    return next(ends, len(typed.words))


def _nearly(found: Found, typed: Typed, at: int, names: Names) -> int:
    """Take what begins here as a near miss: up to the next separator if that is a name with a slip."""
    end = typed.next_break(at)
    if _formally(found, typed.piece(at, end), names) or _sure(found, typed.piece(at, end), names):
        return end
    end = _next_end(typed, at)
    piece = typed.piece(at, end)
    if not (_formally(found, piece, names) or _sure(found, piece, names)):
        if at in typed.explained and found.certain and _has_number(typed.piece(max(0, at - 2), at)):
            return end  # the number was explicit: what explains it is no further choice
        near = _guessed(found, piece, names)
        found.candidates += near
        if not near:
            found.unknown.append(spelt_out(piece[:LONGEST_PIECE]))
    return end


def _guessed(found: Found, piece: Words, names: Names) -> tuple[str, ...]:
    """What a piece may mean; nothing when too much was looked at for that already."""
    if not found.may_compare(COMPARISONS_TO_GUESS * names.comparable(piece)):
        return ()
    if piece in names.unlisted:
        return one_slip_from(piece, names)
    return candidates(piece, names) or _mentioned(piece, names)


def _mentioned(piece: Words, names: Names) -> tuple[str, ...]:
    """Options whose code stands among other words (`perhaps C2 some day`): to be offered, for it may be `not C2`.

    So are codes in a row without separators (`KE UG`), where each word is one.
    """
    if all(names.meant((word,)) for word in piece):
        alone = (names.sorted(names.meant((word,))) for word in piece)
        return _first(code for codes in alone for code in codes)
    return _first(_coded(piece, names))


def _coded(piece: Words, names: Names) -> Iterator[str]:
    """Options that are named with a number somewhere in a piece."""
    for start in range(len(piece)):
        ahead = piece[start : start + names.beginnings.reach]
        for length in sorted(lengths(ahead, names)):
            part = ahead[:length]
            if length > 1 and _has_number(part):
                yield from names.sorted(names.meant(part) or number_meant(part, names, False))


def _first(codes: Iterator[str]) -> tuple[str, ...]:
    """The first few different ones; no more are looked for."""
    seen: dict[str, None] = {}
    for code in codes:
        seen[code] = None
        if len(seen) == MOST_CANDIDATES:
            break
    return tuple(seen)


def _formally(found: Found, piece: Words, names: Names) -> bool:
    code = names.formally(piece)
    if code is not None:
        found.certain.append(code)
    return code is not None


def _sure(found: Found, piece: Words, names: Names) -> bool:
    if piece in names.unlisted:
        return False
    code = surely_meant(piece, names) if found.may_compare(names.comparable(piece)) else None
    if code is not None:
        found.certain.append(code)
    return code is not None


def _take(found: Found, piece: Words, names: Names, positions: bool) -> bool:
    """Take a piece that is exactly a name, a code or a number; False when it is none."""
    asked = names.to_be_asked(piece)
    if asked:
        found.candidates.extend(asked)
        return True
    other = latin(piece)
    for spelling in (piece,) if other is piece else (piece, other):
        codes = names.meant(spelling) if not _is_bare(spelling) else frozenset[str]()
        codes = codes or number_meant(spelling, names, positions)
        if codes:
            _put(found, names.sorted(codes))
            return True
    return False


def _is_bare(piece: Words) -> bool:
    return len(piece) == 1 and piece[0].isdigit()


def _put(found: Found, codes: Sequence[str]) -> None:
    if len(codes) == 1:
        found.certain.extend(codes)
    else:
        found.candidates.extend(codes)
