"""`stocktaking desk`: what people write to the organizers, and what is done about it. The same deeds as in chat."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import asdict
from datetime import datetime
from typing import Annotated, Any

import typer

from bot.cli.entry_deed import as_json_text
from bot.cli.input import fail, in_geneva
from bot.cli.runtime import with_app

__all__ = ["desk"]

desk = typer.Typer(help="What people write to the organizers: read, answer, close.", no_args_is_help=True)

Number = Annotated[int, typer.Argument(help="The message's number, as the list says.", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]
SHOWN = 60
"""Characters of a message in a list."""


@desk.command("list")
def list_(
    done: Annotated[bool, typer.Option("--done", help="Those that are answered or closed, the newest first.")] = False,
    limit: Annotated[int, typer.Option(min=1, help="How many.")] = 50,
    as_json: Json = False,
) -> None:
    """What waits for an answer, the oldest first."""

    async def work(app: Any) -> Any:
        from dialogs.domain.organizers.inbox import DeskList
        from storage.messaging import desk as kept

        shown = DeskList.DONE if done else DeskList.WAITING
        return await app.database.read(lambda session: kept.page(session, None, shown, 0, limit))

    found = with_app(work)
    if as_json:
        print(as_json_text([asdict(each) for each in found.letters]))
        return
    print(f"{'number':>6}  {'written':<26}  {'language':<8}  {'with':<16}  {'answers':>7}  {'from':<16}  message")
    for each in found.letters:
        words = " ".join(each.text.split())
        brief = words if len(words) <= SHOWN else f"{words[: SHOWN - 1]}…"
        who, care = each.name or str(each.person), each.assignee_name or str(each.assignee or "-")
        about = f"{in_geneva(each.at):<26}  {each.language:<8}  {care:<16}  {len(each.answers):>7}  {who:<16}"
        print(f"{each.id:>6}  {about}  {brief}")
    typer.echo(f"{found.number} messages", err=True)


@desk.command("show")
def show(number: Number, as_json: Json = False) -> None:
    """One message whole, with its answers and how it stands."""

    async def work(app: Any) -> Any:
        from storage.messaging import inbox

        return await app.database.read(lambda session: inbox.letter(session, number))

    _said(number, with_app(work), as_json)


@desk.command("answer")
def answer(
    number: Number,
    text: Annotated[str, typer.Argument(help="What they are told, as an answer from the organizers.")],
    as_json: Json = False,
) -> None:
    """Answer a message: its author gets it wherever they wrote."""
    from dialogs.answers.text import clean, is_blank, too_long
    from dialogs.organizers.inbox import LONGEST

    words = clean(text).strip()
    if is_blank(words) or too_long(words, LONGEST) is not None:
        fail(f"an answer has 1 to {LONGEST} characters")

    def work(session: Any, now: datetime) -> Any:
        from storage.messaging import inbox

        return inbox.answer(session, None, number, words, now)

    _done(number, work, as_json)


@desk.command("close")
def close(number: Number, as_json: Json = False) -> None:
    """Close a message without an answer."""

    def work(session: Any, now: datetime) -> Any:
        from storage.messaging import desk as kept

        return kept.close(session, None, number, now)

    _done(number, work, as_json)


@desk.command("reopen")
def reopen(number: Number, as_json: Json = False) -> None:
    """Let a closed message wait for an answer again."""

    def work(session: Any, now: datetime) -> Any:
        from storage.messaging import desk as kept

        return kept.reopen(session, None, number, now)

    _done(number, work, as_json)


@desk.command("assign")
def assign(
    number: Number,
    to: Annotated[str, typer.Option(help="An organizer's number or name; nobody when absent.")] = "",
    as_json: Json = False,
) -> None:
    """Say which organizer takes care of a message."""

    def work(session: Any, now: datetime) -> Any:
        from dialogs.text.normalize import normalize
        from storage.messaging import desk as kept

        if not to:
            return kept.assign(session, None, number, None, now)
        meant = normalize(to)
        found = [each.person for each in kept.helpers(session) if meant in (str(each.person), normalize(each.name))]
        if len(found) != 1:
            many = "more than one organizer is" if found else "no organizer who answers messages is"
            fail(f"{many} called {to} (see: stocktaking organizers list)")
        return kept.assign(session, None, number, found[0], now)

    _done(number, work, as_json)


def _done(number: int, deed: Callable[[Any, datetime], Any], as_json: bool) -> None:
    """Do something about a message, and say how it stands."""

    async def work(app: Any) -> Any:
        now = app.turns.now()
        return await app.database.write(lambda session: deed(session, now))

    _said(number, with_app(work), as_json)


def _said(number: int, letter: Any, as_json: bool) -> None:
    if letter is None:
        fail(f"there is no message {number} (see: stocktaking desk list)")
    if as_json:
        print(as_json_text(asdict(letter)))
        return
    care = letter.assignee_name or letter.assignee or "nobody"
    stands = f"closed {in_geneva(letter.closed)}" if letter.closed else ("answered" if letter.answers else "waiting")
    print(
        f"{letter.id}  {letter.name or letter.person}  {letter.language}  {in_geneva(letter.at)}  {stands}; with {care}"
    )
    print(letter.text)
    for each in letter.answers:
        print(f"-- {each.name or 'command line'}, {in_geneva(each.at)}:\n{each.text}")
