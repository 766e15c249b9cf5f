"""An entry as the console shows it: every answer with its comment, what changed, and what was said."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from dialogs.domain.entries.review import Comment, Dossier
from dialogs.domain.messages import Value
from dialogs.domain.values.geneva import GENEVA
from dialogs.domain.values.word_diff import Piece, changes
from dialogs.form.answer_format import answer_shown
from dialogs.organizers.review.entry_lines import draft_of, label_of
from dialogs.questionnaire.journey import Journey
from dialogs.step_context import World

__all__ = ["Answered", "sections"]

UNASKED = ("language", "agree", "entry_mode", "existing_ref", "update_scope")


@dataclass(frozen=True, slots=True)
class Answered:
    """An answer. `language`: of its words. `pieces`: what changed in them; `before`: what it was, where it changed."""

    key: str
    label: Value
    answer: Value
    words: bool
    language: str
    pieces: tuple[Piece, ...] = ()
    before: Value | None = None
    comment: Comment | None = None
    asked: Comment | None = None


def sections(world: World, dossier: Dossier, now: datetime) -> Iterator[tuple[Value, list[Answered]]]:
    """Section by section, those with an answer."""
    questionnaire, today = world.questionnaire(dossier.questionnaire), now.astimezone(GENEVA).date()
    languages = tuple(world.vocabulary.languages)
    new = Journey(questionnaire, draft_of(dossier), today=today, languages=languages)
    old = Journey(questionnaire, draft_of(dossier, before=True), today=today, languages=languages)
    marked = {comment.key: comment for comment in dossier.marked}
    asked = {comment.key: comment for comment in dossier.comments}
    for section in new.sections:
        answers = []
        for stop in new.of(section.id):
            value, before = new.facts.value(stop.key), dossier.before.get(stop.key)
            if value is None or stop.question.id in UNASKED:
                continue
            changed = bool(dossier.before) and before != dossier.answers.get(stop.key)
            worded = isinstance(value, str) and isinstance(answer_shown(stop.question, value, new.draft), str)
            answers.append(
                Answered(
                    stop.key,
                    label_of(stop),
                    answer_shown(stop.question, value, new.draft),
                    worded,
                    dossier.language,
                    changes(before, value) if changed and worded and isinstance(before, str) else (),
                    answer_shown(stop.question, before, old.draft) if changed and not worded else None,
                    marked.get(stop.key),
                    asked.get(stop.key),
                )
            )
        if answers:
            yield section.title, answers
