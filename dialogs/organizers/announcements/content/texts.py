"""The texts of an announcement, one a language. After it was sent, a new text mends what people have."""

from __future__ import annotations

from dialogs import choices
from dialogs.domain.announcements.fields import FIELDS
from dialogs.domain.announcements.rules import LONGEST, LONGEST_WITH_FILE, too_long
from dialogs.domain.events import Chose, Event, Said, Sent
from dialogs.domain.messages import Code, LanguageName, Listing, M, Rich
from dialogs.domain.notice import NoticeState
from dialogs.domain.organizers.announcements import ChangeSent, Sheet, WriteText
from dialogs.domain.roles import Right, may
from dialogs.organizers.announcements.content.attachment import is_fit
from dialogs.organizers.announcements.view import HUB, answered, kept, look_again, sheet_of
from dialogs.organizers.flow import OrganizerRoute
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.step_context import StepContext
from dialogs.text import html_subset

__all__ = ["ROUTES"]

TEXTS = f"{HUB}_texts"
TEXT = f"{HUB}_text"

MARKS = "**bold** _italic_ [words](https://www.itu.int)"
"""How formatting is typed where the app has none of its own (`dialogs.text.html_subset`)."""

PROBABLY_CUT = LONGEST - 96
"""Units: apps cut a message at Telegram's limit, so one near it has probably lost its end."""


def render_texts(ctx: StepContext) -> Screen:
    """Which languages have a text; whose text others read."""
    sheet = sheet_of(ctx)
    languages = dict.fromkeys([*ctx.world.vocabulary.languages, *sheet.texts])
    ways = [
        Choice(f"in:{each}", LanguageName(each), chosen=bool(sheet.texts.get(each)), number=number)
        for number, each in enumerate(languages, 1)
    ]
    lines = (
        Line(Kind.TITLE, M("announcement.texts")),
        Line(Kind.HINT, M("announcement.fallback", language=LanguageName(sheet.language, own=False))),
    )
    return Screen(TEXTS, lines, choices.grid(ways, 2) + choices.row(choices.primary(".done", M("choice.done"))))


def handle_texts(ctx: StepContext, event: Event) -> None:
    if answered(ctx, event):
        return
    if isinstance(event, Chose) and event.code.startswith("in:"):
        ctx.goto(TEXT, sheet=kept(sheet_of(ctx)), language=event.code.partition(":")[2])
    elif isinstance(event, Chose):
        look_again(ctx)
        ctx.goto(HUB, sheet=kept(sheet_of(ctx)))
    else:
        ctx.note(M("announcement.choose_language"))


def render_text(ctx: StepContext) -> Screen:
    """The text in one language, and how to write it; before a sent one is changed, it is asked again."""
    sheet, language = sheet_of(ctx), str(ctx.args["language"])
    pending = ctx.args.get("pending")
    if pending is not None:
        lines = (Line(Kind.TITLE, M("announcement.edit_ask")), Line(Kind.TEXT, Rich(str(pending))))
        sure = choices.row(choices.primary("change!", M("choice.announce_edit_yes")), choices.back())
        return Screen(TEXT, lines, sure)
    now = sheet.texts.get(language, "")
    shown = (*_source(sheet, language), *((Line(Kind.TEXT, Rich(now)),) if now else ()))
    ask = Line(Kind.TITLE, M("announcement.write", language=LanguageName(language, own=False)))
    hint = Line(Kind.HINT, M("announcement.how_to_format", example=Code(MARKS)))
    fields = Line(Kind.HINT, M("announcement.how_to_fill", example=Code("{name|…}"), fields=FIELD_NAMES))
    remove = Choice(".remove", M("choice.remove_text")) if now and sheet.state == NoticeState.DRAFT else None
    return Screen(TEXT, (*shown, ask, hint, fields), choices.row(remove, choices.back()), expects=Expect.LONG_TEXT)


FIELD_NAMES = Listing(tuple(Code(f"{{{each}}}") for each in FIELDS))


def _source(sheet: Sheet, language: str) -> tuple[Line, ...]:
    """What is to be translated, above what is written: the text in the announcement's own language."""
    source = sheet.texts.get(sheet.language, "")
    if language == sheet.language or not source:
        return ()
    head = M("announcement.source", language=LanguageName(sheet.language, own=False))
    return (Line(Kind.HINT, head), Line(Kind.TEXT, Rich(source)))


def handle_text(ctx: StepContext, event: Event) -> None:
    sheet, language = sheet_of(ctx), str(ctx.args["language"])
    if answered(ctx, event, TEXTS if sheet.state == NoticeState.DRAFT else HUB):
        return
    if isinstance(event, Said):
        _written(ctx, sheet, language, event.html, event.text)
    elif isinstance(event, Sent):
        _captioned(ctx, sheet, language, event)
    elif isinstance(event, Chose) and event.code == ".remove":
        ctx.ask(WriteText(sheet.id, language, ""))
    elif isinstance(event, Chose) and event.code == "change!":
        ctx.ask(ChangeSent(sheet.id, language, str(ctx.args["pending"])))
    elif isinstance(event, Chose) and ctx.args.get("pending") is not None:
        ctx.update(pending=None)
    elif isinstance(event, Chose):
        ctx.goto(TEXTS, sheet=kept(sheet))
    else:
        ctx.error(M("announcement.text_only"))


def _written(ctx: StepContext, sheet: Sheet, language: str, html: str | None, text: str) -> None:
    written = html_subset.cleaned(html) if html is not None else html_subset.marked(text)
    if not written:
        ctx.error(M("odd.empty"))
        return
    if html_subset.units(written) >= PROBABLY_CUT:
        ctx.note(M("announcement.probably_cut"))
    if sheet.state == NoticeState.DRAFT:
        ctx.ask(WriteText(sheet.id, language, written))
    elif (excess := too_long(written, language, LONGEST_WITH_FILE if sheet.file else LONGEST)) is not None:
        ctx.error(excess)  # a draft says it among what keeps it from being sent
    else:
        ctx.update(pending=written)


def _captioned(ctx: StepContext, sheet: Sheet, language: str, event: Sent) -> None:
    """A picture or document with its caption is both at once."""
    whole = may(ctx.conversation.role, Right.ANNOUNCE) and sheet.state == NoticeState.DRAFT
    if not whole or not event.caption.strip() or not is_fit(event.file):
        ctx.error(M("announcement.text_only"))
        return
    html = html_subset.cleaned(event.html) if event.html is not None else html_subset.marked(event.caption)
    ctx.ask(WriteText(sheet.id, language, html, event.file))


ROUTES = {
    TEXTS: OrganizerRoute(Right.TRANSLATE, render_texts, handle_texts),
    TEXT: OrganizerRoute(Right.TRANSLATE, render_text, handle_text),
}
