"""Options of the open question, picked by a tap or by name: toggled, collected, or the answer at once."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from dialogs.asking import selection
from dialogs.conversation import Given
from dialogs.finish import skip
from dialogs.following import advance
from dialogs.keeping import store, tell_change
from dialogs.messages import M
from dialogs.questionnaire.journey import Stop
from dialogs.questionnaire.model import QuestionKind
from dialogs.questionnaire.options import belongs_to, options_of
from dialogs.showing import answer_shown, option_shown
from dialogs.talk import Talk

__all__ = ["accept", "picked", "toggle_on"]


def accept(talk: Talk, stop: Stop, value: Any, ref: str | None = None) -> None:
    """A whole answer was given: keep it, and go on."""
    if stop.question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
        named = _merged(stop, selection_given(talk, stop), value)
        talk.note(M("saved.several", answer=answer_shown(stop.question, named, talk.journey.draft)))
        value = _here(talk, stop, named)
        if not value:
            skip(talk, stop, "")
            return
    store(talk, stop, value, ref=ref)
    advance(talk, stop)


def selection_given(talk: Talk, stop: Stop) -> list[str]:
    """What was picked by taps so far, before typing."""
    answer = talk.journey.answer(stop)
    picked = answer is not None and answer.given is Given.COLLECTING
    return [str(code) for code in answer.value] if answer and picked else []


def _merged(stop: Stop, first: Sequence[str], more: Sequence[str]) -> list[str]:
    return list(dict.fromkeys([*first, *more]))


def picked(talk: Talk, stop: Stop, code: str) -> None:
    """An option was tapped."""
    kind = stop.question.kind
    if kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES):
        _toggle(talk, stop, code)
        return
    talk.chosen = option_shown(stop.question, code) if kind is not QuestionKind.YES_NO else M("choice.yes")
    if kind is QuestionKind.YES_NO:
        talk.chosen = M("choice.yes") if code == "yes" else M("choice.no")
        accept(talk, stop, code == "yes")
    else:
        accept(talk, stop, code)


def _toggle(talk: Talk, stop: Stop, code: str) -> None:
    chosen = [str(c) for c in selection(talk, stop)]
    chosen = [c for c in chosen if c != code] if code in chosen else [*chosen, code]
    _collect(talk, stop, chosen)
    if not talk.args.get("candidates"):
        talk.in_place = True
    talk.stay(candidates=None)


def toggle_on(talk: Talk, stop: Stop, codes: Sequence[str]) -> None:
    _collect(talk, stop, _merged(stop, [str(c) for c in selection(talk, stop)], codes))


def _here(talk: Talk, stop: Stop, codes: list[str]) -> list[str]:
    """Of what was named, that which belongs here; the rest is ticked at the next question, where it belongs."""
    facts = talk.journey.facts
    early = [code for code in codes if belongs_to(stop, code, facts) != stop.key]
    if not early:
        return codes
    key = belongs_to(stop, early[0], facts)
    talk.give(key, early, given=Given.COLLECTING)
    parents = ["C7"] if key == "sublines" else []
    return list(dict.fromkeys([*(code for code in codes if code not in early), *parents]))


def _collect(talk: Talk, stop: Stop, chosen: list[str]) -> None:
    chosen = _here(talk, stop, chosen)
    order = [option.code for option in options_of(stop, talk.journey.facts)]
    chosen = sorted(chosen, key=lambda code: order.index(code) if code in order else len(order))
    limit = stop.question.limits.max
    if limit is not None and len(chosen) > limit:
        talk.error(M("several.too_many", limit))
        return
    before = talk.journey.set_aside()
    if chosen:
        talk.give(stop.key, chosen, given=Given.COLLECTING)
    else:
        talk.take_back(stop.key)
    tell_change(talk, before)
