"""Beginning an entry: a new one, a copy, or an update of one that is in the register already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.domain.conversation import Answer, AnswerStatus, CallState, Draft, Entry
from dialogs.domain.effects import DraftRevises, DraftStarted, FindEntries
from dialogs.domain.events import Chose, Event, QueryResult, Said
from dialogs.domain.messages import Code, M, Message, Moment
from dialogs.domain.question_roles import QuestionRole
from dialogs.domain.questionnaire import Questionnaire
from dialogs.questionnaire.journey import SHORT_WAY
from dialogs.questionnaire.moves import moved
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext
from dialogs.text.normalize import normalize, words_of

__all__ = [
    "handle_finding",
    "handle_guarding",
    "handle_updating",
    "render_finding",
    "render_guarding",
    "render_updating",
    "start_draft",
]

MOST_DRAFTS = 50
"""Unsent drafts of a person: a ministry that reports for others has perhaps twenty."""
MOST_DISCARDED = 200

SHORTEST_NAME = 3
"""Characters: less is no title, number or link of an entry, but the number of a button that isn't there."""

MOST_OFFERED = 8
"""Own entries with a button each; others are typed."""

LONGEST_NAME = 300
"""Characters of it, as many as the question for it takes."""


def start_draft(ctx: StepContext, mode: str, *, revises: Entry | None = None, copy_of: Draft | None = None) -> None:
    """Begin a draft in the newest call, with all that is known already, and open its first open question."""
    call = ctx.conversation.call
    if call is None or call.state(ctx.at) is not CallState.OPEN:
        closed = call is None or call.state(ctx.at) is CallState.CLOSED
        values = {"opens": Moment(call.opens), "closes": Moment(call.closes)} if call else {}
        ctx.error(Message("call.closed" if closed else "call.not_yet_open", values))
        ctx.goto("home")
        return
    if _has_too_many(ctx):
        ctx.error(M("drafts.too_many"))
        ctx.goto("drafts")
        return
    edition = ctx.world.questionnaire(call.version)
    previous: Mapping[str, Any] = _previous(ctx, edition, revises)
    answers = {**_copied(edition, copy_of), **_known(ctx, edition, mode, revises)}
    if edition.required_first and revises is None:
        answers[SHORT_WAY] = Answer(True, ctx.at, by=ctx.conversation.person.id)
    ctx.do(
        DraftStarted(
            ctx.tools.fresh,
            call.code,
            call.version,
            ctx.at,
            ctx.language,
            answers,
            revises=revises.reference if revises else None,
            previous=previous,
            files=copy_of.files if copy_of else {},
        )
    )
    ctx.open_draft(ctx.tools.fresh)
    if SHORT_WAY in answers:
        ctx.note(M("filling.required_first"))
    _open_first(ctx)


def _has_too_many(ctx: StepContext) -> bool:
    """Whether somebody has begun more than a person does: a program would fill the store."""
    own = [draft for draft in ctx.conversation.drafts.values() if not draft.sections]
    live = sum(draft.discarded is None for draft in own)
    return live >= MOST_DRAFTS or len(own) - live >= MOST_DISCARDED


def _open_first(ctx: StepContext) -> None:
    following = ctx.journey.next_open()
    if following is None:
        ctx.goto("review")
    else:
        ctx.goto("filling", q=following.key)


def _known(ctx: StepContext, edition: Questionnaire, mode: str, revises: Entry | None) -> dict[str, Answer]:
    """What needs no asking: the language, an agreement given before, new or update."""
    person = ctx.conversation.person
    known: dict[QuestionRole, Any] = {QuestionRole.LANGUAGE: person.language}
    if person.consent:
        known[QuestionRole.AGREEMENT] = True
    if mode == "update":
        known[QuestionRole.ENTRY_MODE] = "update"
        if revises is not None:
            known[QuestionRole.EXISTING_ENTRY] = revises.reference
    elif mode == "new":
        known[QuestionRole.ENTRY_MODE] = "new"
    asked = {edition.ids[role]: value for role, value in known.items() if role in edition.ids}
    return {key: Answer(value, ctx.at, by=person.id) for key, value in asked.items()}


def _previous(ctx: StepContext, edition: Questionnaire, revises: Entry | None) -> dict[str, Any]:
    if revises is not None:
        call = ctx.conversation.call
        again = edition.ids.get(QuestionRole.NOMINATION) if call is not None and revises.call == call.code else None
        kept = {key: value for key, value in revises.answers.items() if key == again or not _is_anew(edition, key)}
        return moved(kept, edition, revises.edition)
    mine = [entry for entry in ctx.conversation.entries if entry.mine]
    last = max(mine, key=lambda entry: entry.submitted, default=None)
    answers = last.answers if last else {}
    remembered = {key: answers[key] for key, asked in edition.by_id.items() if asked.remembered and key in answers}
    return {**ctx.conversation.known, **remembered}


def _is_anew(edition: Questionnaire, key: str) -> bool:
    """Whether every entry answers this question anew."""
    question = edition.by_id.get(key)
    return question is not None and question.anew


def _copied(edition: Questionnaire, draft: Draft | None) -> dict[str, Answer]:
    if draft is None:
        return {}
    return {
        key: answer
        for key, answer in draft.answers.items()
        if not _is_anew(edition, key) and answer.given is not AnswerStatus.COLLECTING
    }


def render_updating(ctx: StepContext) -> Screen:
    """Which entry to update: one's own first, or those that may be meant; others by title, number or link."""
    among = ctx.args.get("among") or ()
    mine = [entry for entry in ctx.conversation.entries if entry.mine and (not among or entry.reference in among)]
    lines = [Line(Kind.TITLE, M("updating.ask")), Line(Kind.HINT, M("updating.or_type"))]
    rows = choices.column(_entry_choice(entry, n) for n, entry in enumerate(mine[:MOST_OFFERED], start=1))
    return Screen("updating", tuple(lines), rows + choices.row(choices.home()), placeholder=M("placeholder.type"))


def _entry_choice(entry: Entry, number: int) -> Choice:
    label = M("choice.entry", reference=Code(entry.reference), title=entry.title)
    return Choice(f"entry:{entry.reference}", label, number=number)


def handle_updating(ctx: StepContext, event: Event) -> None:
    """An own entry was picked, or words to look for one were typed."""
    if isinstance(event, Chose):
        reference = event.code.partition(":")[2]
        entry = next((e for e in ctx.conversation.entries if e.reference == reference), None)
        if entry is not None:
            start_draft(ctx, "update", revises=entry)
    elif isinstance(event, Said):
        _look_for(ctx, event)
    else:
        ctx.note(M("not_understood.home"))


def _look_for(ctx: StepContext, event: Said) -> None:
    """Begin an update of the entry that is called so: an own one at once, another as the register finds it."""
    name = " ".join(clean(event.text).split())
    refusal = too_long(name, LONGEST_NAME)
    if len(name) < SHORTEST_NAME or is_blank(name):
        ctx.note(M("not_understood.home"))
        return
    if refusal is not None:
        ctx.error(refusal)
        return
    mine = _own_called(ctx, name)
    if len(mine) == 1:
        start_draft(ctx, "update", revises=mine[0])
    elif mine:
        ctx.note(M("uncertain.which"))
        ctx.update(among=[entry.reference for entry in mine])
    else:
        _search_register(ctx, name, event.ref)


def _own_called(ctx: StepContext, name: str) -> list[Entry]:
    """One's own entries whose number stands in it, or whose title it is, else of whose titles it is a part."""
    typed = normalize(name)
    mine = [entry for entry in ctx.conversation.entries if entry.mine]
    numbered = [entry for entry in mine if normalize(entry.reference) in typed]
    titled = [entry for entry in mine if normalize(entry.title) == typed]
    return numbered or titled or [entry for entry in mine if set(words_of(name)) <= set(words_of(entry.title))]


def _search_register(ctx: StepContext, name: str, ref: str | None) -> None:
    start_draft(ctx, "update")
    if ctx.draft is not None:
        key = ctx.journey.questionnaire.id_of(QuestionRole.EXISTING_ENTRY)
        ctx.give(key, name, ref=ref)
        ctx.goto("finding", q=key)
        ctx.ask(FindEntries(name))


def handle_finding(ctx: StepContext, event: Event) -> None:
    """The register answers a search for the entry to be updated, then its person says which it is."""
    if isinstance(event, QueryResult):
        found = tuple(event.result or ())
        if not found:
            ctx.note(M("finding.none"))
            _go_on(ctx)
        else:
            ctx.update(found=[[entry.reference, entry.title, entry.organisation] for entry in found])
    elif isinstance(event, Chose) and event.code.startswith("entry:"):
        _revise(ctx, event.code.partition(":")[2])
        _go_on(ctx)
    elif isinstance(event, Chose):
        _go_on(ctx)
    else:
        ctx.note(M("not_understood.review"))


def _revise(ctx: StepContext, reference: str) -> None:
    entry = next((e for e in ctx.conversation.entries if e.reference == reference), None)
    if ctx.draft is not None:
        edition = ctx.journey.questionnaire
        previous = _previous(ctx, edition, entry) if entry is not None and entry.mine else {}
        if previous:
            ctx.take_back(SHORT_WAY)
        ctx.do(DraftRevises(ctx.draft.id, reference, previous))
        ctx.note(M("finding.linked", reference=Code(reference)))


def _go_on(ctx: StepContext) -> None:
    key, back_to = str(ctx.args.get("q", "")), ctx.args.get("return")
    following = ctx.journey.next_open(key if key in ctx.journey.by_key else None)
    if back_to or following is None:
        ctx.goto(str(back_to or "review"))
    else:
        ctx.goto("filling", q=following.key)


def render_finding(ctx: StepContext) -> Screen:
    return _candidates(ctx, "finding", M("finding.ask"), choices.quiet(".none", M("choice.none_of_these")))


def render_guarding(ctx: StepContext) -> Screen:
    return _candidates(ctx, "guarding", M("guarding.ask"), choices.primary(".none", M("choice.it_is_new")))


def _candidates(ctx: StepContext, name: str, title: Message, none: Choice) -> Screen:
    found = [tuple(item) for item in ctx.args.get("found", ())]
    lines = [Line(Kind.TITLE, title)]
    rows: choices.Rows = ()
    for number, (reference, entry_title, organisation) in enumerate(found, start=1):
        lines.append(
            Line(
                Kind.ITEM,
                M(
                    "finding.item",
                    number=number,
                    reference=Code(reference),
                    title=entry_title,
                    organisation=organisation,
                ),
            )
        )
        label = M("choice.entry", reference=Code(reference), title=entry_title)
        rows += choices.row(Choice(f"entry:{reference}", label, number=number))
    return Screen(name, tuple(lines), rows + choices.row(none))


def handle_guarding(ctx: StepContext, event: Event) -> None:
    """The register answers whether this activity is in it already; its person says update or new."""
    if isinstance(event, QueryResult):
        found = tuple(event.result or ())
        if found:
            ctx.update(found=[[entry.reference, entry.title, entry.organisation] for entry in found])
        else:
            _go_on(ctx)
    elif isinstance(event, Chose) and event.code.startswith("entry:"):
        reference = event.code.partition(":")[2]
        edition = ctx.journey.questionnaire
        ctx.give(edition.id_of(QuestionRole.ENTRY_MODE), "update")
        ctx.give(edition.id_of(QuestionRole.EXISTING_ENTRY), reference)
        _revise(ctx, reference)
        _go_on(ctx)
    elif isinstance(event, Chose):
        _go_on(ctx)
    else:
        ctx.note(M("not_understood.review"))
