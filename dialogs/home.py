"""The places around the questionnaire: welcome, home, one's drafts, the language."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from dialogs import choices, moving
from dialogs.conversation import Call, CallState, Draft, Given
from dialogs.effects import DraftDiscarded, DraftRestored
from dialogs.events import Chose, Event
from dialogs.following import open_question
from dialogs.messages import M, Moment, Tongue
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.showing import draft_name
from dialogs.starting import start_draft
from dialogs.talk import Talk

__all__ = [
    "continue_draft",
    "hear_discarding",
    "hear_drafts",
    "hear_home",
    "hear_language",
    "live_drafts",
    "show_discarding",
    "show_drafts",
    "show_home",
    "show_language",
    "standing_of_call",
]

DAY = 86_400
"""Seconds in which a discarded draft can be had back."""


def live_drafts(talk: Talk) -> list[Draft]:
    """The person's drafts that are not discarded, last touched first."""
    drafts = [draft for draft in talk.conversation.drafts.values() if draft.discarded is None]
    return sorted(drafts, key=lambda draft: draft.touched, reverse=True)


def standing_of_call(call: Call, at: datetime) -> Iterable[Line]:
    """How the call stands: when it opens, when it closes and how many days are left, or that it is over."""
    state = call.state(at)
    if state is CallState.ANNOUNCED:
        yield Line(Kind.TEXT, M("call.opens", opens=Moment(call.opens)))
    elif state is CallState.OPEN:
        left = (call.late_until or call.closes) - at
        yield Line(Kind.TEXT, M("call.closes", closes=Moment(call.late_until or call.closes)))
        if left.days >= 1:
            yield Line(Kind.TEXT, M("call.days_left", left.days))
        else:
            yield Line(Kind.TEXT, M("call.hours_left", max(1, left.seconds // 3600)))
    else:
        yield Line(Kind.TEXT, M("call.closed", closes=Moment(call.closes), opens=Moment(call.opens)))


def show_home(talk: Talk) -> Screen:
    """Where everything begins: what this is, the deadline, and the next thing to do first."""
    drafts, call = live_drafts(talk), talk.conversation.call
    lines = [Line(Kind.TITLE, M("home.title"))]
    if not drafts and not talk.conversation.entries:
        lines.append(Line(Kind.TEXT, M("home.what")))  # who has an entry knows what this is
    if call is not None:
        lines += standing_of_call(call, talk.at)
    if drafts:
        lines.append(Line(Kind.TEXT, M("home.drafts", len(drafts))))
    else:
        lines.append(Line(Kind.HINT, M("home.saved")))
    return Screen("home", tuple(lines), _home_ways(talk, drafts), placeholder=M("placeholder.choose"))


def _home_ways(talk: Talk, drafts: list[Draft]) -> choices.Rows:
    call = talk.conversation.call
    open_ = call is not None and call.state(talk.at) is CallState.OPEN
    ways = [
        Choice(f"continue:{draft.id}", M("choice.continue", name=draft_name(draft)), number=number)
        for number, draft in enumerate(drafts[:3], start=1)
    ]
    rows = choices.column(ways)
    if open_:
        new = (
            choices.primary(".new", M("choice.new_entry"))
            if not drafts
            else choices.quiet(".new", M("choice.new_entry"))
        )
        rows += choices.row(new, choices.quiet(".update", M("choice.update_entry")))
    if len(drafts) > 1:
        rows += choices.row(choices.quiet(".drafts", M("choice.drafts")))
    return rows + choices.row(
        choices.quiet(".language", M("choice.language")), choices.quiet(".help", M("choice.help"))
    )


def hear_home(talk: Talk, event: Event) -> None:
    """A choice of the home screen; anything else is answered kindly."""
    if not isinstance(event, Chose):
        talk.note(M("not_understood.home"))
        return
    name, _, argument = event.code.partition(":")
    if name == "continue":
        continue_draft(talk, argument)
    elif name == ".new":
        start_draft(talk, "new")
    elif name == ".update":
        talk.go("updating")
    elif name == ".drafts":
        talk.go("drafts")
    elif name == ".language":
        talk.visit("language")
    elif name == ".help":
        talk.note(M("help.text"))


def continue_draft(talk: Talk, id: str | None = None) -> None:
    """Go on with a draft (the last touched one) at its next open question, with where one was in a line."""
    drafts = live_drafts(talk)
    draft = next((d for d in drafts if d.id == id), None) if id else (drafts[0] if drafts else None)
    if draft is None:
        talk.note(M("drafts.none"))
        talk.go("home")
        return
    if not draft.is_handed and not moving.take_over(talk, draft) and moving.is_asked_first(talk, draft):
        return
    talk.open_draft(draft.id)
    following = talk.journey.next_open(_last_given(draft))
    talk.note(M("continue.note", len(talk.journey.open()), name=draft_name(draft)))
    if following is None:
        talk.go("review")
    else:
        open_question(talk, following)


def _last_given(draft: Draft) -> str | None:
    """The key answered last: what one goes on after."""
    given = [(a.at, key) for key, a in draft.answers.items() if a.given is not Given.COLLECTING and "@" not in key]
    return max(given)[1] if given else None


def show_drafts(talk: Talk) -> Screen:
    """All drafts by name, with how far each is; discarded ones of the last day to have back.

    Somebody else's, of which we were handed a section, can be gone on with and nothing else.
    """
    lines = [Line(Kind.TITLE, M("drafts.title"))]
    rows: choices.Rows = ()
    for number, draft in enumerate(live_drafts(talk), start=1):
        journey = talk.journey_of(draft)
        done = len(journey.stops) - len(journey.open())
        lines.append(
            Line(
                Kind.ITEM,
                M("drafts.item", number=number, name=draft_name(draft), done=done, total=len(journey.stops)),
            )
        )
        lines.append(Line(Kind.HINT, M("drafts.touched", at=Moment(draft.touched))))
        rows += choices.row(Choice(f"continue:{draft.id}", M("choice.continue", name=draft_name(draft)), number=number))
        if not draft.is_handed:
            rows += choices.row(
                choices.quiet(f"duplicate:{draft.id}", M("choice.duplicate")),
                choices.quiet(f"discard:{draft.id}", M("choice.discard")),
            )
    for draft in _discarded(talk):
        rows += choices.row(choices.quiet(f"restore:{draft.id}", M("choice.restore", name=draft_name(draft))))
    if len(lines) == 1:
        lines.append(Line(Kind.TEXT, M("drafts.none")))
    return Screen(
        "drafts",
        tuple(lines),
        rows + choices.row(choices.quiet(".new", M("choice.new_entry")), choices.home()),
    )


def _discarded(talk: Talk) -> list[Draft]:
    recent = talk.conversation.drafts.values()
    return [d for d in recent if d.discarded and (talk.tools.now - d.discarded).total_seconds() < DAY]


def hear_drafts(talk: Talk, event: Event) -> None:
    if not isinstance(event, Chose):
        talk.note(M("not_understood.home"))
        return
    name, _, argument = event.code.partition(":")
    if name == "continue":
        continue_draft(talk, argument)
    elif name == "discard":
        talk.go("discarding", draft=argument)
    elif name == "restore":
        talk.do(DraftRestored(argument))
        talk.note(M("drafts.restored"))
    elif name == "duplicate":
        start_draft(talk, "new", copy_of=talk.conversation.drafts.get(argument))
    elif name == ".new":
        start_draft(talk, "new")


def show_discarding(talk: Talk) -> Screen:
    """Asked before a draft is discarded."""
    draft = talk.conversation.drafts.get(str(talk.args.get("draft")))
    name = draft_name(draft) if draft else M("draft.unnamed")
    rows = choices.row(
        choices.danger("discard", M("choice.discard_yes")), choices.quiet(".drafts", M("choice.keep_it"))
    )
    return Screen(
        "discarding",
        (Line(Kind.TITLE, M("discard.ask", name=name)), Line(Kind.HINT, M("discard.undo"))),
        rows,
    )


def hear_discarding(talk: Talk, event: Event) -> None:
    """The last word. A draft that is gone meanwhile, or somebody else's, is an old button."""
    id = str(talk.args.get("draft"))
    draft = talk.conversation.drafts.get(id)
    if draft is None or draft.is_handed:
        talk.note(M("odd.old_button"))
        talk.go("drafts")
    elif isinstance(event, Chose) and event.code == "discard":
        talk.do(DraftDiscarded(id, talk.at))
        if talk.state.draft == id:
            talk.open_draft(None)
        talk.note(M("discard.done"))
        talk.go("drafts")
    elif isinstance(event, Chose):
        talk.go("drafts")
    else:
        talk.note(M("not_understood.review"))


def show_language(talk: Talk) -> Screen:
    """Six languages, each called by its own name."""
    offered = talk.world.vocabulary.languages
    rows = choices.grid((Choice(code, Tongue(code), number=n) for n, code in enumerate(offered, 1)), 2)
    return Screen(
        "language",
        (Line(Kind.TITLE, M("language.ask")), Line(Kind.HINT, M("language.kept"))),
        rows + choices.row(choices.back()),
    )


def hear_language(talk: Talk, event: Event) -> None:
    """A language was chosen: everything is said in it from now on, answers stay."""
    code = event.code if isinstance(event, Chose) else ""
    if code in talk.world.vocabulary.languages:
        talk.change_person(language=code, language_chosen=True)
        talk.note(M("language.changed"))
        _follow_then(talk)
    elif code == ".back":
        _follow_then(talk)
    else:
        talk.note(M("not_understood.language"))


def _follow_then(talk: Talk) -> None:
    """Back to where one came from, and on to where the link leads that brought them."""
    link = talk.args.get("then")
    talk.link = link if isinstance(link, str) else None
    talk.return_()
