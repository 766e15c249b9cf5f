"""Filling: one question is open, and whatever the person does is taken as an answer to it, or as a way on.

Arguments of the place: `q`, the key of the question; `return`, where to go when it is answered (`review`,
`sections`); `page`, `region`, `browse`, looking through options; `candidates`, options offered back because
what was typed could mean several; `better` and `mine`, an answer that looks like a slip and its mending.
"""

from __future__ import annotations

from dialogs import collecting, listing, lookups, unwilling
from dialogs.answers.outcomes import Accepted, Doubtful, Refusal, Uncertain
from dialogs.answers.place import place_at
from dialogs.answers.reading import read
from dialogs.answers.text import is_blank
from dialogs.asking import ask
from dialogs.domain.question_roles import QuestionRole
from dialogs.events import Chose, Event, Located, Odd, Said, Sent
from dialogs.following import advance
from dialogs.messages import M
from dialogs.picking import accept, picked, toggle_on
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.model import QuestionKind
from dialogs.screens import Screen
from dialogs.taking import context_of, missed, writable
from dialogs.talk import Talk
from dialogs.ways import WAYS

__all__ = ["hear", "show"]

ODD = {
    "sticker": M("odd.sticker"),
    "voice": M("odd.voice"),
    "contact": M("odd.contact"),
    "location": M("odd.location"),
    "poll": M("odd.poll"),
    "empty": M("odd.empty"),
    "file": M("odd.file"),
    "no_room": M("odd.no_room"),
}
"""What cannot be an answer, and what is said to it."""


def show(talk: Talk) -> Screen:
    """The open question; review when there is none (a change may have taken it off the journey)."""
    return ask(talk, stop_of(talk))


def stop_of(talk: Talk) -> Stop:
    """The stop that is open. When its question has left the journey, the next open one, else the last.

    Nothing is asked, and so nothing kept, behind an agreement that was not given: however one came there.
    """
    journey = talk.journey
    key = str(talk.args.get("q", ""))
    stop = journey.by_key.get(key) or journey.next_open() or journey.stops[-1]
    agreement = journey.by_key.get(journey.questionnaire.id_of(QuestionRole.AGREEMENT))
    agreed = journey.facts.played(QuestionRole.AGREEMENT)
    if agreement and not agreed and journey.index(stop.key) > journey.index(agreement.key):
        stop = agreement
    if stop.key != key:
        talk.go("filling", q=stop.key)
    return stop


def hear(talk: Talk, event: Event) -> None:
    """Take what a person did at a question."""
    stop = stop_of(talk)
    if stop.section in talk.journey.draft.handed:
        talk.note(M("handing.is_handed"))
        talk.go("sections")
    elif isinstance(event, Chose):
        _chosen(talk, stop, event.code)
    elif isinstance(event, Said):
        _said(talk, stop, event)
    elif isinstance(event, Sent):
        if writable(talk, stop):
            collecting.sent(talk, stop, event, advance)
    elif isinstance(event, Located):
        _located(talk, stop, event)
    elif isinstance(event, Odd):
        talk.error(ODD.get(event.what, M("odd.other")))


def _said(talk: Talk, stop: Stop, event: Said) -> None:
    if lookups.answer(talk, event.text):
        return
    if is_blank(event.text):
        talk.error(ODD["empty"])
        return
    if not writable(talk, stop) or unwilling.heard(talk, stop, event):
        return
    if stop.question.kind is QuestionKind.LONG_TEXT:
        collecting.said(talk, stop, event, advance)
        return
    if stop.question.kind is QuestionKind.ITEMS:
        listing.said(talk, stop, event, context_of(talk, stop))
        return
    if stop.question.kind is QuestionKind.FILE:
        missed(talk, stop, M("file.text_instead"))
        return
    _take_reading(talk, stop, event)


def _located(talk: Talk, stop: Stop, event: Located) -> None:
    """A place from a map: the answer where a place is asked for."""
    if stop.question.kind is not QuestionKind.PLACE:
        talk.error(ODD["location"])
    elif writable(talk, stop):
        accept(talk, stop, place_at(event.latitude, event.longitude, event.name), event.ref)


def _take_reading(talk: Talk, stop: Stop, event: Said) -> None:
    reading = read(stop.question, event.text, context_of(talk, stop))
    if isinstance(reading, Accepted):
        if reading.note is not None:
            talk.note(reading.note)
        if event.picked and stop.question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
            toggle_on(talk, stop, reading.value)
        else:
            accept(talk, stop, reading.value, event.ref)
    elif isinstance(reading, Refusal):
        _refused(talk, stop, event, reading)
    elif isinstance(reading, Uncertain):
        _offer(talk, stop, reading)
    elif isinstance(reading, Doubtful):
        talk.note(reading.message)
        talk.stay(better=reading.better, mine=reading.value)


def _refused(talk: Talk, stop: Stop, event: Said, refusal: Refusal) -> None:
    """No answer. What was offered back goes, so that all options are there again; a question back gets the help."""
    talk.stay(candidates=None)
    if lookups.is_question(event.text):
        WAYS[".help"](talk, stop, "")
    else:
        missed(talk, stop, refusal.message)


def _offer(talk: Talk, stop: Stop, reading: Uncertain) -> None:
    """What was typed could mean several: offer them back, and keep what was certain."""
    if reading.understood:
        toggle_on(talk, stop, reading.understood)
    talk.stay(candidates=list(reading.candidates))
    talk.note(M("uncertain.this") if len(reading.candidates) == 1 else M("uncertain.which"))


def _chosen(talk: Talk, stop: Stop, code: str) -> None:
    name, _, argument = code.partition(":")
    way = WAYS.get(name)
    if way is not None:
        way(talk, stop, argument)
    elif writable(talk, stop):
        picked(talk, stop, code)
