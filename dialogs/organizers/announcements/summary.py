"""What an announcement is, before it is sent: who reads what, what goes with it, to whom."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Sequence

from dialogs.account.topics import TOPICS
from dialogs.domain.announcements.rules import text_for
from dialogs.domain.messages import LanguageName, M, Message
from dialogs.domain.organizers.announcements import Sheet
from dialogs.organizers.announcements.content.audience_labels import described
from dialogs.organizers.announcements.view import blockers
from dialogs.screens import Kind, Line

__all__ = ["left_out", "reading", "size_and_time", "summary", "what_is_missing"]


def summary(sheet: Sheet, languages: Sequence[str]) -> Iterator[Line]:
    """All of it. `languages`: those that the bot speaks."""
    yield from reading(sheet, languages)
    if sheet.file:
        yield _item(M("announcement.picture" if sheet.picture else "announcement.document", name=sheet.file))
    if sheet.buttons:
        yield _item(M("announcement.buttons", len(sheet.buttons)))
    yield _item(M("announcement.topic", topic=TOPICS.get(sheet.topic, sheet.topic)))
    for line in described(sheet.audience):
        yield _item(line)


def reading(sheet: Sheet, languages: Iterable[str]) -> Iterator[Line]:
    """For each language that is written or read: how many read it, and whose text they get."""
    known = [*languages, *(each for each in (*sheet.readers, *sheet.texts) if each not in languages)]
    for language in dict.fromkeys(known):
        readers = sheet.readers.get(language, 0)
        own = bool(sheet.texts.get(language, "").strip())
        if not own and not readers:
            continue
        name = LanguageName(language)
        if own:
            yield _item(M("announcement.reads_own", readers, language=name))
        elif any(sheet.texts.values()):
            got, _ = text_for(sheet.texts, language, sheet.language)
            yield _item(M("announcement.reads_other", readers, language=name, other=LanguageName(got, own=False)))
        else:
            yield _item(M("announcement.reads_nothing", readers, language=name))


def size_and_time(sheet: Sheet) -> Iterator[Line]:
    """How many people, and how long sending takes at the set rate."""
    yield Line(Kind.TEXT, M("announce.audience", sheet.size))
    if sheet.size:
        yield Line(Kind.TEXT, M("announce.lasts", max(1, math.ceil(sheet.size / sheet.rate / 60))))
    yield from left_out(sheet)


def left_out(sheet: Sheet) -> Iterator[Line]:
    """How many people do not get it who may be meant, and why."""
    for reason, number in sheet.left_out.items():
        yield Line(Kind.HINT, Message(f"audience.left_out.{reason}", {}, number))


def what_is_missing(sheet: Sheet) -> Iterator[Line]:
    """What keeps it from being sent."""
    found = blockers(sheet)
    if found:
        yield Line(Kind.HINT, M("announce.blocked"))
        yield from (_item(line) for line in found)


def _item(text: Message) -> Line:
    return Line(Kind.ITEM, text)
