"""Beginning an entry: a new one, a copy, or an update of one that is in the register already."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from dialogs import choices
from dialogs.answers.text import clean, is_blank, too_long
from dialogs.conversation import Answer, CallState, Draft, Entry, Given
from dialogs.domain.question_roles import QuestionRole
from dialogs.effects import DraftRevises, DraftStarted
from dialogs.events import Chose, Event, Replied, Said
from dialogs.messages import Code, M, Message, Moment
from dialogs.questionnaire.model import Questionnaire
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = [
    "hear_finding",
    "hear_guarding",
    "hear_updating",
    "show_finding",
    "show_guarding",
    "show_updating",
    "start_draft",
]

MOST_DRAFTS = 50
"""Unsent drafts of a person: a ministry that reports for others has perhaps twenty."""
MOST_DISCARDED = 200

SHORTEST_NAME = 3
"""Characters: less is no title, number or link of an entry, but the number of a button that isn't there."""

LONGEST_NAME = 300
"""Characters of it, as many as the question for it takes."""


def start_draft(talk: Talk, mode: str, *, revises: Entry | None = None, copy_of: Draft | None = None) -> None:
    """Begin a draft in the newest call, with all that is known already, and open its first open question."""
    call = talk.conversation.call
    if call is None or call.state(talk.at) is not CallState.OPEN:
        closed = call is None or call.state(talk.at) is CallState.CLOSED
        values = {"opens": Moment(call.opens), "closes": Moment(call.closes)} if call else {}
        talk.error(Message("call.closed" if closed else "call.not_yet_open", values))
        talk.go("home")
        return
    if _has_too_many(talk):
        talk.error(M("drafts.too_many"))
        talk.go("drafts")
        return
    edition = talk.world.questionnaire(call.version)
    previous: Mapping[str, Any] = _previous(talk, edition, revises)
    answers = {**_copied(edition, copy_of), **_known(talk, edition, mode, revises)}
    talk.do(
        DraftStarted(
            talk.tools.fresh,
            call.code,
            call.version,
            talk.at,
            talk.language,
            answers,
            revises=revises.reference if revises else None,
            previous=previous,
            files=copy_of.files if copy_of else {},
        )
    )
    talk.open_draft(talk.tools.fresh)
    talk.note(M("start.saved"))
    _open_first(talk)


def _has_too_many(talk: Talk) -> bool:
    """Whether somebody has begun more than a person does: a program would fill the store."""
    own = [draft for draft in talk.conversation.drafts.values() if not draft.sections]
    live = sum(draft.discarded is None for draft in own)
    return live >= MOST_DRAFTS or len(own) - live >= MOST_DISCARDED


def _open_first(talk: Talk) -> None:
    following = talk.journey.next_open()
    if following is None:
        talk.go("review")
    else:
        talk.go("filling", q=following.key)


def _known(talk: Talk, edition: Questionnaire, mode: str, revises: Entry | None) -> dict[str, Answer]:
    """What needs no asking: the language, an agreement given before, new or update."""
    person = talk.conversation.person
    known: dict[QuestionRole, Any] = {QuestionRole.LANGUAGE: person.language}
    if person.consent:
        known[QuestionRole.AGREEMENT] = True
    if mode == "update":
        known[QuestionRole.ENTRY_MODE] = "update"
        if revises is not None:
            known[QuestionRole.EXISTING_ENTRY] = revises.reference
    elif mode == "new" and (talk.conversation.entries or person.consent):
        known[QuestionRole.ENTRY_MODE] = "new"
    asked = {edition.ids[role]: value for role, value in known.items() if role in edition.ids}
    return {key: Answer(value, talk.at, by=person.id) for key, value in asked.items()}


def _previous(talk: Talk, edition: Questionnaire, revises: Entry | None) -> dict[str, Any]:
    if revises is not None:
        return {key: value for key, value in revises.answers.items() if not _is_anew(edition, key)}
    mine = [entry for entry in talk.conversation.entries if entry.mine]
    last = max(mine, key=lambda entry: entry.submitted, default=None)
    answers = last.answers if last else {}
    return {
        **talk.conversation.known,
        **{key: answers[key] for key, asked in edition.by_id.items() if asked.remembered and key in answers},
    }


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
        if not _is_anew(edition, key) and answer.given is not Given.COLLECTING
    }


def show_updating(talk: Talk) -> Screen:
    """Which entry to update: one's own first; others by title, number or link."""
    mine = [entry for entry in talk.conversation.entries if entry.mine]
    lines = [Line(Kind.TITLE, M("updating.ask")), Line(Kind.HINT, M("updating.or_type"))]
    rows = choices.column(_entry_choice(entry, n) for n, entry in enumerate(mine[:8], start=1))
    return Screen("updating", tuple(lines), rows + choices.row(choices.home()), placeholder=M("placeholder.type"))


def _entry_choice(entry: Entry, number: int) -> Choice:
    label = M("choice.entry", reference=Code(entry.reference), title=entry.title)
    return Choice(f"entry:{entry.reference}", label, number=number)


def hear_updating(talk: Talk, event: Event) -> None:
    """An own entry was picked, or words to look for one were typed."""
    if isinstance(event, Chose):
        reference = event.code.partition(":")[2]
        entry = next((e for e in talk.conversation.entries if e.reference == reference), None)
        if entry is not None:
            start_draft(talk, "update", revises=entry)
    elif isinstance(event, Said):
        _look_for(talk, event)
    else:
        talk.note(M("not_understood.home"))


def _look_for(talk: Talk, event: Said) -> None:
    """Begin an update of the entry that is called so."""
    name = " ".join(clean(event.text).split())
    refusal = too_long(name, LONGEST_NAME)
    if len(name) < SHORTEST_NAME or is_blank(name):
        talk.note(M("not_understood.home"))
        return
    if refusal is not None:
        talk.error(refusal)
        return
    start_draft(talk, "update")
    if talk.draft is not None:
        talk.give(talk.journey.questionnaire.id_of(QuestionRole.EXISTING_ENTRY), name, ref=event.ref)
        _open_first(talk)
        talk.note(M("updating.noted"))


def hear_finding(talk: Talk, event: Event) -> None:
    """The register answers a search for the entry to be updated, then its person says which it is."""
    if isinstance(event, Replied):
        found = tuple(event.result or ())
        if not found:
            talk.note(M("finding.none"))
            _go_on(talk)
        else:
            talk.stay(found=[[entry.reference, entry.title, entry.organisation] for entry in found])
    elif isinstance(event, Chose) and event.code.startswith("entry:"):
        _revise(talk, event.code.partition(":")[2])
        _go_on(talk)
    elif isinstance(event, Chose):
        _go_on(talk)
    else:
        talk.note(M("not_understood.review"))


def _revise(talk: Talk, reference: str) -> None:
    entry = next((e for e in talk.conversation.entries if e.reference == reference), None)
    if talk.draft is not None:
        edition = talk.journey.questionnaire
        previous = _previous(talk, edition, entry) if entry is not None and entry.mine else {}
        talk.do(DraftRevises(talk.draft.id, reference, previous))
        talk.note(M("finding.linked", reference=Code(reference)))


def _go_on(talk: Talk) -> None:
    key, back_to = str(talk.args.get("q", "")), talk.args.get("return")
    following = talk.journey.next_open(key if key in talk.journey.by_key else None)
    if back_to or following is None:
        talk.go(str(back_to or "review"))
    else:
        talk.go("filling", q=following.key)


def show_finding(talk: Talk) -> Screen:
    return _candidates(talk, "finding", M("finding.ask"), choices.quiet(".none", M("choice.none_of_these")))


def show_guarding(talk: Talk) -> Screen:
    return _candidates(talk, "guarding", M("guarding.ask"), choices.primary(".none", M("choice.it_is_new")))


def _candidates(talk: Talk, name: str, title: Message, none: Choice) -> Screen:
    found = [tuple(item) for item in talk.args.get("found", ())]
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


def hear_guarding(talk: Talk, event: Event) -> None:
    """The register answers whether this activity is in it already; its person says update or new."""
    if isinstance(event, Replied):
        found = tuple(event.result or ())
        if found:
            talk.stay(found=[[entry.reference, entry.title, entry.organisation] for entry in found])
        else:
            _go_on(talk)
    elif isinstance(event, Chose) and event.code.startswith("entry:"):
        reference = event.code.partition(":")[2]
        edition = talk.journey.questionnaire
        talk.give(edition.id_of(QuestionRole.ENTRY_MODE), "update")
        talk.give(edition.id_of(QuestionRole.EXISTING_ENTRY), reference)
        _revise(talk, reference)
        _go_on(talk)
    elif isinstance(event, Chose):
        _go_on(talk)
    else:
        talk.note(M("not_understood.review"))
