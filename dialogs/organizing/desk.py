"""`/messages`: what people wrote to the organizers, and answering it. A reply to a delivered letter answers it too."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.events import Chose, Event, Replied, Said
from dialogs.messages import M, Moment, Tongue
from dialogs.organizing.frame import Entry, OrganizersPlace, enter, ways_out
from dialogs.organizing.people import named
from dialogs.organizing.requests.desk import AnswerLetter, Letter, ListLetters, ReadLetter
from dialogs.organizing.roles import Right
from dialogs.screens import Choice, Expect, Kind, Line, Screen
from dialogs.showing import shortened
from dialogs.talk import Talk

__all__ = ["ENTRY", "LONGEST", "PLACES", "open_letter", "sent"]

LONGEST = 3_000
"""Characters of an answer."""


def open_desk(talk: Talk) -> None:
    enter(talk, "organize_desk")
    talk.ask(ListLetters())


def open_letter(talk: Talk, id: str) -> None:
    """Open a letter to answer it; one's own running question waits."""
    enter(talk, "organize_letter")
    talk.ask(ReadLetter(int(id) if id.isascii() and id.isdigit() else 0))


def sent(talk: Talk, letter: Letter) -> None:
    """Say that an answer is on its way."""
    talk.note(M("desk.sent", name=named(letter.name, letter.person)))


def show_desk(talk: Talk) -> Screen:
    lines = [Line(Kind.TITLE, M("desk.title"))]
    ways: list[Choice] = []
    for number, (id, person, name, text, answered) in enumerate(talk.args.get("letters", ()), 1):
        key = M("desk.item_answered", number=number, name=named(name, person), text=shortened(text))
        waiting = M("desk.item", number=number, name=named(name, person), text=shortened(text))
        lines.append(Line(Kind.ITEM, key if answered else waiting))
        ways.append(Choice(f"letter:{id}", M("choice.letter", name=named(name, person)), number=number))
    if not ways:
        lines.append(Line(Kind.TEXT, M("desk.empty")))
    return Screen("organize_desk", tuple(lines), choices.grid(ways, 2) + ways_out())


def hear_desk(talk: Talk, event: Event) -> None:
    if isinstance(event, Replied):
        talk.stay(letters=[[e.id, e.person, e.name, e.text[:200], bool(e.answers)] for e in event.result])
        return
    code = event.code if isinstance(event, Chose) else ""
    if code.startswith("letter:"):
        open_letter(talk, code.partition(":")[2])
    elif code == ".back":
        talk.go("organize")
    else:
        talk.note(M("not_understood.review"))


def show_letter(talk: Talk) -> Screen:
    """The letter, its answers so far, and room for one's own."""
    if "id" not in talk.args:
        return Screen("organize_letter", (Line(Kind.TITLE, M("desk.gone")),), ways_out())
    lines = (*_shown(talk.args), Line(Kind.HINT, M("desk.write")))
    return Screen("organize_letter", lines, ways_out(), expects=Expect.LONG_TEXT, placeholder=M("placeholder.type"))


def _shown(kept: Any) -> Iterator[Line]:
    language = Tongue(kept["language"], own=False)
    yield Line(Kind.TITLE, M("desk.letter", name=named(kept["name"], kept["person"]), language=language))
    yield Line(Kind.QUOTE, kept["text"])
    for name, person, text, at in kept["answers"]:
        moment = Moment(datetime.fromisoformat(at))
        yield Line(Kind.TEXT, M("desk.answered_at", name=named(name, person), at=moment))
        yield Line(Kind.QUOTE, text)


def hear_letter(talk: Talk, event: Event) -> None:
    if isinstance(event, Replied):
        _came(talk, event.result)
    elif isinstance(event, Said) and not is_blank(event.text) and "id" in talk.args:
        _answer(talk, clean(event.text).strip())
    elif isinstance(event, Chose):
        open_desk(talk)
    else:
        talk.note(M("contact.text_only"))


def _answer(talk: Talk, text: str) -> None:
    """Send an answer whole, or not at all."""
    refusal = too_long(text, LONGEST)
    if refusal is None:
        talk.stay(answering=True)
        talk.ask(AnswerLetter(int(talk.args["id"]), text))
    else:
        talk.error(refusal)


def _came(talk: Talk, letter: Letter | None) -> None:
    """The letter was looked up, or the answer to it is on its way: then one is where one was before."""
    if letter is None:
        talk.stay(id=None)
    elif talk.args.get("answering"):
        sent(talk, letter)
        talk.return_()
    else:
        answers = [[each.name, each.person or 0, each.text, each.at.isoformat()] for each in letter.answers]
        facts = {"person": letter.person, "name": letter.name, "language": letter.language, "text": letter.text}
        talk.stay(id=letter.id, answers=answers, **facts)


ENTRY = Entry("messages", M("choice.messages"), Right.HELP, open_desk)

PLACES = {
    "organize_desk": OrganizersPlace(Right.HELP, show_desk, hear_desk),
    "organize_letter": OrganizersPlace(Right.HELP, show_letter, hear_letter),
}
