"""`stocktaking report-comments`: what people say of a zero draft, entry by entry."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.input import fail
from bot.cli.runtime import with_app

__all__ = ["comments"]

comments = typer.Typer(help="Comments on the entries of a zero draft.", no_args_is_help=True)


@comments.command("import")
def take_in(
    file: Annotated[
        Path | None, typer.Argument(help="A CSV with the columns reference, who, text and at; the input when absent.")
    ] = None,
) -> None:
    """Take comments in: all of the file, or nothing and what is wrong in each row. What is known is left out."""
    try:
        text = file.read_text("utf-8-sig") if file else sys.stdin.read()
    except UnicodeDecodeError:
        fail(f"{file or 'the input'} is not UTF-8")

    async def work(app: Any) -> tuple[int, int]:
        from bot.report import comments as table
        from storage.report import comments as kept

        wanted = table.references_in(text)
        known = await app.database.look(lambda session: kept.references(session, wanted))
        found, now = table.read(text, known), app.turns.now()
        return await app.database.write(lambda session: kept.take_in(session, None, found, now)), len(found)

    new, all_ = with_app(work)
    print(f"{new} new comments, {all_ - new} were known")


@comments.command("list")
def list_comments(
    call: Annotated[str, typer.Option(help="Which call, such as 2027.")],
    closed: Annotated[bool, typer.Option("--all", help="Those that are done too.")] = False,
    as_json: Annotated[bool, typer.Option("--json", help="As JSON, one a line.")] = False,
) -> None:
    """The comments that are not done yet: number, entry, moment, who, text."""

    def read(session: Any) -> list[dict[str, Any]]:
        from storage.report import comments as kept

        return [
            {
                "id": row.id,
                "reference": row.reference,
                "at": row.at.isoformat(),
                "who": row.who,
                "text": row.text,
                "closed": row.closed.isoformat() if row.closed else None,
            }
            for row in kept.listed(session, call, closed=closed)
        ]

    for each in with_app(lambda app: app.database.look(read)):
        print(json.dumps(each, ensure_ascii=False) if as_json else _line(each))


def _line(each: dict[str, Any]) -> str:
    done = "\tdone" if each["closed"] else ""
    words = " ".join(each["text"].split())
    return f"{each['id']}\t{each['reference']}\t{each['at'][:10]}\t{each['who']}\t{words}{done}"


@comments.command("close")
def close(
    numbers: Annotated[
        list[int],
        typer.Argument(help="The comments' numbers, as the list shows.", show_default=False, min=1, max=2**31 - 1),
    ],
) -> None:
    """Note that comments are done: all of them, or none when one is not there."""

    async def work(app: Any) -> list[int]:
        from storage.report import comments as kept

        now = app.turns.now()
        missing: list[int] = await app.database.write(lambda session: kept.close(session, None, numbers, now))
        return missing

    if missing := with_app(work):
        fail(f"there is no comment {', '.join(map(str, missing))}")
    print(f"{len(numbers)} done")
