"""The searches of the register that one follows: begun at a search, listed in the settings, stopped by one tap."""

from __future__ import annotations

from dataclasses import asdict

from dialogs import choices
from dialogs.domain.effects import ReadPublished
from dialogs.domain.entries.followed_search import MOST, Followed, FollowedSearches, FollowSearch, StopFollowing
from dialogs.domain.events import Chose, Event, QueryResult
from dialogs.domain.messages import Code, Country, Listing, M, Message, Value
from dialogs.domain.organizers.entry_search import Wanted
from dialogs.domain.values.plain_data import rebuild
from dialogs.screens import Choice, Kind, Line, Screen
from dialogs.step_context import StepContext

__all__ = ["begin", "handle", "named", "open_follows", "pressed_open", "pressed_stop", "render"]


def named(wanted: Wanted) -> Value:
    """A search in a few words, as a button has room for."""
    parts: list[Value] = []
    if wanted.words:
        parts.append(wanted.words)
    if wanted.line:
        parts.append(Code(wanted.line))
    if wanted.goal:
        parts.append(M("choice.coded", code=Code(wanted.goal), label=Message(f"goal.{wanted.goal}")))
    if wanted.country:
        parts.append(Country(wanted.country))
    if wanted.call:
        parts.append(Code(wanted.call))
    return Listing(tuple(parts)) if parts else M("follows.everything")


def begin(ctx: StepContext, wanted: Wanted) -> None:
    """Follow the search that is open."""
    ctx.do(FollowSearch(wanted, ctx.at))
    ctx.update(followed=wanted.as_json())
    ctx.note(M("follows.begun"))


def open_follows(ctx: StepContext) -> None:
    ctx.push("follows")
    ctx.ask(FollowedSearches())


def render(ctx: StepContext) -> Screen:
    searches = [_rebuilt(each) for each in ctx.args.get("searches", ())]
    lines = [Line(Kind.TITLE, M("follows.title"))]
    lines.append(Line(Kind.TEXT, M("follows.how") if searches else M("follows.none")))
    ways = [
        Choice(f"stop:{each.id}", M("choice.stop_following", search=named(each.wanted)), number=number)
        for number, each in enumerate(searches[:MOST], 1)
    ]
    return Screen("follows", tuple(lines), choices.column(ways) + choices.row(choices.back()))


def handle(ctx: StepContext, event: Event) -> None:
    name, _, id = event.code.partition(":") if isinstance(event, Chose) else ("", "", "")
    if isinstance(event, QueryResult):
        ctx.update(searches=[asdict(each) for each in event.result])
    elif name == "stop" and id.isdigit():
        ctx.do(StopFollowing(int(id)))
        ctx.update(searches=[each for each in ctx.args.get("searches", ()) if each["id"] != int(id)])
        ctx.note(M("follows.stopped"))
    elif isinstance(event, Chose):
        ctx.pop()
    else:
        ctx.note(M("not_understood.review"))


def _rebuilt(kept: object) -> Followed:
    found = rebuild(Followed, kept)
    return found if isinstance(found.wanted, Wanted) else Followed(found.id, Wanted.of(found.wanted))


def pressed_stop(ctx: StepContext, id: str) -> None:
    """The button below a message: one tap, and no more of this search."""
    if id.isdigit():
        ctx.do(StopFollowing(int(id)))
    ctx.note(M("follows.stopped"))


def pressed_open(ctx: StepContext, reference: str) -> None:
    """Read an entry that the message named."""
    ctx.push("explored")
    ctx.ask(ReadPublished(reference))
