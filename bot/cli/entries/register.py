"""`stocktaking register`: its index made anew, and checked."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from bot.cli.runtime import with_app

__all__ = ["register"]

register = typer.Typer(help="The public register.", no_args_is_help=True)


@register.command()
def rebuild() -> None:
    """Make the search index anew, while the service goes on."""
    from storage.search import rebuild as search_rebuild

    entries, mended = with_app(lambda opened: search_rebuild.rebuild(opened.database))
    print(f"{entries} entries indexed, {mended} words or filters mended.")


@register.command()
def check() -> None:
    """Compare the search index with the entries; exit code 1 when they differ."""
    from storage.search import rebuild as search_rebuild

    wrong = with_app(lambda opened: opened.database.look(search_rebuild.differences))
    if wrong:
        print(f"{len(wrong)} words or filters differ: `stocktaking register rebuild` mends them.")
        raise typer.Exit(1)
    print("The index is what the entries say.")


@register.command("ask-again")
def ask_again(
    after: Annotated[str, typer.Option(help="Days since an entry was sent or confirmed, such as 365; or never.")] = "",
) -> None:
    """After how long authors are asked, by one message, whether their published entry is still true."""
    if after and after != "never" and not (after.isdigit() and 30 <= int(after) <= 3_660):
        raise typer.BadParameter(f"{after}: expected never, or days from 30 to 3660", param_hint="--after")

    async def work(opened: Any) -> Any:
        from storage.entries import freshness

        if after:
            days, now = None if after == "never" else int(after), opened.turns.now()
            await opened.database.write(lambda session: freshness.set_age(session, None, days, now))
        return await opened.database.read(freshness.age)

    found = with_app(work)
    print(f"Authors are asked after {found.days} days." if found else "Nobody is asked.")
