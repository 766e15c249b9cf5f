"""Where a person is in the conversation, as JSON and back.

What is read may have been written by another version of the program (after an upgrade, or on the way back from one):
whatever is odd in it counts as missing. Whether a place's arguments are of use is for the machine to see.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, datetime
from typing import Any

from dialogs.domain.conversation import Position, State

__all__ = ["read_state", "state_as_json"]

HOME = Position("home")


def state_as_json(state: State) -> dict[str, Any]:
    """Plain JSON values."""
    return {
        "place": _place_as_json(state.position),
        "draft": state.draft,
        "stamp": state.stamp,
        "misses": state.misses,
        "last": state.last.isoformat() if state.last else None,
        "trail": [_place_as_json(place) for place in state.trail],
        "asked": state.asked,
        "since": state.since,
    }


def _place_as_json(place: Position) -> list[Any]:
    return [place.name, dict(place.args)]


def read_state(kept: Any) -> State:
    """The state from its JSON; nothing kept is that of somebody who has just arrived."""
    if not kept or not isinstance(kept, Mapping):
        return State()
    draft, trail, asked = kept.get("draft"), kept.get("trail"), kept.get("asked")
    return State(
        position=_place(kept.get("place")) or HOME,
        draft=draft if isinstance(draft, str) else None,
        stamp=_number(kept.get("stamp")),
        misses=_number(kept.get("misses")),
        last=_moment(kept.get("last")),
        trail=tuple(_places(trail)) if isinstance(trail, list) else (),
        asked=asked if isinstance(asked, str) else "",
        since=_number(kept.get("since")),
    )


def _places(kept: Iterable[Any]) -> Iterable[Position]:
    return (place for each in kept if (place := _place(each)) is not None)


def _place(kept: Any) -> Position | None:
    if not isinstance(kept, list) or len(kept) != 2:
        return None
    name, args = kept
    return Position(name, args) if isinstance(name, str) and isinstance(args, dict) else None


def _number(kept: Any) -> int:
    return kept if isinstance(kept, int) and not isinstance(kept, bool) and kept >= 0 else 0


def _moment(kept: Any) -> datetime | None:
    try:
        moment = datetime.fromisoformat(kept)
    except (TypeError, ValueError):
        return None
    return moment if moment.tzinfo is not None else moment.replace(tzinfo=UTC)
