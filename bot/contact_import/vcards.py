"""Address books as cards (vCard 2.1, 3.0 and 4.0: .vcf), each card a row under a header of our own.

Read are the name, the organization, addresses, the country and the language. Pictures, sounds, keys and notes are
passed over as they come, so that a book with photos takes no more memory than one without.
"""

from __future__ import annotations

import quopri
import re
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import BinaryIO

from bot.contact_import.errors import ListError
from bot.workbooks import UNPACKED
from dialogs.domain.messages import M, Size

__all__ = ["is_vcards", "rows_of_vcards"]

HEADER = ("", "name", "given name", "family name", "organisation", "e-mail", "country", "language")
"""As lists name their columns; over the first stands nothing, it counts the cards."""

MOST_CARDS = 200_000
LONGEST_LINE = 4_000
"""Bytes of a line, and of a property that goes on over several: longer than any name; the rest of it is dropped."""

MOST_OF_A_KIND = 20
"""Properties of one name that are read of a card, such as its addresses."""

READ = frozenset(
    ("FN", "N", "ORG", "EMAIL", "ADR", "LANG", "LANGUAGE", "KIND", "X-ADDRESSBOOKSERVER-KIND", "X-ABSHOWAS")
)
BEGIN = re.compile(rb"\s*BEGIN\s*:\s*VCARD\b", re.IGNORECASE)

NAMED = re.compile(
    r"\s*(?:[\w-]+\.)?(?P<name>[\w-]+)(?P<parameters>(?:;(?:\"[^\"]*\"|[^\":])*)?):(?P<value>.*)", re.DOTALL
)
"""A line: perhaps a group (`item1.`), the name, parameters (which may quote a colon), the value."""

UNESCAPED = re.compile(r"\\(.)", re.DOTALL)
SEMICOLONS = re.compile(r"(?<!\\);")


@dataclass(frozen=True, slots=True)
class Property:
    """A line of a card that says something about the person; `is_preferred` where the book says to use it first."""

    parts: tuple[str, ...]
    rank: int


@dataclass(slots=True)
class Card:
    """What was read of a card so far, by the names of its lines."""

    lines: dict[str, list[Property]] = field(default_factory=lambda: defaultdict(list))

    def first(self, *names: str) -> Sequence[str]:
        found = [each for name in names for each in self.lines.get(name, ())]
        return min(found, key=lambda each: each.rank).parts if found else ()

    def row(self, number: int) -> tuple[str, ...] | None:
        """The card below the header; None for a group of other cards."""
        kind = " ".join(self.first("KIND", "X-ADDRESSBOOKSERVER-KIND")).casefold()
        if kind == "group":
            return None
        name, organisation = _at(self.first("FN"), 0), _at(self.first("ORG"), 0)
        family, given = _at(self.first("N"), 0), _at(self.first("N"), 1)
        is_company = "COMPANY" in map(str.upper, self.first("X-ABSHOWAS")) or (name and name == organisation)
        if kind == "org" or is_company:
            name, given, family, organisation = "", "", "", organisation or name
        addresses = sorted(self.lines.get("EMAIL", ()), key=lambda each: each.rank)
        emails = "; ".join(dict.fromkeys(filter(None, (_at(each.parts, 0) for each in addresses))))
        countries = (_at(each.parts, 6) for each in sorted(self.lines.get("ADR", ()), key=lambda each: each.rank))
        language = _at(self.first("LANG", "LANGUAGE"), 0)
        return str(number), name, given, family, organisation, emails, next(filter(None, countries), ""), language


def _at(parts: Sequence[str], place: int) -> str:
    return " ".join(parts[place].split()) if place < len(parts) else ""


def is_vcards(path: Path) -> bool:
    """Whether a file begins as a card does, whatever it is called."""
    with path.open("rb") as file:
        return BEGIN.match(_plain(file.read(200))) is not None


def _plain(head: bytes) -> bytes:
    """The beginning of a file without its mark and, of UTF-16, without the zero bytes."""
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe").replace(b"\0", b"")


def rows_of_vcards(path: Path, encoding: str | None = None) -> Iterator[Sequence[str]]:
    """The header, then a row for each card. `encoding`: of cards that do not say theirs; None: found out.

    ListError when there is no card, or the last one does not end.
    """
    from bot.contact_import.encodings import encoding_of

    chosen = encoding or encoding_of(path)
    yield HEADER
    with path.open("rb") as file:
        for number, card in enumerate(_cards(file, chosen), start=1):
            if number > MOST_CARDS:
                raise ListError(M("contacts.list.too_large", size=Size(UNPACKED)))
            row = card.row(number)
            if row is not None:
                yield row


def _cards(file: BinaryIO, encoding: str) -> Iterator[Card]:
    """Each card. One within another (a secretary's, in version 2.1) belongs to it, and is passed over."""
    card, depth, seen = Card(), 0, False
    for line in _unfolded(file, encoding):
        match = NAMED.fullmatch(line)
        if match is None:
            continue
        name, value = match["name"].upper(), match["value"]
        if name in ("BEGIN", "END") and value.strip().upper() == "VCARD":
            depth = depth + 1 if name == "BEGIN" else max(0, depth - 1)
            if name == "BEGIN" and depth == 1:
                card, seen = Card(), True
            elif name == "END" and depth == 0 and seen:
                yield card
                card = Card()
        elif depth == 1 and name in READ and len(card.lines[name]) < MOST_OF_A_KIND:
            said = _property(match["parameters"], value, encoding)
            if said is not None:
                card.lines[name].append(said)
    if depth or not seen:
        raise ListError(M("contacts.list.vcard"))


def _unfolded(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Lines as they were before they were folded, each byte a character: a card may change its encoding in each."""
    whole = ""
    for line in _lines(file, encoding):
        more = line if len(whole) < LONGEST_LINE else ""
        if whole.endswith("=") and "QUOTED-PRINTABLE" in whole.partition(":")[0].upper():
            whole = whole[:-1] + more
        elif line[:1] in (" ", "\t"):
            whole += more[1:]
        else:
            yield whole
            whole = line
    yield whole


def _lines(file: BinaryIO, encoding: str) -> Iterator[str]:
    """Lines, the rest of overlong ones left out; those of UTF-16 as UTF-8, as if they had come so."""
    if encoding.lower().replace("_", "-").startswith("utf-16"):
        import codecs

        reader = codecs.getreader(encoding)(file, "replace")
        while text := reader.readline(LONGEST_LINE):
            yield text.rstrip("\r\n").encode().decode("latin-1")
        return
    while line := file.readline(LONGEST_LINE):
        yield line.removeprefix(b"\xef\xbb\xbf").rstrip(b"\r\n").decode("latin-1")
        while not line.endswith(b"\n") and line:
            line = file.readline(LONGEST_LINE)


def _property(written: str, value: str, encoding: str) -> Property | None:
    """What a line says; None for what is packed in base64, which is no text."""
    parameters = _parameters(written)
    coding = parameters.get("ENCODING", "")
    if coding in ("B", "BASE64"):
        return None
    raw = value.encode("latin-1")
    if coding == "QUOTED-PRINTABLE":
        raw = quopri.decodestring(raw)
    text = _decoded(raw, parameters.get("CHARSET") or ("utf-8" if encoding.startswith("utf-") else encoding))
    return Property(tuple(UNESCAPED.sub(_unescaped, part) for part in SEMICOLONS.split(text)), _rank(parameters))


def _parameters(written: str) -> Mapping[str, str]:
    """In upper case. What stands alone in version 2.1 (`;PREF;QUOTED-PRINTABLE`) is a type or an encoding."""
    found: dict[str, str] = {}
    for part in written.upper().split(";"):
        name, is_named, value = part.strip().partition("=")
        if is_named:
            value = value.strip().strip('"')
            found[name.strip()] = f"{found['TYPE']},{value}" if name == "TYPE" and "TYPE" in found else value
        elif name in ("QUOTED-PRINTABLE", "BASE64", "B"):
            found["ENCODING"] = name
        elif name:
            found["TYPE"] = f"{found.get('TYPE', '')},{name}"
    return found


def _rank(parameters: Mapping[str, str]) -> int:
    """How early to use a line: what the book prefers comes first (`PREF=1` in version 4.0, else a type)."""
    preferred = parameters.get("PREF", "")
    if preferred.isascii() and preferred.isdigit() and len(preferred) <= 3:
        return int(preferred)
    return 1 if "PREF" in parameters.get("TYPE", "").split(",") else 101


def _decoded(raw: bytes, encoding: str) -> str:
    try:
        return raw.decode(encoding)
    except (UnicodeDecodeError, LookupError):
        return raw.decode("utf-8", errors="replace")


def _unescaped(escaped: re.Match[str]) -> str:
    return " " if escaped[1] in "nN" else escaped[1]
