"""The announcements: the newest ones, and a new one."""

from __future__ import annotations

from dialogs import choices
from dialogs.events import Chose, Event, Replied
from dialogs.messages import M
from dialogs.organizing.announcing.sheets import HUB, LIST, STATES, answered
from dialogs.organizing.frame import Entry, OrganizersPlace, enter, ways_out
from dialogs.organizing.requests.announcements import Compose, ListAnnouncements, LookAt
from dialogs.organizing.roles import Right, may
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.talk import Talk

__all__ = ["ENTRY", "PLACES"]


def open_list(talk: Talk) -> None:
    enter(talk, LIST)
    talk.ask(ListAnnouncements())


def show(talk: Talk) -> Screen:
    lines = [Line(Kind.TITLE, M("announcements.title"))]
    ways: list[Choice] = []
    for number, (id, state, words) in enumerate(talk.args.get("listed", ()), 1):
        item = M("announcements.item", number=number, id=id, state=STATES[state], words=words or "…")
        lines.append(Line(Kind.ITEM, item))
        ways.append(Choice(f"see:{id}", M("choice.announcement", number=id), number=number))
    if not ways:
        lines.append(Line(Kind.TEXT, M("announcements.none")))
    new = choices.primary(".compose", M("choice.announce_new")) if may(talk.conversation.role, Right.ANNOUNCE) else None
    return Screen(LIST, tuple(lines), choices.grid(ways, 4) + choices.row(new) + ways_out())


def hear(talk: Talk, event: Event) -> None:
    if isinstance(event, Replied) and isinstance(event.result, tuple):
        talk.stay(listed=[[each.id, each.state, each.words] for each in event.result])
    elif answered(talk, event, HUB, **({"asking": talk.args["asking"]} if "asking" in talk.args else {})):
        return
    elif isinstance(event, Chose) and event.code == ".compose":
        talk.ask(Compose(talk.language))
    elif isinstance(event, Chose) and event.code.startswith("see:"):
        talk.ask(LookAt(int(event.code.partition(":")[2])))
    elif isinstance(event, Chose):
        talk.go("organize")
    else:
        talk.note(M("not_understood.review"))


ENTRY = Entry("announcements", M("choice.announcements"), Right.TRANSLATE, open_list)

PLACES = {LIST: OrganizersPlace(Right.TRANSLATE, show, hear)}
