"""`stocktaking announce`: compose, send and follow an announcement, for scripts and terminals."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.runtime import with_app
from dialogs.domain.announcements.announcement import AnnouncementAction

__all__ = ["announce"]

BLOCKED, NOT_CONFIRMED = 3, 4
"""Exit codes beside 0, 1 and 2: something keeps it from being sent; nobody said yes."""

announce = typer.Typer(
    help="Announcements: written to a file, sent by the service that runs. Without a command: compose and send one.",
    invoke_without_command=True,
)

Number = Annotated[int, typer.Argument(help="The announcement's number.")]
Form = Annotated[str, typer.Option("--format", help="text or json")]


@announce.callback()
def compose(
    context: typer.Context,
    file: Annotated[Path | None, typer.Option(help="An announcement as YAML: texts, buttons, audience.")] = None,
    text: Annotated[list[str] | None, typer.Option(help="A text as LANGUAGE=TEXT, once for each language.")] = None,
    audience: Annotated[list[str] | None, typer.Option(help="Such as languages=fr,ar or unfinished.")] = None,
    at: Annotated[str | None, typer.Option(help="When, such as 2027-02-01T09:00 (Geneva); now when absent.")] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say who would read what, and send nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Send without asking.")] = False,
) -> None:
    """Compose an announcement and send it. Ends with 3 when something keeps it, with 4 when nobody said yes."""
    if context.invoked_subcommand is not None:
        return
    from bot.cli.announce import launch

    wanted = launch.read(file, text or [], audience or [], at)
    code = with_app(lambda opened: launch.send(opened, wanted, dry_run=dry_run, yes=yes))
    raise typer.Exit(code)


@announce.command("list")
def list_announcements(form: Form = "text") -> None:
    """The newest announcements, with their state."""
    from bot.cli.announce import report

    print(with_app(lambda opened: report.listed(opened, form)))


@announce.command()
def status(number: Number, form: Form = "text") -> None:
    """How far an announcement is."""
    from bot.cli.announce import report

    print(with_app(lambda opened: report.status(opened, number, form)))


@announce.command()
def follow(number: Number) -> None:
    """Look on while it is sent; Ctrl+C ends the looking on, not the sending."""
    from bot.cli.announce import launch

    raise typer.Exit(with_app(lambda opened: launch.follow(opened, number)))


@announce.command("again")
def use_again(number: Number) -> None:
    """Begin a new announcement with all that an earlier one has; it is finished in the chat."""
    from bot.cli.announce import launch

    raise typer.Exit(with_app(lambda opened: launch.again(opened, number)))


@announce.command("call-off")
def call_off(number: Number) -> None:
    """Make what is scheduled a draft again, before it begins."""
    from bot.cli.announce import launch

    raise typer.Exit(with_app(lambda opened: launch.call_off(opened, number)))


@announce.command()
def change(
    number: Number,
    text: Annotated[list[str], typer.Option(help="A text as LANGUAGE=TEXT, once for each language.")],
) -> None:
    """Replace its text where it arrived, for everyone."""
    from bot.cli.announce import launch

    raise typer.Exit(with_app(lambda opened: launch.change(opened, number, text)))


@announce.command()
def pause(number: Number) -> None:
    """Send nothing more of it until it is resumed."""
    _drive(number, AnnouncementAction.PAUSE)


@announce.command()
def resume(number: Number) -> None:
    """Go on with what is paused."""
    _drive(number, AnnouncementAction.RESUME)


@announce.command()
def stop(number: Number) -> None:
    """End it for good."""
    _drive(number, AnnouncementAction.STOP)


@announce.command()
def retry(number: Number) -> None:
    """Send again to those who did not get it and can be reached now."""
    _drive(number, AnnouncementAction.RETRY)


@announce.command()
def resend(number: Number) -> None:
    """Send again to those of whom it is not known whether they got it: some may get it twice."""
    _drive(number, AnnouncementAction.RESEND)


@announce.command()
def recall(number: Number) -> None:
    """Delete it where it arrived in the last 48 hours."""
    _drive(number, AnnouncementAction.RECALL)


def _drive(id: int, to: AnnouncementAction) -> None:
    from bot.cli.announce import launch

    def work(opened: Any) -> Any:
        return launch.drive(opened, id, to)

    raise typer.Exit(with_app(work))
