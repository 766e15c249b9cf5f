"""The translators' workshop, `make messages`: keys from code into English, English into every language.

Run it after texts changed. It names keys that the code says and English lacks, and keys of English that
nothing says; it brings every catalogue into English's order, with its comments and the English text above
each entry; it adds what is new with an empty text, removes what is gone, and marks what must be looked at
again because English changed. At the end it reports how much of each language is done.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from pathlib import Path

from locales.plurals import plural_rule
from locales.tools.data_keys import from_data
from locales.tools.inspection import inspect
from locales.tools.po_files import Entry, read_shelf
from locales.tools.po_writer import ENGLISH, write_po
from locales.tools.used_keys import Usage, used_in
from locales.words import HERE, SOURCE, Words

__all__ = ["Coverage", "coverage", "everything_said", "main", "missing_in_english", "unused_in_english", "update"]


@dataclass(frozen=True, slots=True)
class Coverage:
    """How many of English's messages a language has."""

    language: str
    done: int
    total: int

    def __str__(self) -> str:
        left = f"{self.total - self.done} to translate" if self.done < self.total else "complete"
        return f"{self.language}  {100 * self.done // max(1, self.total):3d} %  {self.done} of {self.total}, {left}"


def everything_said() -> Usage:
    """What the project's code says and its data need."""
    usage = used_in()
    return replace(usage, said={**dict(from_data()), **usage.said})


def missing_in_english(folder: Path, usage: Usage) -> Iterator[str]:
    """Keys the code says that English lacks, each with where it is said."""
    known = read_shelf(folder, SOURCE).entries
    return (f"{key} ({at})" for key, at in sorted(usage.said.items()) if key not in known)


def unused_in_english(folder: Path, usage: Usage) -> Iterator[str]:
    """Keys of English that nothing says."""
    return (key for key in sorted(read_shelf(folder, SOURCE).entries) if not usage.uses(key))


def update(folder: Path) -> None:
    """Bring every language's files into line with English's. Translations are kept."""
    for language in Words.load(folder).languages:
        if language != SOURCE:
            _update(folder, language)


def _update(folder: Path, language: str) -> None:
    there = read_shelf(folder, language)
    broken = [file.domain for file in there.files if file.error]
    if broken:
        raise ValueError(f"{language}: mend {', '.join(broken)} first: what cannot be read would be lost")
    for file in read_shelf(folder, SOURCE).files:
        entries = [_brought(source, there.entries.get(source.key), language) for source in file.entries.values()]
        write_po(folder / language / f"{file.domain}.po", language, entries)
    kept = {file.domain for file in read_shelf(folder, SOURCE).files}
    for file in there.files:
        if file.domain not in kept:
            (folder / language / f"{file.domain}.po").unlink()


def _brought(source: Entry, mine: Entry | None, language: str) -> Entry:
    """A language's entry for English's `source`, with its comments and the English text in front.

    Each comment once: English may have two forms alike, and Babel drops the second of two equal comments.
    """
    english = (ENGLISH + form.replace("\n", "\\n") for form in source.forms)
    comments = tuple(dict.fromkeys((*source.comments, *english)))
    number = plural_rule(language).num_plurals if source.plural else 1
    if mine is None or mine.plural != source.plural or len(mine.forms) != number:
        kept = mine.forms if mine is not None and source.plural == mine.plural else ()
        return replace(source, forms=(*kept, *[""] * number)[:number], comments=comments, fuzzy=False)
    fuzzy = (mine.fuzzy or _english_changed(mine, comments)) and any(mine.forms)
    return replace(mine, comments=comments, fuzzy=fuzzy)


def _english_changed(mine: Entry, comments: tuple[str, ...]) -> bool:
    """Whether the English text above a translation is another one than it was made from."""
    before = [comment for comment in mine.comments if comment.startswith(ENGLISH)]
    return bool(before) and before != [comment for comment in comments if comment.startswith(ENGLISH)]


def coverage(folder: Path) -> list[Coverage]:
    """How much of each language can be shown to people."""
    words = Words.load(folder)
    wanted = words.keys(SOURCE)
    return [Coverage(code, len(wanted & words.keys(code)), len(wanted)) for code in words.languages]


def main(arguments: list[str] | None = None) -> int:
    """The command. 1 when English lacks a key, or when `--check` finds a fault; else 0."""
    parser = argparse.ArgumentParser("make messages", description="Bring all catalogues into line.")
    parser.add_argument("--check", action="store_true", help="change nothing; print every finding")
    parser.add_argument("--folder", type=Path, default=HERE, help="where the languages are")
    options = parser.parse_args(arguments)
    usage = everything_said()
    missing = list(missing_in_english(options.folder, usage))
    _print("The code says these and English lacks them:", missing)
    _print("Nothing says these:", unused_in_english(options.folder, usage))
    if not options.check:
        update(options.folder)
    findings = inspect(Words.load(options.folder)) if options.check else []
    _print("To mend:", map(str, findings))
    _print("", map(str, coverage(options.folder)))
    return 1 if missing or findings else 0


def _print(heading: str, lines: Iterable[str]) -> None:
    lines = list(lines)
    if lines:
        print("\n".join([*([heading] if heading else []), *(f"  {line}" for line in lines), ""]))


if __name__ == "__main__":
    sys.exit(main())
