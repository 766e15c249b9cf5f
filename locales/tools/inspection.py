"""Everything that is wrong with the catalogues: each finding names language, key, fault and what to do.

The inspection reads the files as they are, since what a person sees hides faults by falling back to English.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from dialogs.domain.messages import Message
from dialogs.text.normalize import normalize
from locales.plurals import agrees, plural_forms, plural_of, plural_rule
from locales.tools.checks import CHECKS, STAYS, Fault, Text, is_button, names_in
from locales.tools.example_checks import TOLD, refused
from locales.tools.po_files import Entry, File, Shelf, read_shelf
from locales.tools.samples import COUNTS, sample
from locales.tools.text_width import utf16_length
from locales.tools.used_keys import places_of_choices
from locales.vocabulary import build, intent_words
from locales.words import PLAIN, SOURCE, TELEGRAM, Words

__all__ = ["Finding", "inspect"]

TAG = re.compile(r"</?tg-time[^<>]*>")
LIMITS: tuple[tuple[re.Pattern[str], int], ...] = (
    (re.compile(r"command\.(?!unknown).+"), 256),
    (re.compile(r"(?:bot|telegram)\.name"), 64),
    (re.compile(r"(?:bot|telegram)\.(?:short_description|about)"), 120),
    (re.compile(r"(?:bot|telegram)\.description"), 512),
    (re.compile(r".+"), 4096),
)
"""Telegram's limits by key, in UTF-16 units (Bot API: BotCommand, setMyName, setMyDescription, sendMessage).
The first that fits counts."""

ALTERNATIVES = re.compile(
    r"(option\.\w+|action_line|goal|target\.\d+|region|prize_category)\.(?P<code>[\w-]+)(?:\.short)?"
)
"""Keys of options that are offered side by side: group and code."""


@dataclass(frozen=True, slots=True, order=True)
class Finding:
    """One fault. `key` is empty when it is about a whole file."""

    language: str
    key: str
    fault: Fault
    what: str

    def __str__(self) -> str:
        return f"{self.language} {self.key or '-'}: {self.fault}: {self.what}"


def inspect(words: Words) -> list[Finding]:
    """All findings in all languages of `words`, sorted by language and key. An empty list is the goal."""
    english = read_shelf(words.folder, SOURCE)
    found: set[Finding] = set()
    for language in words.languages:
        shelf = read_shelf(words.folder, language)
        found.update(_files(shelf), _entries(shelf, english), _texts(shelf, english), _shown(words, shelf))
        found.update(_options_clash(shelf))
    found.update(_intents_clash(words), _refused(words), _agreeing(words))
    return sorted(found)


def _files(shelf: Shelf) -> Iterator[Finding]:
    seen: dict[str, str] = {}
    for file in shelf.files:
        if file.error:
            yield Finding(shelf.language, "", Fault.UNREADABLE, f"{file.domain}.po: {file.error}")
            continue
        yield from _header(shelf.language, file)
        yield from (Finding(shelf.language, key, Fault.TWICE, f"twice in {file.domain}.po") for key in file.twice)
        for key in file.entries:
            first = seen.setdefault(key, file.domain)
            if first != file.domain:
                yield Finding(shelf.language, key, Fault.TWICE, f"in {first}.po and in {file.domain}.po")


def _header(language: str, file: File) -> Iterator[Finding]:
    named, rule = file.header.get("language", "nothing"), file.header.get("plural-forms", "")
    if named.replace("_", "-") != language:
        yield Finding(language, "", Fault.HEADER, f"{file.domain}.po: Language is {named}, the folder {language}")
    if "utf-8" not in file.header.get("content-type", "").lower():
        yield Finding(language, "", Fault.HEADER, f"{file.domain}.po: Content-Type must say charset=utf-8")
    if not agrees(rule, language):
        said = f"{file.domain}.po: Plural-Forms should be {plural_forms(language)}"
        yield Finding(language, "", Fault.HEADER, said)


def _entries(shelf: Shelf, english: Shelf) -> Iterator[Finding]:
    """Keys that lack or are too many, and entries that nobody would be shown."""
    source = english.entries
    for key in source.keys() - shelf.entries.keys():
        yield Finding(shelf.language, key, Fault.MISSING, f"translate: {source[key].forms[-1]}")
    forms = plural_rule(shelf.language).num_plurals
    for key, entry in shelf.entries.items():
        if key not in source:
            yield Finding(shelf.language, key, Fault.UNKNOWN, "English has no such key: remove it")
            continue
        if entry.fuzzy:
            yield Finding(shelf.language, key, Fault.FUZZY, "check it against English and take the mark off")
        if not any(entry.forms):
            yield Finding(shelf.language, key, Fault.EMPTY, f"translate: {source[key].forms[-1]}")
        else:
            yield from _plurals(shelf.language, entry, source[key], forms)


def _plurals(language: str, entry: Entry, source: Entry, forms: int) -> Iterator[Finding]:
    if entry.plural != source.plural:
        said = "needs plural forms, as English has" if source.plural else "has plural forms, English has none"
        yield Finding(language, entry.key, Fault.PLURALS, said)
    elif entry.plural and (len(entry.forms) != forms or not all(entry.forms)):
        filled = sum(map(bool, entry.forms))
        yield Finding(language, entry.key, Fault.PLURALS, f"{filled} plural forms filled, {forms} needed")


def _texts(shelf: Shelf, english: Shelf) -> Iterator[Finding]:
    source = english.entries
    served = Counter(map(plural_of(shelf.language), range(200)))
    for key, entry in shelf.entries.items():
        if key not in source or not source[key].is_done:
            continue
        for number, form in enumerate(entry.forms):
            if not form:
                continue
            counts = served[number] if entry.plural else 0
            stays = any(STAYS in comment for comment in source[key].comments)
            text = Text(shelf.language, key, form, source[key].forms, counts, stays)
            for fault, check in CHECKS.items():
                if not (text.is_english and fault in (Fault.UNTRANSLATED, Fault.NUMBER, Fault.COMMAND)):
                    yield from (Finding(shelf.language, key, fault, said) for said in check(text))


def _shown(words: Words, shelf: Shelf) -> Iterator[Finding]:
    """Each message as people will see it, with real values: within the limits, with nothing left over."""
    for key, entry in shelf.entries.items():
        if not entry.is_done:
            continue
        limit = next(limit for pattern, limit in LIMITS if pattern.fullmatch(key))
        for count in COUNTS if entry.plural else (None,):
            message = Message(key, {name: sample(name) for form in entry.forms for name in names_in(form)}, count)
            markup = PLAIN if is_button(key) else TELEGRAM
            shown = TAG.sub("", words.say(message, shelf.language, zone="Pacific/Auckland", markup=markup))
            if utf16_length(shown) > limit:
                said = f"{utf16_length(shown)} of {limit} characters: shorten it"
                yield Finding(shelf.language, key, Fault.TOO_LONG, said)


def _options_clash(shelf: Shelf) -> Iterator[Finding]:
    """Two options of a list with the same name: a typed answer would take either."""
    named: dict[tuple[str, str], dict[str, str]] = defaultdict(dict)
    for key, entry in shelf.entries.items():
        found = ALTERNATIVES.fullmatch(key)
        if found and entry.forms[-1]:
            named[found[1], normalize(entry.forms[-1])].setdefault(found["code"], key)
    for (_, name), keys in named.items():
        if len(keys) > 1:
            first, *others = keys.values()
            yield from (Finding(shelf.language, k, Fault.CLASH, f"«{name}» also names {first}") for k in others)


def _intents_clash(words: Words) -> Iterator[Finding]:
    """A word that wants two things, in one language or in two."""
    first: dict[str, tuple[str, str]] = {}
    for language in words.languages:
        for word, intent in intent_words(words, language):
            at, known = first.setdefault(word, (language, intent))
            if known != intent:
                said = f"«{word}» already means {known} ({at}): keep it in one place"
                yield Finding(language, f"intent.{intent}", Fault.CLASH, said)


def _refused(words: Words) -> Iterator[Finding]:
    """Texts that tell people to write what the reader does not take."""
    keys = [key for key in TOLD if key in words.catalogue(SOURCE).texts]
    if not keys:
        return
    vocabulary = build(words)
    for language in words.languages:
        for key in keys:
            for form in words.catalogue(language).texts.get(key, ()):
                for example in refused(key, form, vocabulary, language):
                    yield Finding(language, key, Fault.REFUSED, f"«{example}» is not taken when people write it")


AGREEING: Mapping[str, re.Pattern[str]] = {
    "fr": re.compile(r"\b(?:celles?|ceux|celui)-ci\b|\b(?:mien|tien|sien)(?:ne)?s?\b"),
    "es": re.compile(r"\b(?:est[ao]s|aquell[ao]s|mí[ao]s?)\b(?!\s+\w)|\w+r(?:lo|la|los|las)\b"),
    "ru": re.compile(r"\b(?:эт(?:их|ой|от|у)|мо(?:их|ими))\b(?!\s+\w)"),
    "ar": re.compile(r"\bبه(?:ا|م|ما)?\b|اترك(?:وه|وها)\b"),
}
"""Words that agree with something outside their own text, by language."""


def _agreeing(words: Words) -> Iterator[Finding]:
    """Buttons that stand on several screens, and agree with what is on one of them."""
    several = [key for key, files in places_of_choices().items() if len(files) > 1]
    for language, pattern in AGREEING.items():
        texts = words.catalogue(language).texts if language in words.languages else {}
        for key in several:
            for form in texts.get(key, ()):
                if (found := pattern.search(form)) is not None:
                    said = f"«{found[0]}» agrees with one of its screens only: say it without"
                    yield Finding(language, key, Fault.AGREEMENT, said)
