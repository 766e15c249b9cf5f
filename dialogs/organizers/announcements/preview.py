"""An announcement as readers of a language will see it, and sent to oneself to see it for real."""

from __future__ import annotations

from collections.abc import Iterator

from dialogs import choices
from dialogs.account.topics import button
from dialogs.domain.announcements.fields import filled, has_fields
from dialogs.domain.announcements.rules import text_for
from dialogs.domain.events import Chose, Event
from dialogs.domain.messages import LanguageName, M, Rich
from dialogs.domain.organizers.announcements import Sheet, TestSend
from dialogs.domain.roles import Right
from dialogs.organizers.announcements.view import HUB, answered, kept, sheet_of
from dialogs.organizers.flow import OrganizerRoute
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["ROUTES"]

PREVIEW = f"{HUB}_preview"


def render(ctx: StepContext) -> Screen:
    sheet = sheet_of(ctx)
    languages = list(dict.fromkeys([*ctx.world.vocabulary.languages, *sheet.texts]))
    language = str(ctx.args.get("language", sheet.language))
    others = [Choice(f"in:{each}", LanguageName(each)) for each in languages if each != language]
    test = choices.primary(".test", M("choice.announce_test"))
    rows = _links(sheet, language) + choices.row(test) + choices.grid(others, 3) + choices.row(choices.back())
    return Screen(PREVIEW, tuple(_lines(sheet, language)), rows)


def _lines(sheet: Sheet, language: str) -> Iterator[Line]:
    got, html = text_for(sheet.texts, language, sheet.language)
    yield Line(Kind.TITLE, M("announce.preview", language=LanguageName(language, own=False)))
    if got != language:
        yield Line(Kind.HINT, M("announcement.they_read", language=LanguageName(got, own=False)))
    if sheet.file:
        key = "announcement.picture" if sheet.picture else "announcement.document"
        yield Line(Kind.ITEM, M(key, name=sheet.file))
    yield Line(Kind.TEXT, Rich(filled(html, sheet.values, got)))
    if has_fields(html):
        yield Line(Kind.HINT, M("announcement.your_values"))
    yield Line(Kind.HINT, M("announcement.below", button=button(sheet.topic)))


def _links(sheet: Sheet, language: str) -> choices.Rows:
    """The buttons, as they will open for the reader."""
    got, _ = text_for(sheet.texts, language, sheet.language)
    return choices.column(
        Choice(f"link:{number}", text_for(each["label"], got, sheet.language)[1], url=each["url"])
        for number, each in enumerate(sheet.buttons)
    )


def handle(ctx: StepContext, event: Event) -> None:
    sheet = sheet_of(ctx)
    language = str(ctx.args.get("language", sheet.language))
    if answered(ctx, event, PREVIEW, language=language):
        return
    if isinstance(event, Chose) and event.code.startswith("in:"):
        ctx.update(language=event.code.partition(":")[2])
    elif isinstance(event, Chose) and event.code == ".test":
        ctx.ask(TestSend(sheet.id, language))
    elif isinstance(event, Chose):
        ctx.goto(HUB, sheet=kept(sheet))
    else:
        ctx.note(M("not_understood.review"))


ROUTES = {PREVIEW: OrganizerRoute(Right.TRANSLATE, render, handle)}
