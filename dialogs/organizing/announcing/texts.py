"""The texts of an announcement, one a language. After it was sent, a new text mends what people have."""

from __future__ import annotations

from dialogs import choices, formatting
from dialogs.events import Chose, Event, Said, Sent
from dialogs.messages import Code, M, Rich, Tongue
from dialogs.organizing.announcing.checking import LONGEST, LONGEST_WITH_FILE, too_long
from dialogs.organizing.announcing.files import is_fit
from dialogs.organizing.announcing.sheets import HUB, answered, kept, look_again, sheet_of
from dialogs.organizing.frame import OrganizersPlace
from dialogs.organizing.requests.announcements import ChangeSent, Sheet, WriteText
from dialogs.organizing.roles import Right, may
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["PLACES"]

TEXTS = f"{HUB}_texts"
TEXT = f"{HUB}_text"

MARKS = "**bold** _italic_ [words](https://www.itu.int)"
"""How formatting is typed where the app has none of its own (`dialogs.formatting`)."""

PROBABLY_CUT = LONGEST - 96
"""Units: apps cut a message at Telegram's limit, so one near it has probably lost its end."""


def show_texts(talk: Talk) -> Screen:
    """Which languages have a text; whose text others read."""
    sheet = sheet_of(talk)
    languages = dict.fromkeys([*talk.world.vocabulary.languages, *sheet.texts])
    ways = [
        Choice(f"in:{each}", Tongue(each), chosen=bool(sheet.texts.get(each)), number=number)
        for number, each in enumerate(languages, 1)
    ]
    lines = (
        Line(Kind.TITLE, M("announcement.texts")),
        Line(Kind.HINT, M("announcement.fallback", language=Tongue(sheet.language, own=False))),
    )
    return Screen(TEXTS, lines, choices.grid(ways, 2) + choices.row(choices.primary(".done", M("choice.done"))))


def hear_texts(talk: Talk, event: Event) -> None:
    if answered(talk, event):
        return
    if isinstance(event, Chose) and event.code.startswith("in:"):
        talk.go(TEXT, sheet=kept(sheet_of(talk)), language=event.code.partition(":")[2])
    elif isinstance(event, Chose):
        look_again(talk)
        talk.go(HUB, sheet=kept(sheet_of(talk)))
    else:
        talk.note(M("announcement.choose_language"))


def show_text(talk: Talk) -> Screen:
    """The text in one language, and how to write it; before a sent one is changed, it is asked again."""
    sheet, language = sheet_of(talk), str(talk.args["language"])
    pending = talk.args.get("pending")
    if pending is not None:
        lines = (Line(Kind.TITLE, M("announcement.edit_ask")), Line(Kind.TEXT, Rich(str(pending))))
        sure = choices.row(choices.primary("change!", M("choice.announce_edit_yes")), choices.back())
        return Screen(TEXT, lines, sure)
    now = sheet.texts.get(language, "")
    shown = (Line(Kind.TEXT, Rich(now)),) if now else ()
    ask = Line(Kind.TITLE, M("announcement.write", language=Tongue(language, own=False)))
    hint = Line(Kind.HINT, M("announcement.how_to_format", example=Code(MARKS)))
    remove = Choice(".remove", M("choice.remove_text")) if now and sheet.state == "draft" else None
    return Screen(TEXT, (*shown, ask, hint), choices.row(remove, choices.back()), expects=Expect.LONG_TEXT)


def hear_text(talk: Talk, event: Event) -> None:
    sheet, language = sheet_of(talk), str(talk.args["language"])
    if answered(talk, event, TEXTS if sheet.state == "draft" else HUB):
        return
    if isinstance(event, Said):
        _written(talk, sheet, language, event.html, event.text)
    elif isinstance(event, Sent):
        _captioned(talk, sheet, language, event)
    elif isinstance(event, Chose) and event.code == ".remove":
        talk.ask(WriteText(sheet.id, language, ""))
    elif isinstance(event, Chose) and event.code == "change!":
        talk.ask(ChangeSent(sheet.id, language, str(talk.args["pending"])))
    elif isinstance(event, Chose) and talk.args.get("pending") is not None:
        talk.stay(pending=None)
    elif isinstance(event, Chose):
        talk.go(TEXTS, sheet=kept(sheet))
    else:
        talk.error(M("announcement.text_only"))


def _written(talk: Talk, sheet: Sheet, language: str, html: str | None, text: str) -> None:
    written = formatting.cleaned(html) if html is not None else formatting.marked(text)
    if not written:
        talk.error(M("odd.empty"))
        return
    if formatting.units(written) >= PROBABLY_CUT:
        talk.note(M("announcement.probably_cut"))
    if sheet.state == "draft":
        talk.ask(WriteText(sheet.id, language, written))
    elif (excess := too_long(written, language, LONGEST_WITH_FILE if sheet.file else LONGEST)) is not None:
        talk.error(excess)  # a draft says it among what keeps it from being sent
    else:
        talk.stay(pending=written)


def _captioned(talk: Talk, sheet: Sheet, language: str, event: Sent) -> None:
    """A picture or document with its caption is both at once."""
    whole = may(talk.conversation.role, Right.ANNOUNCE) and sheet.state == "draft"
    if not whole or not event.caption.strip() or not is_fit(event.file):
        talk.error(M("announcement.text_only"))
        return
    html = formatting.cleaned(event.html) if event.html is not None else formatting.marked(event.caption)
    talk.ask(WriteText(sheet.id, language, html, event.file))


PLACES = {
    TEXTS: OrganizersPlace(Right.TRANSLATE, show_texts, hear_texts),
    TEXT: OrganizersPlace(Right.TRANSLATE, show_text, hear_text),
}
