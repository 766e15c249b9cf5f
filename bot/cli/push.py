"""`stocktaking push`: how it stands with what is pushed to receivers outside, and what to do where it stands still."""

from __future__ import annotations

import base64
import json
import secrets
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated, Any, TypeVar

import typer

from bot.cli.runtime import with_app

if TYPE_CHECKING:  # `--help` loads nothing of the store
    from sqlmodel import Session

    from bot.app import App
    from storage.push.receivers import Standing

__all__ = ["push"]

push = typer.Typer(help="Entries pushed to the Stocktaking platform and to others.", no_args_is_help=True)

T = TypeVar("T")

NONE = "there is no event {} that could not be delivered"
Form = Annotated[str, typer.Option("--format", help="text or json")]


def _now() -> datetime:
    return datetime.now(UTC)


def _write(work: Callable[[Session, datetime], T]) -> T:
    """Do something in a transaction of the settings' database."""

    async def written(opened: App) -> T:
        return await opened.database.write(lambda session: work(session, _now()))

    return with_app(written)


@push.command("list")
def list_receivers(form: Form = "text") -> None:
    """The receivers, with how much waits for each, was sent, and could not be delivered."""
    from storage.push import receivers

    found = with_app(lambda opened: opened.database.read(receivers.standing))
    if form == "json":
        print(json.dumps([_plain(each) for each in found], indent=1))
        return
    for each in found:
        numbers = f"{each.waiting} waiting\t{each.sent} sent\t{each.dead} dead"
        print("\t".join((each.name, numbers, *_notes(each))))


def _plain(each: Standing) -> dict[str, Any]:
    found = {name: getattr(each, name) for name in ("name", "set", "waiting", "sent", "dead")}
    for name in ("stopped", "not_before", "oldest"):
        at = getattr(each, name)
        found[name] = at.isoformat() if at else None
    return found


def _notes(each: Standing) -> Iterator[str]:
    if not each.set:
        yield "(not in the settings any more)"
    if each.stopped:
        yield f"(stopped: it said 410 at {each.stopped:%Y-%m-%d %H:%M} UTC)"
    elif each.not_before and each.not_before > _now():
        yield f"(does not answer: tried again at {each.not_before:%Y-%m-%d %H:%M} UTC)"


@push.command()
def dead(form: Form = "text", limit: Annotated[int, typer.Option(help="How many, the newest first.")] = 50) -> None:
    """Events that could not be delivered."""
    from storage.push import dead_letters

    found = with_app(lambda opened: opened.database.read(lambda session: dead_letters.newest(session, limit)))
    if form == "json":
        keys = ("id", "receiver", "reference", "version", "event", "cause")
        print(json.dumps([{key: getattr(each, key) for key in keys} | {"at": each.at.isoformat()} for each in found]))
        return
    for each in found:
        print(f"{each.id}\t{each.receiver}\t{each.reference}.{each.version}\t{each.event.value}\t{each.cause}")


@push.command()
def replay(
    event: Annotated[int | None, typer.Argument(help="An event's number, of `push dead`; all when absent.")] = None,
    receiver: Annotated[str | None, typer.Option(help="Only this receiver's.")] = None,
) -> None:
    """Send again what could not be delivered."""
    from storage.push import dead_letters

    if event is None:
        print(_write(lambda session, now: dead_letters.replay_all(session, None, now, receiver)), "are sent again.")
    else:
        _done(_write(lambda session, now: dead_letters.replay(session, None, event, now)), NONE.format(event))


@push.command()
def drop(event: Annotated[int, typer.Argument(help="An event's number, of `push dead`.")]) -> None:
    """Have one not sent that could not be delivered."""
    from storage.push import dead_letters

    _done(_write(lambda session, now: dead_letters.drop(session, None, event, now)), NONE.format(event))


@push.command()
def resume(receiver: Annotated[str, typer.Argument(help="A receiver's name.")]) -> None:
    """Tell a receiver again of entries, after it said that it is gone (410)."""
    from storage.push import dead_letters

    resumed = _write(lambda session, now: dead_letters.resume(session, None, receiver, now))
    _done(resumed, f"no receiver {receiver} is stopped")


@push.command()
def fill(receiver: Annotated[str, typer.Argument(help="A receiver's name.")]) -> None:
    """Tell a new receiver of all entries that it was never told of."""
    many = with_app(lambda opened: _filled(opened, receiver))
    _done(many is not None, f"there is no receiver {receiver}: the service learns of it at its start")
    print(f"{many} entries are on their way.")


async def _filled(opened: App, receiver: str) -> int | None:
    """How many entries were put into the outbox; None: there is no such receiver."""
    from storage.push import outbox, receivers

    def some(after: str) -> Callable[[Session], tuple[int, str]]:
        return lambda session: outbox.fill(session, receiver, _now(), after)

    if receiver not in [each.name for each in await opened.database.read(receivers.standing)]:
        return None
    total, last = 0, ""
    while True:
        many, last = await opened.database.write(some(last))
        total += many
        if not last:
            return total


@push.command()
def schema() -> None:
    """The JSON Schema of what is pushed."""
    from bot.push.body import schema as made

    print(json.dumps(made(), indent=1))


@push.command()
def secret() -> None:
    """Make a new secret for STOCKTAKING_PUSH_RECEIVERS."""
    from bot.push.receiver import PREFIX

    print(PREFIX + base64.b64encode(secrets.token_bytes(32)).decode())


def _done(done: bool, otherwise: str) -> None:
    if not done:
        raise typer.BadParameter(otherwise)
