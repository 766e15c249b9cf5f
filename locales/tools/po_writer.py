"""Writing a `.po` file, always in the same way, so that a change in one text is a change in one place."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path

from locales.plurals import plural_forms
from locales.tools.po_files import Entry

__all__ = ["ENGLISH", "write_po"]

ENGLISH = "English: "
"""Begins the comment with the English text, which translators read and the workshop compares."""

ESCAPES = str.maketrans({"\\": "\\\\", '"': '\\"', "\n": "\\n", "\t": "\\t", "\r": "\\r"})

HEADER = r"""msgid ""
msgstr ""
"MIME-Version: 1.0\n"
"Content-Type: text/plain; charset=utf-8\n"
"Content-Transfer-Encoding: 8bit\n"
"Language: {language}\n"
"Plural-Forms: {plurals}\n"
"""


def write_po(path: Path, language: str, entries: Iterable[Entry]) -> None:
    """Write `entries`, in their order."""
    head = HEADER.format(language=language, plurals=plural_forms(language))
    blocks = [head, *("\n".join(_lines(entry)) + "\n" for entry in entries)]
    path.parent.mkdir(exist_ok=True)
    path.write_text("\n".join(blocks), "utf-8")


def _lines(entry: Entry) -> Iterator[str]:
    yield from (f"# {comment}".rstrip() for comment in entry.own_comments)
    yield from (f"#. {line}".rstrip() for comment in entry.comments for line in comment.split("\n"))
    if entry.fuzzy:
        yield "#, fuzzy"
    yield f'msgid "{_escaped(entry.key)}"'
    if entry.plural:
        yield f'msgid_plural "{_escaped(entry.key)}"'
        yield from (f'msgstr[{number}] "{_escaped(form)}"' for number, form in enumerate(entry.forms))
    else:
        yield f'msgstr "{_escaped(entry.forms[0])}"'


def _escaped(text: str) -> str:
    return text.translate(ESCAPES)
