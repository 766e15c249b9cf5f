"""`stocktaking organizers`."""

from __future__ import annotations

import secrets
from typing import Annotated, Any

import typer

from bot.cli.input import fail
from bot.cli.runtime import with_app

__all__ = ["organizers"]

organizers = typer.Typer(help="Who runs the call, and what they did.", no_args_is_help=True)


@organizers.command("list")
def list_organizers() -> None:
    """The organizers whom the bot has met, with their roles."""

    async def work(app: Any) -> Any:
        from storage.organizers import organizers as kept

        return await app.database.read(kept.everyone)

    found = with_app(work)
    for each in found:
        print(f"{each.person}\t{each.role}\t{each.name or '-'}{'  (settings)' if each.named else ''}")
    if not found:
        print("No organizers yet: set STOCKTAKING_ORGANIZERS, or run: stocktaking organizers invite owner")


@organizers.command("invite")
def invite(
    role: Annotated[str, typer.Argument(help="owner, organizer, reviewer or translator", show_default=False)],
) -> None:
    """A line that makes whoever writes it to the bot an organizer, once."""
    from dialogs.domain.roles import Role

    if role not in set(Role):
        raise typer.BadParameter(f"{role}: expected one of {', '.join(Role)}", param_hint="ROLE")

    async def work(app: Any) -> Any:
        from storage.organizers import invitations as kept

        now = app.turns.now()
        return await app.database.write(
            lambda session: kept.invite(session, None, Role(role), now, secrets.token_urlsafe)
        )

    made = with_app(work)
    print(f"/start org-{made.token}")
    typer.echo(f"It works once, until {made.until:%Y-%m-%d %H:%M} UTC.", err=True)


@organizers.command("invitations")
def list_invitations() -> None:
    """The invitations that nobody has used yet."""

    async def work(app: Any) -> Any:
        from storage.organizers import invitations as kept

        now = app.turns.now()
        return await app.database.read(lambda session: kept.pending(session, now))

    for each in with_app(work):
        by = each.name or (str(each.by) if each.by is not None else "command line")
        print(f"{each.handle}\t{each.role}\t{by}\t{each.until:%Y-%m-%d %H:%M} UTC")


@organizers.command("revoke")
def revoke(invitation: Annotated[str, typer.Argument(help="As `organizers invitations` calls it.")]) -> None:
    """End an invitation that nobody has used yet."""

    async def work(app: Any) -> bool:
        from storage.organizers import invitations as kept

        now = app.turns.now()
        return bool(await app.database.write(lambda session: kept.revoke(session, None, invitation, now)))

    if not with_app(work):
        fail(f"there is no open invitation {invitation} (see: stocktaking organizers invitations)")
    print("Revoked.")


@organizers.command("remove")
def remove(person: Annotated[int, typer.Argument(help="The number that `organizers list` shows.")]) -> None:
    """Take an organizer's role away, at once."""

    async def work(app: Any) -> bool:
        from storage.organizers import organizers as kept

        now = app.turns.now()
        return bool(await app.database.write(lambda session: kept.dismiss(session, None, person, now)))

    if not with_app(work):
        fail(f"{person} cannot be removed: no organizer, named in the settings, or the last owner")
    print("Removed.")


@organizers.command("log")
def show_log(limit: Annotated[int, typer.Option(help="How many lines, newest first.")] = 50) -> None:
    """Who did what."""

    async def work(app: Any) -> list[str]:
        from dialogs.organizers.audit_log import sentence
        from storage.organizers import organizers as kept

        lines = await app.database.read(lambda session: kept.log(session, None, limit))
        return [f"{line.at:%Y-%m-%d %H:%M} UTC\t{app.words.say(sentence(line), 'en')}" for line in lines]

    print("\n".join(with_app(work)) or "Nothing yet.")
