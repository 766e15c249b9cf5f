"""What a file and options ask for, checked as the chat checks it. AnnouncementError says what is wrong, in one line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from bot.cli.announce.errors import AnnouncementError
from dialogs.account.topics import TOPICS
from dialogs.domain.announcements.button_rules import LONGEST_LABEL, MOST, address_of
from dialogs.domain.announcements.rules import PUBLIC_CHANNEL
from dialogs.domain.messages import Country
from dialogs.domain.organizers.contacts import group_name
from dialogs.domain.values.geneva import GENEVA
from dialogs.knowledge.countries import MEMBERS
from dialogs.matching.matcher import find
from dialogs.matching.option import Option
from dialogs.matching.option_names import names_of
from dialogs.organizers.announcements.content.audience_labels import DIMENSIONS, OF_ENTRIES
from dialogs.organizers.announcements.content.audience_screens import REFERENCE
from dialogs.text import html_subset
from dialogs.text.vocabulary import Vocabulary
from storage.announcements.announcements import Attached
from storage.announcements.audiences import Audience

__all__ = ["Wanted", "pair", "read", "understood"]


@dataclass(frozen=True, slots=True)
class Wanted:
    """An announcement as it was asked for."""

    texts: Mapping[str, str]
    audience: Mapping[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    language: str = "en"
    topic: str = "news"
    buttons: Sequence[Mapping[str, Any]] = ()
    file: Attached | None = None


FIELDS = {"texts", "audience", "at", "language", "topic", "buttons", "picture", "document"}


def read(file: Path | None, texts: Iterable[str], audience: Iterable[str], at: str | None) -> Wanted:
    """What a file and options ask for; options come before the file."""
    given: dict[str, Any] = _from_file(file) if file else {}
    written = {**_mapping(given, "texts"), **dict(pair(each) for each in texts)}
    if not written:
        raise AnnouncementError("an announcement needs a text: --file announcement.yaml, or --text en='...'")
    cut = {**_mapping(given, "audience"), **dict(_cut(each) for each in audience)}
    when = at or given.get("at")
    language = given.get("language", "en" if "en" in written else next(iter(written)))
    attached = next((_attached(given[kind], kind, file) for kind in ("picture", "document") if kind in given), None)
    return Wanted(
        {language: html_subset.marked(str(text)) for language, text in written.items()},
        cut,
        _moment(when) if when else None,
        language,
        _topic(given.get("topic", "news")),
        tuple(_buttons(given.get("buttons", ()), language)),
        attached,
    )


def _from_file(file: Path) -> dict[str, Any]:
    try:
        given = yaml.safe_load(file.read_text("utf-8"))
    except yaml.YAMLError as error:
        raise AnnouncementError(f"{file} is no YAML: {str(error).splitlines()[0]}") from None
    if not isinstance(given, dict) or set(given) - FIELDS:
        raise AnnouncementError(f"{file}: expected only these names: {', '.join(sorted(FIELDS))}")
    return given


def _mapping(given: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = given.get(name) or {}
    if not isinstance(value, Mapping):
        raise AnnouncementError(f"{name}: expected names with values")
    return value


def _topic(topic: Any) -> str:
    if topic not in TOPICS:
        raise AnnouncementError(f"topic {topic}: expected one of {', '.join(TOPICS)}")
    return str(topic)


def _buttons(given: Any, language: str) -> Iterable[dict[str, Any]]:
    """The buttons, with their addresses completed; a label that is one text is for everyone."""
    if not isinstance(given, Sequence) or isinstance(given, str) or len(given) > MOST:
        raise AnnouncementError(f"buttons: expected a list of at most {MOST}")
    for number, button in enumerate(given, 1):
        if not isinstance(button, Mapping) or set(button) != {"label", "url"}:
            raise AnnouncementError(f"button {number}: expected a label and a url")
        address = address_of(str(button["url"]))
        if address is None:
            raise AnnouncementError(f"button {number}: {button['url']} is no web address such as https://www.itu.int")
        labels = button["label"] if isinstance(button["label"], Mapping) else {language: button["label"]}
        for each, label in labels.items():
            if not str(label or "").strip() or len(str(label)) > LONGEST_LABEL:
                raise AnnouncementError(f"button {number}, {each}: a label has 1 to {LONGEST_LABEL} characters")
        yield {"label": {str(each): str(label).strip() for each, label in labels.items()}, "url": address}


def _attached(name: str, kind: str, file: Path | None) -> Attached:
    path = ((file.parent if file else Path()) / name).resolve()
    return Attached(str(path), kind == "picture", path.name)


def pair(text: str) -> tuple[str, str]:
    """A text as `LANGUAGE=TEXT`."""
    language, equals, words = text.partition("=")
    if not equals:
        raise AnnouncementError(f"--text {text!r}: expected LANGUAGE=TEXT, such as en='The call is open'")
    return language.strip(), words


def _cut(text: str) -> tuple[str, Any]:
    """`languages=fr,ar`, `unfinished`, `channel=@wsis`, `not_notices=3`."""
    name, equals, values = text.partition("=")
    if not equals:
        return name, True
    if name in ("call", "channel"):
        return name, values
    return name, [int(value) if value.isdigit() else value.strip() for value in values.split(",")]


def _moment(given: Any) -> datetime:
    """A moment as text, or as YAML has read it."""
    try:
        moment = given if isinstance(given, datetime) else datetime.fromisoformat(str(given))
    except ValueError:
        raise AnnouncementError(f"--at {given}: expected a moment such as 2027-02-01T09:00") from None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=GENEVA)


def understood(cut: Mapping[str, Any], vocabulary: Vocabulary) -> Mapping[str, Any]:
    """The audience with its codes: countries also by their names, every code one that there is."""
    fields = Audience.__dataclass_fields__
    unknown = sorted(set(cut) - set(fields))
    if unknown:
        raise AnnouncementError(f"audience: there is no {unknown[0]}; expected one of {', '.join(fields)}")
    channel = cut.get("channel")
    if channel and not PUBLIC_CHANNEL.fullmatch(str(channel)):
        raise AnnouncementError(f"audience: {channel} is no channel such as @wsis")
    known = {"languages": vocabulary.languages, **{each: DIMENSIONS[each] for each in ("kinds", *OF_ENTRIES)}}
    found = dict(cut)
    for name in (each for of in known for each in (of, f"not_{of}") if each in cut):
        found[name] = [str(code) for code in _list(cut, name)]
        for code in found[name]:
            if code not in known[name.removeprefix("not_")]:
                expected = ", ".join(known[name.removeprefix("not_")])
                raise AnnouncementError(f"audience, {name}: {code} is none of {expected}")
    for name in (each for each in ("groups", "not_groups") if each in cut):
        found[name] = [group_name(str(each)) for each in _list(cut, name)]
    for name in (each for each in ("contacts", "not_contacts") if each in cut):
        for number in _list(cut, name):
            if not isinstance(number, int):
                raise AnnouncementError(f"audience, {name}: {number} is no number of a contact")
    for name in (each for each in ("entries", "not_entries") if each in cut):
        for reference in _list(cut, name):
            if not REFERENCE.fullmatch(str(reference)):
                raise AnnouncementError(f"audience, {name}: {reference} is no reference such as WSIS-2027-000012")
    for name in ("countries", "not_countries"):
        if name in cut:
            found[name] = [_country(str(each), vocabulary) for each in _list(cut, name)]
    return found


def _list(cut: Mapping[str, Any], name: str) -> list[Any]:
    value = cut.get(name, [])
    if not isinstance(value, list):
        raise AnnouncementError(f"audience, {name}: expected a list")
    return value


def _country(text: str, vocabulary: Vocabulary) -> str:
    """The code of a country that is given by its code or, in any of the six languages, its name."""
    if text.upper() in MEMBERS:
        return text.upper()
    found = find(text, names_of(tuple(Option(code, Country(code)) for code in MEMBERS), vocabulary), positions=False)
    if len(found.certain) != 1 or found.unknown or found.candidates:
        raise AnnouncementError(f"audience: {text} is not in the list of countries: write its code, such as KE")
    return str(found.certain[0])
