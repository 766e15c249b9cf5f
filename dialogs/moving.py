"""Drafts begun on an older questionnaire: finished on it, or moved to the newer one with a list of what changed."""

from __future__ import annotations

from collections.abc import Iterable

from dialogs import choices
from dialogs.answers.reading import check
from dialogs.conversation import CallState, Draft
from dialogs.effects import DraftMoved
from dialogs.events import Chose, Event
from dialogs.following import open_question
from dialogs.messages import Listing, M, Message
from dialogs.questionnaire.journey import STAYS_WITH
from dialogs.questionnaire.model import Question
from dialogs.questionnaire.versions import Changes, changes
from dialogs.screens import Kind, Line, Screen
from dialogs.showing import draft_name
from dialogs.taking import context_of
from dialogs.talk import Talk

__all__ = ["hear", "is_asked_first", "show", "take_over"]


def take_over(talk: Talk, draft: Draft) -> bool:
    """Move a draft of a closed call into the newest open one; False when none is open, or its own still is."""
    call = talk.conversation.call
    own = next((each for each in talk.conversation.calls if each.code == draft.call), None)
    if own is not None and own.state(talk.at) is CallState.OPEN:
        return False
    if call is None or call.code == draft.call or call.state(talk.at) is not CallState.OPEN:
        return False
    found = _changes(talk, draft)
    talk.do(DraftMoved(draft.id, call.code, call.version))
    talk.note(M("drafts.taken_over"))
    for line in _told(found):
        talk.note(line.text)
    return True


def is_asked_first(talk: Talk, draft: Draft) -> bool:
    """Whether the draft's person has still to be asked about a newer version; then they are at that place."""
    newer, answer = _newer(talk, draft), draft.answers.get(STAYS_WITH)
    if newer is None or (answer is not None and answer.value == newer) or not _changes(talk, draft):
        return False
    talk.open_draft(draft.id)
    talk.go("moving")
    return True


def _newer(talk: Talk, draft: Draft) -> str | None:
    """The version that the draft's call asks now, when it is not the draft's own."""
    call = next((call for call in talk.conversation.calls if call.code == draft.call), None)
    known = talk.world.questionnaires
    return call.version if call and call.version != draft.version and call.version in known else None


def _changes(talk: Talk, draft: Draft) -> Changes:
    call, known = talk.conversation.call, talk.world.questionnaires
    version = _newer(talk, draft) or (call.version if call else draft.version)
    if version not in known or draft.version not in known:
        return Changes()
    return changes(known[draft.version], known[version])


def show(talk: Talk) -> Screen:
    """What changed, and the choice."""
    draft = talk.journey.draft
    lines = [Line(Kind.TITLE, M("moving.title")), Line(Kind.TEXT, M("moving.what", name=draft_name(draft)))]
    lines += _told(_changes(talk, draft))
    rows = choices.row(choices.primary(".move", M("choice.move"))) + choices.row(
        choices.quiet(".stay", M("choice.stay"))
    )
    return Screen("moving", tuple(lines), rows, placeholder=M("placeholder.choose"))


def _told(found: Changes) -> Iterable[Line]:
    if found.new:
        yield Line(Kind.ITEM, M("moving.new", questions=_labels(found.new)))
    if found.gone:
        yield Line(Kind.ITEM, M("moving.gone", questions=_labels(found.gone)))
    if found.otherwise:
        yield Line(Kind.ITEM, M("moving.otherwise", questions=_labels(found.otherwise)))


def _labels(questions: Iterable[Question]) -> Listing:
    return Listing(tuple(question.label for question in questions))


def hear(talk: Talk, event: Event) -> None:
    """Move or stay; then on with the draft."""
    draft, newer = talk.journey.draft, _newer(talk, talk.journey.draft)
    if isinstance(event, Chose) and event.code == ".move" and newer is not None:
        talk.do(DraftMoved(draft.id, draft.call, newer))
        _go_on(talk, M("moving.moved"))
    elif isinstance(event, Chose) and event.code == ".stay" and newer is not None:
        talk.give(STAYS_WITH, newer)
        _go_on(talk, M("moving.stayed"))
    else:
        talk.note(M("not_understood.review"))


def _go_on(talk: Talk, said: Message) -> None:
    """To the first answer that no longer fits, else the next open question, else the check."""
    talk.note(said)
    journey = talk.journey
    unfit = next((s for s in journey.stops if _is_unfit(talk, s.key)), None)
    following = unfit or journey.next_open()
    if following is None:
        talk.go("review")
    else:
        open_question(talk, following)


def _is_unfit(talk: Talk, key: str) -> bool:
    stop = talk.journey.by_key[key]
    value = talk.journey.facts.value(key)
    return value is not None and check(stop.question, value, context_of(talk, stop)) is not None
