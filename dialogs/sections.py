"""The task list: every section with how it stands, to jump to any of them; and a section handed to a colleague."""

from __future__ import annotations

from dialogs import choices
from dialogs.checks import problems
from dialogs.conversation import Given
from dialogs.effects import HandOver, RevokeHandOver
from dialogs.events import Chose, Event, Replied
from dialogs.following import open_question
from dialogs.messages import Code, M, Message
from dialogs.questionnaire.journey import Journey, Status
from dialogs.questionnaire.model import Section
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.showing import draft_name
from dialogs.talk import Talk

__all__ = ["hear", "hear_handing", "show", "show_handing"]


def show(talk: Talk) -> Screen:
    """All sections: done, begun, not begun, to mend, with a colleague."""
    journey = talk.journey
    to_mend = {problem.stop.section for problem in problems(talk) if journey.status(problem.stop) is not Status.OPEN}
    lines = [Line(Kind.TITLE, M("sections.title", name=draft_name(journey.draft)))]
    rows: choices.Rows = ()
    asked = [section for section in journey.sections if journey.of(section.id)]
    for number, section in enumerate(asked, start=1):
        standing = _standing(journey, section, to_mend)
        lines.append(Line(Kind.ITEM, M("sections.item", number=number, section=section.title, standing=standing)))
        rows += choices.row(Choice(f"section:{section.id}", section.title, number=number))
    hand = choices.quiet(".hand", M("choice.hand_over")) if journey.draft.owner is None else None
    ways = choices.row(choices.quiet(".review", M("choice.review")), hand)
    return Screen("sections", tuple(lines), rows + ways + choices.row(choices.home()))


def _standing(journey: Journey, section: Section, to_mend: set[str]) -> Message:
    if section.id in journey.draft.handed:
        return M("standing.handed")
    if section.id in to_mend:
        return M("standing.to_mend")
    stops = journey.of(section.id)
    open_ = [stop for stop in stops if journey.status(stop) is Status.OPEN]
    if not open_:
        return M("standing.done")
    begun = any(answer.given is Given.ANSWERED for stop in stops if (answer := journey.answer(stop)))
    return M("standing.begun", len(open_)) if begun or len(open_) < len(stops) else M("standing.not_begun")


def hear(talk: Talk, event: Event) -> None:
    """Jump to a section's first open question, else to its first."""
    if not isinstance(event, Chose):
        talk.note(M("not_understood.review"))
        return
    name, _, argument = event.code.partition(":")
    if name == "section":
        _jump(talk, argument)
    elif name == ".review":
        talk.go("review")
    elif name == ".hand":
        talk.go("handing")


def _jump(talk: Talk, id: str) -> None:
    journey = talk.journey
    if id in journey.draft.handed:
        talk.go("handing", section=id)
        return
    stops = journey.of(id)
    stop = next((s for s in stops if journey.status(s) is Status.OPEN), stops[0] if stops else None)
    if stop is not None:
        open_question(talk, stop)


def show_handing(talk: Talk) -> Screen:
    """Choose a section for a colleague, or take one back; the link to send them."""
    journey = talk.journey
    token, section = talk.args.get("token"), talk.args.get("section")
    lines = [Line(Kind.TITLE, M("handing.title"))]
    rows: choices.Rows = ()
    if token:
        lines += [
            Line(Kind.TEXT, M("handing.send_this")),
            Line(Kind.QUOTE, Code(f"/start hand-{token}")),
            Line(Kind.HINT, M("handing.once")),
        ]
        rows = choices.row(Choice(".copy", M("choice.copy"), copies=f"/start hand-{token}"))
    elif section in journey.draft.handed:
        lines.append(Line(Kind.TEXT, M("handing.is_handed")))
        rows = choices.row(choices.danger(f"revoke:{section}", M("choice.take_back")))
    else:
        lines.append(Line(Kind.TEXT, M("handing.which")))
        rows = choices.column(
            Choice(f"hand:{s.id}", s.title, number=n)
            for n, s in enumerate((s for s in journey.sections if s.id not in ("start", "review")), start=1)
            if s.id not in journey.draft.handed
        )
    return Screen("handing", tuple(lines), rows + choices.row(choices.sections()))


def hear_handing(talk: Talk, event: Event) -> None:
    draft = talk.journey.draft
    if isinstance(event, Replied):
        talk.go("handing", token=event.result) if event.result else talk.go("sections")
        return
    if not isinstance(event, Chose):
        talk.note(M("not_understood.review"))
        return
    name, _, argument = event.code.partition(":")
    if name == "hand":
        talk.ask(HandOver(draft.id, argument, talk.at))
    elif name == "revoke":
        talk.note(M("handing.taken_back"))
        talk.ask(RevokeHandOver(draft.id, argument))
    elif name == ".sections":
        talk.go("sections")
