"""An announcement as readers of a language will see it, and sent to oneself to see it for real."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import choices
from dialogs.events import Chose, Event
from dialogs.messages import M, Rich, Tongue
from dialogs.organizing.announcing.checking import text_for
from dialogs.organizing.announcing.sheets import HUB, answered, kept, sheet_of
from dialogs.organizing.frame import OrganizersPlace
from dialogs.organizing.requests.announcements import Sheet, TestSend
from dialogs.organizing.roles import Right
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.talk import Talk
from dialogs.topics import button

__all__ = ["PLACES"]

PREVIEW = f"{HUB}_preview"


def show(talk: Talk) -> Screen:
    sheet = sheet_of(talk)
    languages = list(dict.fromkeys([*talk.world.vocabulary.languages, *sheet.texts]))
    language = str(talk.args.get("language", sheet.language))
    others = [Choice(f"in:{each}", Tongue(each)) for each in languages if each != language]
    test = choices.primary(".test", M("choice.announce_test"))
    rows = _links(sheet, language) + choices.row(test) + choices.grid(others, 3) + choices.row(choices.back())
    return Screen(PREVIEW, tuple(_lines(sheet, language)), rows)


def _lines(sheet: Sheet, language: str) -> Iterator[Line]:
    got, html = text_for(sheet.texts, language, sheet.language)
    yield Line(Kind.TITLE, M("announce.preview", language=Tongue(language, own=False)))
    if got != language:
        yield Line(Kind.HINT, M("announcement.they_read", language=Tongue(got, own=False)))
    if sheet.file:
        key = "announcement.picture" if sheet.picture else "announcement.document"
        yield Line(Kind.ITEM, M(key, name=sheet.file))
    yield Line(Kind.TEXT, Rich(html))
    yield Line(Kind.HINT, M("announcement.below", button=button(sheet.topic)))


def _links(sheet: Sheet, language: str) -> choices.Rows:
    """The buttons, as they will open for the reader."""
    got, _ = text_for(sheet.texts, language, sheet.language)
    return choices.column(
        Choice(f"link:{number}", text_for(each["label"], got, sheet.language)[1], url=each["url"])
        for number, each in enumerate(sheet.buttons)
    )


def hear(talk: Talk, event: Event) -> None:
    sheet = sheet_of(talk)
    language = str(talk.args.get("language", sheet.language))
    if answered(talk, event, PREVIEW, language=language):
        return
    if isinstance(event, Chose) and event.code.startswith("in:"):
        talk.stay(language=event.code.partition(":")[2])
    elif isinstance(event, Chose) and event.code == ".test":
        talk.ask(TestSend(sheet.id, language))
    elif isinstance(event, Chose):
        talk.go(HUB, sheet=kept(sheet))
    else:
        talk.note(M("not_understood.review"))


PLACES = {PREVIEW: OrganizersPlace(Right.TRANSLATE, show, hear)}
