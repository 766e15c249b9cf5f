"""Whatever another version of the program kept of where somebody is, the conversation goes on: nobody is stuck."""

from __future__ import annotations

import ast
from collections.abc import Iterator, Mapping
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import dialogs
from bot.turns import screen_codec
from dialogs.domain.conversation import Conversation, Draft, Person, Position, State
from dialogs.domain.events import Chose, Commanded, Edited, Event, FileRef, Located, Odd, QueryResult, Said, Sent
from dialogs.domain.organizers.announcements import Progress, Sheet
from dialogs.domain.organizers.base import DENIED
from dialogs.domain.organizers.entry_search import FoundEntry, Wanted
from dialogs.domain.organizers.statistics import Figures, Season
from dialogs.domain.roles import Role
from dialogs.machine import Tools
from dialogs.routes import DRAFTLESS, ROUTES
from dialogs.screens import Screen
from storage.announcements.audiences import Audience
from storage.calls.calls import annual_call
from storage.people.conversations import load
from storage.people.state_codec import read_state, state_as_json
from storage.tables import HandledRow, PersonRow
from tests.driver import IN_SEASON, MACHINE, ON_ONE_ENGINE, Stage

TOOLS = Tools(IN_SEASON, "fresh")
CALL = annual_call(2027)
DRAFT = Draft("d1", "2027", "2027", IN_SEASON, IN_SEASON)
SHEET = Sheet(
    id=7,
    state="draft",
    language="en",
    topic="news",
    texts={"en": "The call is open"},
    buttons=[{"label": {"en": "Look"}, "url": "https://www.itu.int"}],
    file="",
    picture=False,
    file_gone=False,
    audience=Audience().as_json(),
    readers={"en": 3},
    rate=30.0,
    approval="missing",
    mine=False,
    due=IN_SEASON.isoformat(),
    progress=Progress(1, 2).as_json(),
)
FIGURES = Figures("2027", 3, 5, None, None, Season("2027", "2026-10-05", 140), None, {}, (), ())
KNOWN: Mapping[str, Any] = {
    "sheet": asdict(SHEET),
    "given": {"code": "2028", "opens": IN_SEASON.isoformat()},
    "flow": "new",
    "call": "2027",
    "numbers": {"2027": [1, 2, 3]},
    "figures": FIGURES.as_json(),
    "entry": asdict(FoundEntry("WSIS-2027-000001", "A title", "A body", "KE", "2027")),
    "wanted": Wanted().as_json(),
    "draft": "d1",
    "q": "title",
    "return": "review",
    "language": "fr",
    "dimension": "languages",
    "chosen": ["fr"],
    "at": IN_SEASON.isoformat(),
    "out": True,
}
"""What places keep under some names; under the others a text will do."""

ODD = [None, 7, -1, True, "", "nonsense", "2027-99-99", [], [None], ["a", 5], {}, {"id": 1}, {"": None}, 1.5]
ROLES = [None, *Role]


def argument_names() -> list[str]:
    """Every name that the conversation looks up in a place's arguments, found in its source."""
    found = set()
    for path in Path(dialogs.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.Subscript) and getattr(node.value, "attr", "") == "args":
                found.add(getattr(node.slice, "value", None))
            if isinstance(node, ast.Call) and getattr(getattr(node.func, "value", None), "attr", "") == "args":
                found.update(getattr(argument, "value", None) for argument in node.args[:1])
    return sorted(name for name in found if isinstance(name, str))


NAMES = argument_names()
ARGUMENTS = {name: KNOWN.get(name, "something") for name in NAMES}


def at(
    place: Position, role: Role | None, draft: Draft | None = DRAFT, trail: tuple[Position, ...] = ()
) -> Conversation:
    state = State(place, "d1", stamp=5, last=IN_SEASON, trail=trail)
    drafts = {"d1": draft} if draft else {}
    return Conversation(Person(1, language_chosen=True), state, drafts=drafts, calls=(CALL,), role=role)


def events(conversation: Conversation) -> Iterator[Event]:
    """One of every kind, and a press on every choice that is shown."""
    screen = MACHINE.show(conversation, TOOLS).screens[-1]
    stamp = str(conversation.state.stamp)
    yield from (Chose(choice.code, stamp, IN_SEASON) for row in screen.rows for choice in row)
    file = FileRef("f1", "telegram:x", "a.jpg", "image/jpeg", 5)
    yield from (Said("7", IN_SEASON), Said("A text", IN_SEASON, "m1"), Chose("none", stamp, IN_SEASON))
    yield from (Sent(file, IN_SEASON, caption="A caption"), Located(-0.1, 34.8, IN_SEASON), Odd("sticker", IN_SEASON))
    yield from (Edited("Another", "m1", IN_SEASON), QueryResult(DENIED, IN_SEASON))
    yield from (Commanded(name, IN_SEASON) for name in ("start", "help", "back", "organize"))


def goes_on(conversation: Conversation) -> None:
    """Every event has an answer here, and where it leads somebody can ask for help and go home."""
    for event in events(conversation):
        try:
            step = MACHINE.step(conversation, event, TOOLS)
        except (ArithmeticError, AttributeError, LookupError, TypeError, ValueError):  # as the turn does
            assert conversation.state.position.name in DRAFTLESS, "at a question nothing fails"
            step = MACHINE.error_step(conversation, TOOLS)
            assert step.conversation.state.position.name == "home"
        assert step.screens or step.request is not None, event
    home = MACHINE.step(conversation, Commanded("cancel", IN_SEASON), TOOLS)
    assert home.conversation.state.position.name == "home"
    assert MACHINE.error_step(conversation, TOOLS).screens
    assert MACHINE.search(conversation, "a", TOOLS) is not None


@pytest.mark.feature("S15")
@pytest.mark.parametrize("name", sorted(ROUTES))
def test_at_every_place_with_arguments_missing_unknown_or_wrong_the_conversation_goes_on(name: str) -> None:
    unknown = {name: {**value, "new field": 1} if isinstance(value, dict) else value for name, value in KNOWN.items()}
    damaged: list[Mapping[str, Any]] = [{}, {**ARGUMENTS, "unknown": 1}, {**ARGUMENTS, **unknown}]
    damaged += [dict.fromkeys(NAMES, odd) for odd in (list[Any](), dict[str, Any](), 7, "nonsense")]
    role = Role.OWNER if name.startswith("organize") else None
    for args in damaged:
        goes_on(at(Position(name, args), role))
    goes_on(at(Position(name, ARGUMENTS), Role.OWNER, draft=None))


@pytest.mark.feature("S15")
@settings(max_examples=60, deadline=None)
@given(data=st.data())
def test_any_damage_to_a_place_or_to_the_way_back_is_survived(data: st.DataObject) -> None:
    def place() -> Position:
        changes = data.draw(st.dictionaries(st.sampled_from(NAMES), st.sampled_from(ODD), max_size=3))
        gone = data.draw(st.sets(st.sampled_from(NAMES), max_size=3))
        kept = {name: value for name, value in {**ARGUMENTS, **changes}.items() if name not in gone}
        return Position(data.draw(st.sampled_from([*sorted(ROUTES), "unknown"])), kept)

    here, trail = place(), tuple(place() for _ in range(data.draw(st.integers(0, 2))))
    goes_on(at(here, data.draw(st.sampled_from(ROLES)), trail=trail))


@pytest.mark.feature("S15")
@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.text(max_size=8), lambda inner: st.lists(inner, max_size=3)
    )
)
def test_a_kept_state_of_any_shape_is_read(odd: Any) -> None:
    good = state_as_json(State(Position("home"), "d1", 3, 1, IN_SEASON, (Position("settings"),)))
    assert state_as_json(read_state(good)) == good
    assert isinstance(read_state(odd), State)
    for name in good:
        assert isinstance(read_state({**good, name: odd}), State)
        assert isinstance(read_state({key: value for key, value in good.items() if key != name}), State)
    for trail in ([odd], [["home", odd]], [["home", {}, odd]]):
        assert state_as_json(read_state({**good, "trail": trail, "more": odd}))


@pytest.mark.feature("S15")
@ON_ONE_ENGINE
async def test_screens_that_another_version_left_unshown_are_replaced_by_the_present_one(stage: Stage) -> None:
    anna = stage.person("anna")
    await anna.does("start")
    kept = screen_codec.dump((replace(anna.screen, name="home"),))
    for text in ("[]x", "7", "[7]", '[{"is":"Hologram"}]', kept.replace('"lines"', '"line"'), '[{"is":"Screen"}]'):
        with pytest.raises(screen_codec.ScreensError):
            screen_codec.load(text)
    assert isinstance(screen_codec.load(kept.replace('"lines"', '"more":1,"lines"'))[0], Screen)

    def older(session: Any) -> int:
        row = session.get_one(PersonRow, anna.outcome.person if anna.outcome else 0)
        row.state = {**row.state, "place": ["organize_announcement", {"sheet": {"id": 1, "new": 2}}], "new": 1}
        session.add(HandledRow(channel="test", update_id="old", person_id=row.id, at=stage.clock.now(), screens="[7]"))
        return int(load(session, row.id, stage.clock.now(), stage.turns.portions).state.stamp)

    before = await stage.database.write(older)
    ((address, update, outcome),) = await stage.turns.stored.unshown("test")
    assert (address, update) == ("anna", "old")
    assert outcome.screens[0].name == "home"
    assert int(outcome.screens[0].stamp) > before
    again = await anna.acts(Said("once more", anna.now), update="old")
    assert again.name == "home"
