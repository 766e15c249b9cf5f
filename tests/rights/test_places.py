"""At every place, with a kept state that names Ana's draft or what only organizers have: everybody, and every press.

Nothing of hers is shown to anybody whom it does not concern, nothing of hers changes, and whoever may be there is.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Mapping
from dataclasses import asdict, dataclass
from typing import Any

import pytest

from bot.turns import screen_codec
from bot.turns.outcome import Outcome
from dialogs.domain.conversation import Position, State
from dialogs.domain.events import Chose, Event, Said
from dialogs.domain.messages import M
from dialogs.domain.organizers.announcements import Progress, Sheet
from dialogs.domain.organizers.entry_search import FoundEntry, Wanted
from dialogs.domain.roles import Right, Role, may
from dialogs.organizers import routes as organizing
from dialogs.routes import ROUTES
from storage.announcements.audiences import Audience
from tests.driver import ON_ONE_ENGINE, Stage
from tests.rights.cast import COLUMNS, PORTION, Cast, Rehearsal, Rows, assemble, rows, seen_by_mistake
from tests.rights.rows import PEOPLE

pytestmark = pytest.mark.feature("S4", "S7")

ONESELF = {
    *("welcome", "home", "drafts", "discarding", "language", "updating", "sent", "settings", "contact", "reminders"),
    *("news", "access", "joining", "joining_ask", "joining_waits", "joining_confirm", "declined", "taking", "late"),
    *(
        "my_data",
        "receipt",
        "verifying",
        "forgetting",
        "forgotten",
        "appointed",
        "invited",
        "to_reviewer",
        "withdrawing",
    ),
    *("entries", "entry", "explore", "explored", "follows", "letters"),
}
"""Everybody's places: what stands there is about whoever is there."""
SHARED = {"filling", "sections", "review", "review_section", "template", "template_read"}
"""About a draft: for its owner, and for a colleague as far as their section goes."""
NAMES_ONLY = {"sections", "template", "template_read"}
"""Those that show no answers beyond what the draft is called."""
WHOLE = {"finding", "guarding", "moving", "handing", "correction"}
"""About a whole draft: for its owner."""

BY_RIGHT: Mapping[Right | None, set[str]] = {
    None: {"organize", "organize_console"},
    Right.CALLS: {
        *("organize_calls", "organize_call", "organize_call_ask", "organize_call_check", "organize_remind"),
    },
    Right.TRANSLATE: {
        *("organize_announcements", "organize_announcement", "organize_announcement_texts"),
        *("organize_announcement_text", "organize_announcement_preview"),
    },
    Right.ANNOUNCE: {
        f"organize_announcement_{what}"
        for what in (
            *("outcome", "file", "buttons", "button", "topic", "audience", "pick", "who", "channel"),
            *("send", "sure", "send_back"),
        )
    },
    Right.CONTACTS: {"organize_contacts", "organize_contacts_found", "organize_contact", "organize_contacts_imports"},
    Right.HELP: {"organize_desk", "organize_letter"},
    Right.FIGURES: {"organize_stats"},
    Right.ENTRIES: {"organize_entries", "organize_entry"},
    Right.REVIEW: {"organize_queue", *(f"organize_review{what}" for what in ("", "_ask", "_mark", "_input", "_score"))},
    Right.REPORT: {"organize_report"},
    Right.DECIDE: {"organize_decisions", "organize_push", "organize_review_assign"},
    Right.ORGANIZERS: {
        *("organizers", "organizers_invite", "organizers_invitations", "organizers_one", "organizers_log"),
    },
}
"""The organizers' places, by the right that each needs; None: any role."""


def test_every_place_is_somebodys() -> None:
    by_right = [name for names in BY_RIGHT.values() for name in names]
    assert sorted([*ONESELF, *SHARED, *WHOLE, *by_right]) == sorted(ROUTES)
    assert {name: place.right for name, place in organizing.ROUTES.items()} == {
        name: right for right, names in BY_RIGHT.items() for name in names
    }


UPDATES = itertools.count(1)
STAMP = 5


@dataclass
class Walk:
    """One person at a place whose kept state was forged."""

    cast: Cast
    name: str
    place: str

    @property
    def role(self) -> Role | None:
        return Role(self.name) if self.name in list(Role) else None

    @property
    def is_let_in(self) -> bool:
        if self.place in organizing.ROUTES:
            return may(self.role, organizing.ROUTES[self.place].right)
        return self.place in ONESELF or self.name == "ana" or (self.name == "bob" and self.place in SHARED)

    async def opens(self) -> Outcome:
        """What is shown when the chat is opened."""
        rehearsal = self._rehearsal()
        return await rehearsal.turns(self.cast.stage).current("test", self.name)

    async def does(self, event: Event) -> tuple[Outcome, Rows]:
        """What an event comes to, in screens and in the tables."""
        rehearsal = self._rehearsal()
        outcome = await rehearsal.turns(self.cast.stage).take("test", self.name, f"walk{next(UPDATES)}", event)
        return outcome, rehearsal.after

    def _rehearsal(self) -> Rehearsal:
        args = {**ARGS, **names_of(self.cast), **OWN_ARGS.get(self.place, {})}
        state = State(Position(self.place, args), self.cast.draft, STAMP, last=self.cast.stage.clock.now())
        return Rehearsal(self.cast.stage.database, self.cast.ids[self.name], state, rows)


ARGS: Mapping[str, Any] = {
    "given": {
        "code": "2028",
        "opens": "2027-09-01T09:00:00+00:00",
        "closes": "2028-03-01T09:00:00+00:00",
        "report": "A report",
        "event": "A forum",
    },
    "flow": "new",
    "call": "2027",
    "numbers": {"2027": [1, 2, 3]},
    "entry": asdict(FoundEntry("WSIS-2027-000900", "An entry", "A body", "KE", "2027")),
    "wanted": Wanted().as_json(),
    "q": "contact_name",
    "section": "contact",
    "return": "review",
    "language": "en",
    "dimension": "languages",
    "chosen": ["fr"],
    "out": False,
    "at": "2026-11-21T09:00:00+00:00",
    "reference": "WSIS-2027-000900",
    "reviewed": "WSIS-2027-000900",
    "what": "write",
    "role": "organizer",
    "found": [["WSIS-2027-000900", "An entry", "A body"]],
    "code": "ABCD-EFGH",
}
OWN_ARGS: Mapping[str, Mapping[str, Any]] = {
    "organize_call": {"numbers": [1, 2, 3]},
    "organize_call_ask": {"given": {"code": "2028"}},
}
"""Where a place keeps something else under a name."""


def names_of(cast: Cast) -> Mapping[str, Any]:
    """What names Ana, her draft, her letter, and an announcement."""
    sheet = Sheet(
        *(
            cast.announcement,
            "draft",
            "en",
            "news",
            {"en": "Words"},
            [],
            "",
            False,
            False,
            Audience().as_json(),
            {"en": 3},
            30.0,
        ),
        *("missing", False, "2026-11-21T09:00:00+00:00", Progress(1, 2).as_json()),
    )
    ana = cast.ids["ana"]
    letter = {"id": cast.letter, "person": ana, "name": "", "text": "", "answers": []}
    listed = {"listed": [[cast.announcement, "draft", ""]], "people": [[ana, "", "organizer", False]]}
    return {"sheet": asdict(sheet), "draft": cast.draft, "drafts": [""], **letter, **listed}


def codes(outcome: Outcome) -> set[str]:
    return {choice.code for row in outcome.screens[-1].rows for choice in row}


def refusal(outcome: Outcome) -> bool:
    """Whether they were told that a mistake of ours had happened."""
    return any(line.text == M("odd.our_mistake") for screen in outcome.screens for line in screen.lines)


def taken_from_others(cast: Cast, name: str, before: Rows, after: Rows) -> list[str]:
    """What changed that is not this person's own: rows that are gone or different, and rows put to others' drafts."""
    lost = ((table, row) for table, rows in before.items() for row in rows - after[table])
    new = ((table, row) for table, rows in after.items() for row in rows - before[table])
    found = [f"lost from {table}: {row}" for table, row in lost if not is_own(cast, name, table, row)]
    return found + [
        f"new in {table}: {row}" for table, row in new if not (is_own(cast, name, table, row) or table in LETTERS)
    ]


LETTERS = ("notices", "deliveries")
"""What a letter to the organizers makes: what they get of it."""


def is_own(cast: Cast, name: str, table: str, row: tuple[Any, ...]) -> bool:
    values = dict(zip(COLUMNS[table], row, strict=True))
    draft = values.get("draft_id", values["id"] if table == "drafts" else None)
    if draft == cast.draft:
        return values.get("colleague") == cast.ids[name] or (name == "bob" and values.get("key") in PORTION)
    named = {values[column.partition(".")[2]] for column in PEOPLE if column.partition(".")[0] == table}
    return named - {None} == {cast.ids[name]} or (draft is not None and draft != cast.draft)


ANAS = ("drafts", "answers", "answer_history", "files", "hand_overs", "entries", "entry_versions", "accounts", "people")
"""What no organizer changes either, whatever their right."""

REVIEWING = (Right.REVIEW, Right.DECIDE)


@pytest.fixture
async def cast(stage: Stage) -> Cast:
    return await assemble(stage)


@ON_ONE_ENGINE
@pytest.mark.parametrize("names", [("bob", "carl"), ("sam", "felix"), *((role,) for role in Role)], ids=" and ".join)
async def test_at_every_place_everybody_sees_and_changes_what_is_theirs(cast: Cast, names: tuple[str, ...]) -> None:
    before = await cast.stage.database.read(rows)
    for place in sorted(ROUTES):
        entitled = await Walk(cast, "owner" if place in organizing.ROUTES else "ana", place).opens()
        there = entitled.screens[-1].name
        assert (there == "home") == (place in LEADS_HOME), place
        assert "Secret" in screen_codec.dump(entitled.screens) or place not in SHARED - NAMES_ONLY, (
            "Ana sees what is hers"
        )
        for name in names:
            walk, offered = Walk(cast, str(name), place), set[str]()
            if walk.is_let_in:
                shown = await walk.opens()
                assert shown.screens[-1].name.startswith(there[:7]), (name, place)
                assert not seen_by_mistake(name, screen_codec.dump(shown.screens)), (name, place)
                offered = codes(shown)
            for event in events(walk, offered, codes(entitled)):
                outcome, after = await walk.does(event)
                assert walk.is_let_in or outcome.screens[-1].name == "home", (name, place, event)
                assert not seen_by_mistake(name, screen_codec.dump(outcome.screens)), (name, place, event)
                assert not refusal(outcome), (name, place, event)
                allowed = place in organizing.ROUTES and walk.is_let_in
                seen = {table: after[table] for table in (ANAS if allowed else after)}
                if allowed and organizing.ROUTES[place].right in REVIEWING:
                    del seen["entries"]  # a review moves an entry's state; what was sent stands in its versions
                assert not taken_from_others(cast, name, {t: before[t] for t in seen}, seen), (name, place, event)


LEADS_HOME = {"welcome", "home", "taking", "late", "appointed", "invited"}
"""Places that show home to everybody."""


def events(walk: Walk, offered: set[str], to_others: set[str]) -> Iterator[Event]:
    """Every press that is offered there, one that is offered to others, and a text.

    Organizers press what is theirs: at everybody's places they are people like everybody. An owner presses what only
    owners have: the rest is pressed by another.
    """
    now = walk.cast.stage.clock.now()
    place = organizing.ROUTES.get(walk.place)
    if walk.role is None or (place is not None and not (walk.role is Role.OWNER and may(Role.ORGANIZER, place.right))):
        yield from (Chose(code, str(STAMP), now) for code in sorted(offered))
    if walk.role is None or place is not None:
        forged = sorted(to_others - offered)[:1]
        yield from (Chose(code, str(STAMP), now) for code in forged)
        if walk.is_let_in or not forged:
            yield Said("Some words of mine, which are no name", now)
