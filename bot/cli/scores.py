"""What reviewers give entries, and by what a call asks for it. The same deeds as in chat and console."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.entry_deed import as_json_text, done, named
from bot.cli.input import fail, in_geneva
from bot.cli.runtime import with_app

__all__ = ["criteria", "score", "scores"]

Json = Annotated[bool, typer.Option("--json", help="As JSON, for programs.")]
ENDINGS = (".csv", ".xlsx")


def criteria(
    code: Annotated[str, typer.Argument(help="The call's code, such as 2027.", show_default=False)],
    criterion: Annotated[
        list[str], typer.Option(help="NAME=WEIGHT, such as relevance=3; 0: shown, not counted; repeatable.")
    ] = [],  # noqa: B006
    by: Annotated[str, typer.Option(help="How several scores become one: median or mean.")] = "median",
    none: Annotated[bool, typer.Option("--none", help="Its entries are not scored.")] = False,
    as_json: Json = False,
) -> None:
    """By what reviewers score the entries of a call; without an option, say what it is."""
    from dialogs.domain.scores import Middle

    if by not in set(Middle):
        raise typer.BadParameter(f"{by}: expected one of {', '.join(Middle)}", param_hint="--by")
    if criterion and none:
        raise typer.BadParameter("say either --criterion or --none")

    async def work(app: Any) -> Any:
        from dialogs.domain.scores import Rubric
        from storage.calls import calls as kept

        now = app.turns.now()
        await app.database.write(lambda session: kept.ensure_current(session, now, app.turns.edition_of) and None)
        trouble = None
        if criterion or none:
            rubric = Rubric(tuple(_criterion(app, each) for each in criterion), Middle(by)) if criterion else None
            trouble = await app.database.write(lambda session: kept.set_rubric(session, None, code, rubric, now))
        return trouble, await app.database.read(lambda session: kept.find(session, code))

    trouble, call = with_app(work)
    if call is None:
        fail(f"{code}: there is no such call (see: stocktaking calls list)")
    if trouble is not None:
        fail(f"{code}: up to 10 criteria, none twice, with weights from 0 to 100, one of them above 0")
    said = call.rubric.as_json() if call.rubric is not None else None
    if as_json:
        print(as_json_text(said))
    elif said is None:
        print(f"{code}: entries are not scored")
    else:
        weighed = ", ".join(f"{name}={weight}" for name, weight in said["criteria"])
        print(f"{code}: {weighed}; {said['middle']}")


def _criterion(app: Any, text: str) -> Any:
    from dialogs.domain.scores import Criterion
    from dialogs.organizers.criteria_input import named

    name, found, weight = text.rpartition("=")
    if not (found and name.strip() and weight.strip().isdecimal() and len(weight) < 6):
        raise typer.BadParameter(f"{text}: expected NAME=WEIGHT", param_hint="--criterion")
    return Criterion(named(name, app.turns.machine.world.vocabulary), int(weight))


def score(
    reference: Annotated[str, typer.Argument(help="Such as WSIS-2027-000123.", show_default=False)],
    reviewer: Annotated[str, typer.Option(help="Whose score it is: a number or a name.")],
    give: Annotated[list[str], typer.Option(help="CRITERION=NUMBER, such as relevance=4, 1 to 5; repeatable.")] = [],  # noqa: B006
    abstain: Annotated[bool, typer.Option("--abstain", help="They abstain.")] = False,
    remark: Annotated[str, typer.Option(help="What they say about it.")] = "",
    as_json: Json = False,
) -> None:
    """Take in what a reviewer gave an entry elsewhere, or that they abstain."""
    from bot.services.review.assigned_table import NotUnderstood
    from bot.services.review.assigned_table import reviewer as reviewer_of

    if bool(give) == abstain:
        raise typer.BadParameter("say either --give or --abstain")
    pairs = [each.rpartition("=") for each in give]
    for each, (name, found, value) in zip(give, pairs, strict=True):
        if not (found and name and value.isdecimal() and len(value) == 1):
            raise typer.BadParameter(f"{each}: expected CRITERION=NUMBER", param_hint="--give")

    def work(session: Any, now: datetime) -> Any:
        from storage.review import scores as kept

        given = {name.strip(): int(value) for name, _, value in pairs} if give else None
        who = reviewer_of(session, reviewer)
        return kept.give(session, who, named(reference), None, given, remark, now, by=None)

    try:
        done(reference, work, as_json)
    except NotUnderstood as error:
        fail(str(error))


def scores(
    output: Annotated[Path | None, typer.Argument(help="A file that ends in .csv or .xlsx.")] = None,
    call: Annotated[str, typer.Option(help="A call, such as 2027.")] = "",
    as_json: Json = False,
) -> None:
    """What entries were given, the best first; with a file, what each reviewer gave."""
    if output is not None and output.suffix not in ENDINGS:
        raise typer.BadParameter(f"{output}: expected .csv or .xlsx", param_hint="OUTPUT")

    async def work(app: Any) -> Any:
        from storage.review import score_list

        return await app.database.read(lambda session: score_list.every(session, call))

    found = with_app(work)
    if output is not None:
        from bot.services.review.tables import score_head, score_rows, write

        write(output, "scores", score_head(found), score_rows(found))
        said = {"entries": len(found), "file": str(output)}
        print(as_json_text(said) if as_json else f"{len(found)} entries in {output}")
    elif as_json:
        print(as_json_text([_plain(each) for each in found]))
    else:
        print(f"{'reference':<16}  {'score':>5}  {'given':>5}  {'state':<13}  {'last':<27}  title")
        for each in found:
            came_to = f"{each.total:.2f}" if each.total is not None else "-"
            last = in_geneva(max(one.at for one in each.scores))
            number = sum(one.given is not None for one in each.scores)
            print(f"{each.reference:<16}  {came_to:>5}  {number:>5}  {each.state:<13}  {last:<27}  {each.title}")
        typer.echo(f"{len(found)} entries", err=True)


def _plain(entry: Any) -> dict[str, Any]:
    return {**asdict(entry), "rubric": entry.rubric.as_json()}
