"""`stocktaking register`: its index made anew, and checked."""

from __future__ import annotations

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
