"""`stocktaking entries import`, `stocktaking entries undo-import` and `stocktaking demo`."""

from __future__ import annotations

import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.runtime import with_app

if TYPE_CHECKING:  # `--help` loads nothing of the store
    from bot.app import App

__all__ = ["add_import", "demo"]

SHOWN = 50
"""Problems that are shown; the rest is counted."""
DEMO = "demo"
STATES = ("published", "received")


def add_import(entries: typer.Typer) -> None:
    """Add the commands to `stocktaking entries`."""
    entries.command("import")(import_entries)
    entries.command("undo-import")(undo_import)


def import_entries(
    file: Annotated[Path, typer.Argument(help="A JSON export, a CSV or an XLSX workbook, such as old.csv.")],
    mapping: Annotated[Path | None, typer.Option(help="What the columns are, as YAML; see docs/import.md.")] = None,
    state: Annotated[str, typer.Option(help="published or received: where the entries stand.")] = "published",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would be done.")] = False,
    skip_refused: Annotated[bool, typer.Option("--skip-refused", help="Import the rows that can be used.")] = False,
) -> None:
    """Take in entries that exist already, with their numbers. A row that cannot be used is named with its cell."""
    from bot.entry_import.importer import carry_out, clashes
    from bot.entry_import.mapping import read_mapping
    from bot.entry_import.plan import id_of, make_plan
    from bot.entry_import.table_files import rows_of
    from dialogs.domain.entries.entry import EntryState
    from storage.entries.imported import Import

    if state not in STATES:
        raise typer.BadParameter(f"{state}: expected one of {', '.join(STATES)}", param_hint="--state")
    plan = make_plan(rows_of(file), read_mapping(mapping))
    which = Import(id_of(file, mapping), EntryState(state))

    async def done(opened: App) -> None:
        there = await clashes(opened.database, plan, which)
        for line in (*plan.problems[:SHOWN], *(f"{each} is in the register already" for each in there[:SHOWN])):
            print(line)
        refused = len({each.row for each in plan.problems}) + len(there)
        print(f"{len(plan.entries) - len(there)} rows can be imported, {refused} are refused.")
        if dry_run:
            return
        if refused and not skip_refused:
            print("Nothing was imported: mend the rows, or leave them out with --skip-refused.", file=sys.stderr)
            raise typer.Exit(1)
        result = await carry_out(opened.database, plan, which, datetime.now(UTC))
        print(f"{result.new} entries imported. Taken back by: stocktaking entries undo-import {which.id}")

    with_app(done)


def undo_import(name: Annotated[str, typer.Argument(help="The import's name, as it was said at its end.")]) -> None:
    """Take an import back as a whole, but for entries that were changed since."""
    from bot.entry_import.importer import take_back

    print(f"{with_app(lambda opened: take_back(opened.database, name))} entries were taken back.")


def demo(
    entries: Annotated[int, typer.Option(help="How many entries.", min=1, max=100_000)] = 7000,
    undo: Annotated[bool, typer.Option("--undo", help="Take the example entries away again.")] = False,
) -> None:
    """Fill the register with example entries in six languages, to see everything alive; not beside real ones."""
    from bot.entry_import.demo import generated
    from bot.entry_import.importer import carry_out, take_back
    from bot.entry_import.plan import Plan
    from dialogs.domain.entries.entry import EntryState
    from storage.entries.imported import Import, has_others

    async def done(opened: App) -> None:
        if undo:
            print(f"{await take_back(opened.database, DEMO)} example entries were taken away.")
            return
        if await opened.database.read(lambda session: has_others(session, DEMO)):
            print("There are real entries in this database: examples belong into one of their own.", file=sys.stderr)
            raise typer.Exit(1)
        plan = Plan(list(generated(entries)))
        await carry_out(opened.database, plan, Import(DEMO, EntryState.PUBLISHED), datetime.now(UTC))
        print(f"{entries} example entries are in the register. Look at it: stocktaking run")

    with_app(done)
