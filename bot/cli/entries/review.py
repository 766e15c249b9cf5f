"""`stocktaking review ...`, and what `stocktaking entries` does to one entry. The same deeds as in chat and console."""

from __future__ import annotations

import json
from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.entry_deed import TROUBLES, as_json_text, done, named
from bot.cli.input import MOMENT, confirm, fail, in_geneva, moment_of
from bot.cli.runtime import with_app
from bot.cli.scores import score, scores

__all__ = ["add_to", "review"]

review = typer.Typer(help="The review of entries: what waits, who has what.", no_args_is_help=True)

Json = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]
Reference = Annotated[str, typer.Argument(help="Such as WSIS-2027-000123.", show_default=False)]


def add_to(entries: typer.Typer) -> None:
    """Add the commands about one entry."""
    entries.command("show")(show)
    entries.command("publish")(publish)
    entries.command("decline")(decline)
    entries.command("ask")(ask)
    entries.command("withdraw")(withdraw)
    entries.command("merge")(merge)


def show(reference: Reference, as_json: Json = False) -> None:
    """One entry whole: its answers, its state and its history."""

    async def work(app: Any) -> Any:
        from storage.review import dossier

        now = app.turns.now()
        return await app.database.read(lambda session: dossier.look(session, None, named(reference), now))

    found = with_app(work)
    if found is None:
        fail(TROUBLES["gone"].format(reference=named(reference)))
    if as_json:
        print(as_json_text(asdict(found)))
        return
    print(f"{found.reference}  {found.state}  version {found.version}  call {found.call}\n{found.title}")
    for key, value in found.answers.items():
        print(f"{key:<24} {value if isinstance(value, str) else json.dumps(value, ensure_ascii=False)}")
    for line in reversed(found.history):
        who = "author" if line.by_author else line.name or "command line"
        print(f"{in_geneva(line.at)}  {who}: {line.action} -> {line.new}")


def publish(
    reference: Reference,
    words: Annotated[str, typer.Option(help="What the author is told with it.")] = "",
    as_json: Json = False,
) -> None:
    """Accept an entry and tell its author at once."""
    _decide(reference, words, accept=True, as_json=as_json)


def decline(
    reference: Reference,
    words: Annotated[str, typer.Option(help="What the author is told with it.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Do not accept an entry, and tell its author at once."""
    confirm(f"Decline {named(reference)}, and tell its author?", yes=yes)
    _decide(reference, words, accept=False, as_json=as_json)


def _decide(reference: str, words: str, *, accept: bool, as_json: bool) -> None:
    def work(session: Any, now: datetime) -> Any:
        from storage.review import decisions

        trouble = decisions.decide(session, None, named(reference), None, now, accept=accept, words=words)
        return trouble or (None if decisions.announce(session, None, [named(reference)], now) else "not_now")

    done(reference, work, as_json)


def ask(
    reference: Reference,
    comment: Annotated[list[str], typer.Option(help="QUESTION=TEXT, such as description='Who runs it?'; repeatable.")],
    due: Annotated[str | None, typer.Option(help=f"Until when, {MOMENT}; two weeks when absent.")] = None,
    as_json: Json = False,
) -> None:
    """Ask the author of an entry to change answers."""
    pairs = [each.partition("=") for each in comment]
    for each, (key, found, text) in zip(comment, pairs, strict=True):
        if not (key and found and text):
            raise typer.BadParameter(f"{each}: expected QUESTION=TEXT", param_hint="--comment")

    async def until(app: Any) -> datetime | None:
        return moment_of(app, due, closing=True) if due else None

    moment = with_app(until) if due else None

    def work(session: Any, now: datetime) -> Any:
        from dialogs.domain.entries.review import Comment
        from dialogs.text.language_detection import language_of
        from storage.review import rounds

        comments = [Comment(key, text, language_of(text, "en")) for key, _, text in pairs]
        return rounds.ask(session, None, named(reference), None, now, besides=comments, due=moment)

    done(reference, work, as_json)


def withdraw(
    reference: Reference,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Withdraw an entry at its author's wish; its reference stays."""
    confirm(f"Withdraw {named(reference)}, and tell its author?", yes=yes)

    def work(session: Any, now: datetime) -> Any:
        from dialogs.domain.entries.entry import Action
        from storage.review import decisions

        return decisions.set_aside(session, None, named(reference), Action.WITHDRAW, now)

    done(reference, work, as_json)


def merge(
    reference: Reference,
    into: Annotated[str, typer.Option(help="The entry about the same activity, which stays.")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    as_json: Json = False,
) -> None:
    """Let the reference of an entry lead to another one about the same activity, and tell its author."""
    confirm(f"Merge {named(reference)} into {named(into)}, and tell its author?", yes=yes)

    def work(session: Any, now: datetime) -> Any:
        from storage.review import decisions

        return decisions.merge(session, None, named(reference), named(into), now)

    done(reference, work, as_json)


@review.command("queue")
def queue(
    state: Annotated[list[str], typer.Option(help="Only these states, such as received; repeatable.")] = [],  # noqa: B006
    call: Annotated[str, typer.Option(help="A call, such as 2027.")] = "",
    language: Annotated[str, typer.Option(help="The language that entries are written in, such as fr.")] = "",
    country: Annotated[str, typer.Option(help="A country's code, such as KE.")] = "",
    limit: Annotated[int, typer.Option(help="How many, the oldest first.")] = 50,
    as_json: Json = False,
) -> None:
    """What waits for a reviewer, and who has it."""
    number, found = _listed(state, call, language, country, limit)
    if as_json:
        print(as_json_text([asdict(each) for each in found]))
        return
    print(f"{'reference':<16}  {'state':<13}  {'received':<27}  {'reviewer':<16}  title")
    for each in found:
        held = each.reviewer or "-"
        print(f"{each.reference:<16}  {each.state:<13}  {in_geneva(each.received):<27}  {held:<16}  {each.title}")
    typer.echo(f"{number} entries", err=True)


@review.command("assign")
def assign(
    file: Annotated[Path | None, typer.Argument(help="CSV or XLSX with columns reference, reviewer.")] = None,
    to: Annotated[list[str], typer.Option(help="A reviewer's number or name; repeatable.")] = [],  # noqa: B006
    line: Annotated[str, typer.Option(help="Only entries of this action line, such as C7.")] = "",
    language: Annotated[str, typer.Option(help="Only entries written in this language, such as fr.")] = "",
    call: Annotated[str, typer.Option(help="Only entries of this call, such as 2027.")] = "",
    each: Annotated[int, typer.Option(min=1, help="How many of them get each entry.")] = 1,
    limit: Annotated[int, typer.Option(min=1, help="How many entries, the oldest first.")] = 1_000,
    as_json: Json = False,
) -> None:
    """Give entries to reviewers: as a file says, or evenly --to some by how much they have to do. They are told."""
    from bot.services.review import assigned_table
    from dialogs.domain.organizers.review import QueueFilter

    if (file is None) == (not to):
        raise typer.BadParameter("say either a file or --to")

    async def work(app: Any) -> Any:
        from storage.review import distribution

        now, wanted = app.turns.now(), QueueFilter(call=call, line=line, language=language)

        def write(session: Any) -> Any:
            if file is not None:
                return assigned_table.take_in(session, assigned_table.rows_of(file), now)
            people = [assigned_table.reviewer(session, name) for name in to]
            found = distribution.spread(session, None, wanted, people, now, each=each, limit=limit)
            return assigned_table.summed(session, found)

        return await app.database.write(write)

    try:
        given, refused = with_app(work)
    except assigned_table.NotUnderstood as error:
        fail(str(error))
    if as_json:
        print(as_json_text({"given": given, "refused": [asdict(each) for each in refused]}))
    else:
        for name, number in given.items():
            print(f"{name}: {number}")
        print(f"{sum(given.values())} given, {len(refused)} not")
        for each_one in refused:
            place = f"line {each_one.line}: " if each_one.line else ""
            typer.echo(f"{place}{TROUBLES[each_one.why].format(reference=each_one.reference)}", err=True)
    if refused:
        raise typer.Exit(1)


review.command("score")(score)
review.command("scores")(scores)


@review.command("export")
def export(
    output: Annotated[Path, typer.Argument(help="A file that ends in .csv or .xlsx.", show_default=False)],
    state: Annotated[list[str], typer.Option(help="Only these states; all when absent; repeatable.")] = [],  # noqa: B006
    call: Annotated[str, typer.Option(help="A call, such as 2027.")] = "",
    as_json: Json = False,
) -> None:
    """The queue as a table: CSV or XLSX, by the file's ending."""
    if output.suffix not in (".csv", ".xlsx"):
        raise typer.BadParameter(f"{output}: expected .csv or .xlsx", param_hint="OUTPUT")
    _, found = _listed(state, call, "", "", 1_000_000, everything=not state)
    from bot.services.review.tables import HEAD, queue_rows, write

    write(output, "review", HEAD, queue_rows(found))
    said = {"entries": len(found), "file": str(output)}
    print(as_json_text(said) if as_json else f"{len(found)} entries in {output}")


def _listed(
    state: list[str], call: str, language: str, country: str, limit: int, *, everything: bool = False
) -> tuple[int, Any]:
    from dialogs.domain.entries.entry import EntryState
    from dialogs.domain.organizers.review import QueueFilter

    for each in state:
        if each not in set(EntryState):
            raise typer.BadParameter(f"{each}: expected one of {', '.join(EntryState)}", param_hint="--state")
    wanted = QueueFilter(tuple(state), call, language=language, country=country, everything=everything)

    async def work(app: Any) -> Any:
        from storage.review import queue as kept

        now = app.turns.now()
        return await app.database.read(lambda session: kept.page(session, None, wanted, now, 0, limit))

    return with_app(work)  # type: ignore[no-any-return]
