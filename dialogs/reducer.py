"""What an effect does to a conversation, in memory. The store does the same to its tables."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from functools import singledispatch
from types import MappingProxyType
from typing import Any, TypeVar

from dialogs.domain.conversation import Answer, Conversation, Draft
from dialogs.domain.effects import (
    AnswerGiven,
    AnswerRemoved,
    DraftDiscarded,
    DraftKept,
    DraftMoved,
    DraftRestored,
    DraftRevises,
    DraftStarted,
    Effect,
    EntryConfirmed,
    PersonChanged,
    TopicWanted,
)
from dialogs.domain.entries.followed_search import FollowSearch, StopFollowing

__all__ = ["reduce", "reduce_all"]

T = TypeVar("T")


def reduce_all(conversation: Conversation, effects: Iterable[Effect]) -> Conversation:
    """The conversation after all of `effects`, in order."""
    for effect in effects:
        conversation = reduce(effect, conversation)
    return conversation


@singledispatch
def reduce(effect: Any, conversation: Conversation) -> Conversation:
    """The conversation after `effect`."""
    raise TypeError(f"no effect: {effect!r}")


@reduce.register
def _(effect: PersonChanged, conversation: Conversation) -> Conversation:
    return replace(conversation, person=replace(conversation.person, **effect.fields))


@reduce.register
def _(effect: TopicWanted, conversation: Conversation) -> Conversation:
    return conversation  # only the store knows topics


@reduce.register
def _(effect: EntryConfirmed, conversation: Conversation) -> Conversation:
    entries = tuple(
        replace(each, submitted=effect.at) if each.reference == effect.reference and each.mine else each
        for each in conversation.entries
    )
    return replace(conversation, entries=entries)


@reduce.register
def _(effect: FollowSearch, conversation: Conversation) -> Conversation:
    return conversation  # only the store knows what is followed


@reduce.register
def _(effect: StopFollowing, conversation: Conversation) -> Conversation:
    return conversation


@reduce.register
def _(effect: DraftStarted, conversation: Conversation) -> Conversation:
    draft = Draft(
        id=effect.id,
        call=effect.call,
        version=effect.version,
        started=effect.at,
        touched=effect.at,
        answers=_frozen(effect.answers),
        revises=effect.revises,
        previous=_frozen(effect.previous),
        files=_frozen(effect.files),
        corrects=effect.corrects,
        language=effect.language,
    )
    return _with_draft(conversation, draft)


@reduce.register
def _(effect: DraftMoved, conversation: Conversation) -> Conversation:
    return _changed(conversation, effect.draft, lambda d: replace(d, call=effect.call, version=effect.version))


@reduce.register
def _(effect: DraftRevises, conversation: Conversation) -> Conversation:
    def revise(draft: Draft) -> Draft:
        files = _frozen({**draft.files, **effect.files})
        return replace(draft, revises=effect.reference, previous=_frozen(effect.previous), files=files)

    return _changed(conversation, effect.draft, revise)


@reduce.register
def _(effect: DraftDiscarded, conversation: Conversation) -> Conversation:
    return _changed(conversation, effect.draft, lambda d: replace(d, discarded=effect.at))


@reduce.register
def _(effect: DraftRestored, conversation: Conversation) -> Conversation:
    return _changed(conversation, effect.draft, lambda d: replace(d, discarded=None))


@reduce.register
def _(effect: DraftKept, conversation: Conversation) -> Conversation:
    return _changed(conversation, effect.draft, lambda d: replace(d, touched=effect.at))


@reduce.register
def _(effect: AnswerGiven, conversation: Conversation) -> Conversation:
    def give(draft: Draft) -> Draft:
        files = {**draft.files, effect.file.id: effect.file} if effect.file else draft.files
        answers = _frozen({**draft.answers, effect.key: effect.answer})
        return replace(draft, answers=answers, files=_frozen(files), touched=effect.answer.at)

    return _changed(conversation, effect.draft, give)


@reduce.register
def _(effect: AnswerRemoved, conversation: Conversation) -> Conversation:
    def remove(draft: Draft) -> Draft:
        answers: dict[str, Answer] = {k: a for k, a in draft.answers.items() if k != effect.key}
        return replace(draft, answers=_frozen(answers), touched=effect.at)

    return _changed(conversation, effect.draft, remove)


def _changed(conversation: Conversation, id: str, change: Callable[[Draft], Draft]) -> Conversation:
    draft = conversation.drafts.get(id)
    return _with_draft(conversation, change(draft)) if draft else conversation


def _with_draft(conversation: Conversation, draft: Draft) -> Conversation:
    return replace(conversation, drafts=_frozen({**conversation.drafts, draft.id: draft}))


def _frozen(mapping: Mapping[str, T]) -> Mapping[str, T]:
    return MappingProxyType(dict(mapping))
