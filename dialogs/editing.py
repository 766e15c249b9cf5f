"""A person edits a message they sent: the answer that it gave changes, and the open question stays open."""

from __future__ import annotations

from dialogs import collecting, listing
from dialogs.answers.long_text import tidy
from dialogs.answers.reading import Accepted, Refusal, read
from dialogs.conversation import Answer, Given
from dialogs.events import Edited
from dialogs.keeping import store
from dialogs.messages import M
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.model import QuestionKind
from dialogs.showing import answer_shown, shortened
from dialogs.taking import context_of, writable
from dialogs.talk import Talk

__all__ = ["edited"]


def edited(talk: Talk, event: Edited) -> None:
    """Read the new text as an answer to the question that the old one answered."""
    found = _answered_by(talk, event.ref)
    if found is None:
        talk.note(M("edit.no_answer"))
    elif writable(talk, found[0]):
        stop, answer = found
        if stop.question.kind is QuestionKind.LONG_TEXT:
            _long_text(talk, stop, answer, event)
        elif stop.question.kind is QuestionKind.ITEMS:
            _items(talk, stop, event)
        else:
            _short(talk, stop, event)


def _answered_by(talk: Talk, ref: str) -> tuple[Stop, Answer] | None:
    draft = talk.draft
    if draft is None or draft.discarded is not None:
        return None
    journey = talk.journey
    for key, answer in draft.answers.items():
        stop = journey.by_key.get(key)
        own = answer.by in (None, talk.conversation.person.id)  # messages are numbered anew in every chat
        if stop is not None and own and answer.ref and ref in answer.ref.split():
            return stop, answer
    return None


def _short(talk: Talk, stop: Stop, event: Edited) -> None:
    reading = read(stop.question, event.text, context_of(talk, stop))
    if isinstance(reading, Accepted):
        store(talk, stop, reading.value, ref=event.ref)
        _say_changed(talk, stop, reading.value)
        return
    talk.error(M("edit.not_taken", question=stop.question.label))
    if isinstance(reading, Refusal):
        talk.error(reading.message)


def _items(talk: Talk, stop: Stop, event: Edited) -> None:
    if listing.edited(talk, stop, event.ref, event.text, context_of(talk, stop)):
        _say_changed(talk, stop, listing.items_of(talk, stop))
    else:
        talk.error(M("edit.not_taken", question=stop.question.label))


def _long_text(talk: Talk, stop: Stop, answer: Answer, event: Edited) -> None:
    refs = (answer.ref or "").split()
    pieces = list(answer.pieces)
    if len(pieces) != len(refs):
        talk.error(M("edit.not_taken", question=stop.question.label))
        return
    pieces[refs.index(event.ref)] = tidy(event.text)
    whole = "\n\n".join(piece for piece in pieces if piece)
    missed = collecting.limit_missed(talk, stop, whole) if answer.given is Given.ANSWERED else None
    refusal = collecting.too_much(whole) or missed
    if refusal is not None:
        talk.error(M("edit.not_taken", question=stop.question.label))
        talk.error(refusal)
        return
    talk.give(stop.key, whole, given=answer.given, ref=answer.ref, pieces=tuple(pieces))
    _say_changed(talk, stop, whole)


def _say_changed(talk: Talk, stop: Stop, value: object) -> None:
    said = shortened(answer_shown(stop.question, value, talk.journey.draft))
    talk.note(M("edit.changed", question=stop.question.label, answer=said))
