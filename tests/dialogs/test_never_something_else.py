"""Whatever is kept that is not literally what was typed is said back: at every kind of question, for every text."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import cache
from itertools import takewhile
from typing import Any

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from dialogs.domain.conversation import AnswerStatus, Conversation
from dialogs.domain.effects import AnswerGiven
from dialogs.domain.events import Chose
from dialogs.domain.messages import Value
from dialogs.domain.questionnaire import Question, QuestionKind
from dialogs.form import open_question
from dialogs.form.answer_format import answer_shown
from dialogs.form.input.guards import context_of
from dialogs.machine import Step
from dialogs.screens import Kind
from dialogs.step_context import StepContext, Tools
from dialogs.text.normalize import normalize
from dialogs.text_input import match_choice
from tests.driver import IN_SEASON, MACHINE, WORDS
from tests.worst_places import CALL, LANGUAGES, at_question, questions, said_at

KEYS = sorted(questions())

PIECES = (
    *("Kenya", "кения", "肯尼亚", "ET", "LA", "and", "et", "y", "و", "Republic of", "the", "la", "Congo", "Nairobi"),
    *("Zambai", "C7", "С5", "ج5", "4", "SDG 4", "4 – education", "e-health", "media", "9.c", "- 4\n- 5", "1", "12"),
    *("NGO", "ministry", "yes", "no", "of course", "да", "好的", "no thanks", "maybe", "250", "2 lakh", "five hundred"),
    *("50 %", "1.5 million", "over", "2015", "March", "spring", "03/2015", "mars", "15 March 2015", "itu.int"),
    *("https://itu.int/a_(b)", "www.itu.int", "ana@itu.int", "o’neil@itu.int", "ana @ itu.int", "ana@gmial.com"),
    *("<", ">", "(", ")", ",", ";", ".", "\n", "-", "+", "•", "\u200b", "National", "nationale", "in progress"),
    *("ongoing", "completed", "project", "English", "français", "EN", "women and youth"),
)
TEXTS = st.one_of(
    st.lists(st.sampled_from(PIECES), min_size=1, max_size=4).map(" ".join),
    st.sampled_from(PIECES).flatmap(lambda text: st.permutations(list(text)[:8]).map("".join)),
    st.text(max_size=30),
)


@pytest.mark.feature("N2")
@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@example("org_country", "Kenya ET", "en")
@example("org_country", "Республика Замбия", "ru")
@example("people_reached", "2 lakh", "en")
@example("activity_url", "https://www.facebook.com/Foo Bar", "en")
@example("lines", "e-health", "en")
@given(st.sampled_from(KEYS), TEXTS, st.sampled_from(LANGUAGES))
def test_what_is_kept_is_what_was_typed_or_is_said_back(key: str, text: str, language: str) -> None:
    if key not in KEYS:
        return
    conversation = at_question(key, language)
    step = said_at(conversation, text)
    for effect in step.effects:
        if isinstance(effect, AnswerGiven) and effect.answer.given is not AnswerStatus.SKIPPED:
            if is_done(conversation, text):
                continue  # it keeps what is ticked on the screen
            assert is_said(effect, text, step, conversation.person.language), (key, text, effect.answer.value)


def is_done(conversation: Conversation, text: str) -> bool:
    """Whether a text is a word for Done, in any language."""
    ctx = StepContext(conversation, MACHINE.world, Tools(IN_SEASON, "fresh"))
    meant = match_choice(ctx, open_question.render(ctx), text)
    return isinstance(meant, Chose) and meant.code == ".done"


def is_said(effect: AnswerGiven, typed: str, step: Step, language: str) -> bool:
    """Whether what is kept is literally in what was typed, or stands on the screen."""
    question = by_key(effect.key)
    said = shown_in(step, question.id, language)
    if any(screen.name == "declined" for screen in step.screens):
        return effect.answer.value is False  # all of that screen says what No means
    if question.kind in (QuestionKind.SEVERAL, QuestionKind.COUNTRIES, QuestionKind.ITEMS):
        parts: Iterable[Any] = effect.answer.value
        return all(is_there(question, [part], typed, said, language) for part in parts)
    return is_there(question, effect.answer.value, typed, said, language)


def is_there(question: Question, value: Any, typed: str, said: str, language: str) -> bool:
    draft = at_question(question.id).drafts["draft"]
    ctx = StepContext(at_question(question.id), MACHINE.world, Tools(IN_SEASON, "fresh"))
    offered = [option for option in context_of(ctx, open_question.stop_of(ctx)).options if option.code == value]
    labels = [label for option in offered for label in (option.label, option.short) if label is not None]
    labels.append(answer_shown(question, value, draft))
    names = {normalize(WORDS.say(label, each)) for label in labels for each in LANGUAGES}
    literal = normalize(typed) in names or (isinstance(value, str) and plain(value) == plain(typed))
    month = question.kind is QuestionKind.MONTH and any(str(int(part)) in typed for part in str(value).split("-"))
    # "C7 E-health" says C7 as well: the line that an application is a part of.
    code = isinstance(value, list) and all(not part.isdecimal() and normalize(part) in said.split() for part in value)
    return literal or month or code or any(name in said for name in names if name)


def plain(text: str) -> str:
    """A text without spaces and what nobody sees."""
    seen = (c for c in unicodedata.normalize("NFC", text) if unicodedata.category(c)[0] not in "CZ")
    return "".join(seen)


def shown_in(step: Step, key: str, language: str) -> str:
    """What a person reads of their answer: what is said above the next screen, or all of the same question's."""
    read: list[Value] = [line.text for line in step.carried.notes]
    for screen in step.screens:
        stays = screen.name == f"filling/{key}"
        above = takewhile(lambda line: line.kind not in (Kind.PROGRESS, Kind.TITLE), screen.lines)
        read += [line.text for line in (screen.lines if stays else above)]
        read += [choice.label for row in screen.rows for choice in row if stays]
    spoken = (language, step.conversation.person.language)  # the answer may have changed it
    return normalize(" ".join(WORDS.say(text, each) for text in read for each in spoken))


@cache
def by_key(key: str) -> Question:
    questionnaire = MACHINE.world.questionnaires[CALL.version]
    return questionnaire.by_id[key.partition("@")[0]]
