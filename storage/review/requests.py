"""Requests of reviewers, carried out."""

from __future__ import annotations

from collections.abc import Mapping

from sqlmodel import col, select

from dialogs.domain.entries.entry import PENDING, Action, EntryState
from dialogs.domain.entries.review import Dossier, Reviewer, Trouble
from dialogs.domain.organizers.base import OrganizersRequest
from dialogs.domain.organizers.review import (
    AnnounceDecisions,
    AskAuthor,
    Assign,
    ClaimEntry,
    ClaimNext,
    Decide,
    DeclareInterest,
    ListPending,
    ListReviewers,
    LookAtEntry,
    LookAtQueue,
    MarkAnswer,
    MergeEntry,
    Pending,
    Queue,
    Reconsider,
    ReleaseEntry,
    ScoreEntry,
    SetAside,
    SetDue,
    Undo,
    WriteToAuthor,
)
from storage.organizers.requests.context import Handler, RequestContext
from storage.review import assignments, claims, conflicts, decisions, dossier, history, queue, rounds, scores, talk
from storage.tables import PersonRow

__all__ = ["HANDLERS"]


def _queue(context: RequestContext, request: LookAtQueue) -> Queue:
    session, person = context.session, context.person
    number, entries = queue.page(session, person, request.wanted, context.now, request.skip, request.limit)
    by_state = queue.counts(session, person)
    return Queue(
        queue.waiting(session, person, context.now),
        number,
        entries,
        by_state.get(EntryState.CHANGES_ASKED, 0),
        queue.assigned(session, person, context.now),
        sum(by_state.get(state, 0) for state in PENDING),
        tuple((state.value, by_state[state]) for state in EntryState if state in by_state),
        queue.unscored(session, person),
    )


def _next(context: RequestContext, request: ClaimNext) -> str | None:
    return claims.claim_next(context.session, context.person, context.now)


def _claim(context: RequestContext, request: ClaimEntry) -> Trouble | None:
    return claims.claim(context.session, context.person, request.reference, context.now)


def _look(context: RequestContext, request: LookAtEntry) -> Dossier | None:
    return dossier.look(context.session, context.person, request.reference, context.now)


def _release(context: RequestContext, request: ReleaseEntry) -> Trouble | None:
    return claims.release(context.session, context.person, request.reference, context.now)


def _declare(context: RequestContext, request: DeclareInterest) -> Trouble | None:
    row = history.lock(context.session, request.reference)
    if row is None or conflicts.has(context.session, context.person, row):
        return Trouble.GONE
    if row.reviewer == context.person:
        history.act(context.session, row, Action.RELEASE, context.person, context.now)
        claims.clear_away(row)
    conflicts.declare(context.session, context.person, row, context.now)
    return None


def _mark(context: RequestContext, request: MarkAnswer) -> Trouble | None:
    return rounds.mark(context.session, context.person, request.reference, request.key, request.text, context.now)


def _due(context: RequestContext, request: SetDue) -> Trouble | None:
    return rounds.set_due(context.session, context.person, request.reference, request.due, context.now)


def _ask(context: RequestContext, request: AskAuthor) -> Trouble | None:
    return rounds.ask(context.session, context.person, request.reference, request.version, context.now)


def _decide(context: RequestContext, request: Decide) -> Trouble | None:
    return decisions.decide(
        context.session,
        context.person,
        request.reference,
        request.version,
        context.now,
        accept=request.accept,
        words=request.words,
    )


def _score(context: RequestContext, request: ScoreEntry) -> Trouble | None:
    return scores.give(
        context.session,
        context.person,
        request.reference,
        request.version,
        request.given,
        request.remark,
        context.now,
        by=context.person,
    )


def _reconsider(context: RequestContext, request: Reconsider) -> Trouble | None:
    return decisions.reconsider(context.session, context.person, request.reference, context.now)


def _write(context: RequestContext, request: WriteToAuthor) -> Trouble | None:
    return talk.to_author(context.session, context.person, request.reference, request.text, context.now)


def _undo(context: RequestContext, request: Undo) -> tuple[str, ...]:
    return decisions.undo(context.session, context.person, request.references, context.now)


def _pending(context: RequestContext, request: ListPending) -> tuple[Pending, ...]:
    rows = decisions.pending(context.session, context.person)
    words = decisions.words_of_all(context.session, [row.reference for row in rows])
    authors = select(PersonRow.id, PersonRow.language).where(col(PersonRow.id).in_({row.person_id for row in rows}))
    languages = dict(iter(context.session.exec(authors)))
    return tuple(
        Pending(
            row.reference,
            row.title,
            row.state == EntryState.ACCEPTED.value,
            words.get(row.reference, ""),
            languages.get(row.person_id, "en"),
            row.publish,
        )
        for row in rows
    )


def _announce(context: RequestContext, request: AnnounceDecisions) -> tuple[str, ...]:
    return decisions.announce(context.session, context.person, request.references, context.now)


def _aside(context: RequestContext, request: SetAside) -> Trouble | None:
    return decisions.set_aside(context.session, context.person, request.reference, request.action, context.now)


def _merge(context: RequestContext, request: MergeEntry) -> Trouble | None:
    return decisions.merge(context.session, context.person, request.reference, request.into, context.now)


def _reviewers(context: RequestContext, request: ListReviewers) -> tuple[Reviewer, ...]:
    return assignments.reviewers(context.session, context.person, request.reference, context.now)


def _assign(context: RequestContext, request: Assign) -> Trouble | None:
    session, pair = context.session, (request.reference, request.person)
    if not request.given:
        return assignments.take_back(session, context.person, *pair, context.now)
    return assignments.assign(session, context.person, [pair], context.now)[pair]


HANDLERS: Mapping[type[OrganizersRequest], Handler] = {
    LookAtQueue: _queue,
    ClaimNext: _next,
    ClaimEntry: _claim,
    LookAtEntry: _look,
    ReleaseEntry: _release,
    DeclareInterest: _declare,
    MarkAnswer: _mark,
    SetDue: _due,
    AskAuthor: _ask,
    Decide: _decide,
    ScoreEntry: _score,
    Reconsider: _reconsider,
    WriteToAuthor: _write,
    Undo: _undo,
    ListPending: _pending,
    AnnounceDecisions: _announce,
    SetAside: _aside,
    MergeEntry: _merge,
    ListReviewers: _reviewers,
    Assign: _assign,
}
