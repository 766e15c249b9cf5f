"""`stocktaking prizes`: nominate, judge, award and announce; nobody else sees a step before it is announced."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.input import confirm, fail
from bot.cli.runtime import with_app

__all__ = ["prizes"]

prizes = typer.Typer(help="The WSIS Prizes of a call.", no_args_is_help=True)

Call = Annotated[str, typer.Option(help="Which call, such as 2027.")]
Reference = Annotated[str, typer.Argument(help="The entry's reference.", show_default=False)]
Category = Annotated[int, typer.Option(help="The category's number, 1 to 18.", min=1, max=18)]

REASONS = {
    "not_published": "it is not published",
    "not_asked": "its author did not ask for it",
    "not_mature": "it is neither finished nor at the end of a phase",
    "past_winner": "it won before",
    "no_category": "it names no category",
    "text_length": "its text for the Prizes is too short or too long",
    "organization_twice": "its organization has a nominee in this category",
    "not_next": "it has not come to the step before",
    "has_winner": "the category has its winner",
    "not_nominated": "it is not nominated",
    "announced": "its step was announced",
}


def words_for_prizes(entry: Any) -> int:
    """How many words its text for the Prizes has, counted as its author was told."""
    from dialogs.answers.long_text import words

    text = str((entry.answers or {}).get("prize_text") or "")
    return words(text, (entry.languages or {}).get("prize_text", entry.language))


@prizes.command("list")
def list_prizes(
    call: Call,
    step: Annotated[str, typer.Option(help="nominated, champion or winner: who has come there, as a table.")] = "",
    form: Annotated[str, typer.Option("--format", help="Of the table: csv or xlsx.")] = "csv",
    output: Annotated[Path | None, typer.Option(help="Where to write the table, such as winners.xlsx.")] = None,
    contacts: Annotated[
        bool, typer.Option("--contacts", help="With the name and e-mail of who sent each entry: for invitations.")
    ] = False,
    language: Annotated[str, typer.Option(help="Of the names of categories and countries, such as fr.")] = "en",
) -> None:
    """Who asked for a prize: category, step, votes, median of jurors' sums, ties, and why one may not take part.

    With --step and --output a table for the ceremony. It has steps that were not announced: keep it to yourselves.
    """
    if step or output or contacts:
        _write_table(call, step, form, output, language, contacts=contacts)
        return

    def read(session: Any) -> list[str]:
        from storage.prizes import judged, standings

        ranks = {each.reference: each for each in judged.ranked(session, call)}
        order = {reference: place for place, reference in enumerate(ranks)}
        rows = standings.submitted(session, call, words_for_prizes)
        rows.sort(key=lambda row: (row.category, order.get(row.reference, len(order)), row.reference))
        return [_line(row, ranks.get(row.reference)) for row in rows]

    print("\n".join(with_app(lambda app: app.database.look(read))))


def _write_table(call: str, step: str, form: str, output: Path | None, language: str, *, contacts: bool) -> None:
    from bot.prizes import ceremony
    from locales.words import Words

    wanted = _step(step, "--step")
    if output is None:
        raise typer.BadParameter("say where the table goes", param_hint="--output")
    if form not in ceremony.FORMATS:
        raise typer.BadParameter(f"{form}: expected one of {', '.join(ceremony.FORMATS)}", param_hint="--format")
    if language not in Words.ours().languages:
        raise typer.BadParameter(
            f"{language}: expected one of {', '.join(Words.ours().languages)}", param_hint="--language"
        )
    done = with_app(lambda app: ceremony.write(app, call, wanted, language, output, form, contacts=contacts))
    print(f"{done} entries")


def _line(row: Any, rank: Any) -> str:
    said = [str(row.category), row.reference, row.standing.value]
    if rank is not None:
        said += [f"{rank.votes} votes"] if rank.votes is not None else []
        said += [f"scored {rank.scores:g}"] if rank.scores is not None else []
        said += ["tied"] if rank.tied else []
    return "\t".join([*said, *(REASONS[fault] for fault in row.faults), row.title])


@prizes.command("nominate")
def nominate(reference: Reference) -> None:
    """Nominate an entry whose author asked for it; says why it may not take part."""

    async def work(app: Any) -> tuple[str, ...]:
        from storage.prizes import standings

        now = app.turns.now()
        found: tuple[str, ...] = await app.database.write(
            lambda session: standings.nominate(session, None, reference, words_for_prizes, now)
        )
        return found

    if faults := with_app(work):
        fail(f"{reference} may not be nominated: {', '.join(REASONS[fault] for fault in faults)}")
    print(f"{reference} is nominated; nobody is shown this before it is announced")


@prizes.command("advance")
def advance(
    reference: Reference,
    to: Annotated[str, typer.Option(help="champion or winner")],
) -> None:
    """Take a nominee a step further; a category has one winner."""
    step = _step(to, "--to")

    async def work(app: Any) -> str:
        from storage.prizes import standings

        now = app.turns.now()
        return str(await app.database.write(lambda s: standings.advance(s, None, reference, step, now)))

    if fault := with_app(work):
        fail(f"{reference}: {REASONS[fault]}")
    print(f"{reference}: {to}")


@prizes.command("take-back")
def take_back(reference: Reference) -> None:
    """Take the last step of a nominee back, when it was not announced."""

    async def work(app: Any) -> str:
        from storage.prizes import standings

        now = app.turns.now()
        return str(await app.database.write(lambda s: standings.take_back(s, None, reference, now)))

    if fault := with_app(work):
        fail(f"{reference}: {REASONS[fault]}")
    print(f"{reference}: the last step was taken back")


@prizes.command("announce")
def announce(
    call: Call,
    step: Annotated[str, typer.Option(help="nominated, champion or winner")],
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Let everybody see who has come to a step by now: in the register and in the report."""
    wanted = _step(step, "--step")
    confirm(f"Show everybody who is {step} in the call {call}?", yes=yes)

    async def work(app: Any) -> int | None:
        from storage.calls import calls
        from storage.prizes import standings

        now = app.turns.now()

        def shown(session: Any) -> int | None:
            if calls.find(session, call) is None:
                return None
            return standings.announce(session, None, call, wanted, now)

        done: int | None = await app.database.write(shown)
        return done

    shown = with_app(work)
    if shown is None:
        fail(f"there is no call {call}")
    print(f"{shown} entries are shown as {step} from now on")


def _step(said: str, option: str) -> Any:
    from dialogs.domain.entries.prize import ORDER, Standing

    steps = [step.value for step in ORDER[1:]]
    if said not in steps:
        raise typer.BadParameter(f"{said}: expected one of {', '.join(steps)}", param_hint=option)
    return Standing(said)


@prizes.command("packet")
def packet(
    call: Call,
    category: Category,
    output: Annotated[Path, typer.Option(help="A folder for entries.pdf and scores.xlsx.")],
    language: Annotated[str, typer.Option(help="The juror's language, such as fr.")] = "en",
    leave_out: Annotated[
        list[str] | None, typer.Option(help="An entry that this juror must not judge; more than once for more.")
    ] = None,
) -> None:
    """What a juror needs: the nominees of a category on paper, and a sheet for scores."""
    from bot.prizes.packets import make
    from locales.words import Words

    if language not in Words.ours().languages:
        raise typer.BadParameter(
            f"{language}: expected one of {', '.join(Words.ours().languages)}", param_hint="--language"
        )
    done = with_app(lambda app: make(app, call, category, language, frozenset(leave_out or ()), output))
    print(f"{done} nominees")


@prizes.command("scores")
def scores(
    file: Annotated[Path, typer.Argument(help="The sheet as the juror filled it in.", show_default=False)],
    call: Call,
    category: Category,
    juror: Annotated[str, typer.Option(help="Whose it is; a second sheet of theirs replaces the first.")],
) -> None:
    """Read a juror's sheet back: all of it, or nothing and what is wrong in each cell."""
    from bot.prizes import packets

    done = with_app(lambda app: packets.take_scores(app, call, category, juror, file))
    print(f"{done} scores of {juror}")


@prizes.command("votes")
def votes(
    file: Annotated[Path, typer.Argument(help="A CSV of references and votes.", show_default=False)],
    call: Call,
    total: Annotated[int | None, typer.Option(help="What all votes add up to, as the vote said.")] = None,
) -> None:
    """Take in the outcome of the public vote: all of it, or nothing and what is wrong in each row."""
    from bot.prizes import packets

    done = with_app(lambda app: packets.take_votes(app, call, file, total))
    print(f"votes of {done} nominees")
