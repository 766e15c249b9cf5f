"""`stocktaking report`: the yearly report in any of its forms, and the texts that organizers write for it."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.input import fail
from bot.cli.runtime import with_app

__all__ = ["report", "texts"]

texts = typer.Typer(help="The texts of the report that organizers write.", no_args_is_help=True)

Call = Annotated[str, typer.Option(help="Which call, such as 2027.")]
Language = Annotated[str, typer.Option(help="Its language, such as fr.")]


def report(
    call: Call,
    output: Annotated[Path, typer.Option(help="Where to write, such as report.pdf.")],
    form: Annotated[str, typer.Option("--format", help="html, pdf, docx or xlsx")] = "pdf",
    language: Language = "en",
    fields: Annotated[str, typer.Option(help="What is shown of an entry, such as status,goals,description.")] = "",
    order: Annotated[
        str, typer.Option(help="Of the entries in a chapter: country, title, organization or reference.")
    ] = "country",
    only: Annotated[
        list[str] | None, typer.Option(help="Only these entries, such as country=KE; more than once for more.")
    ] = None,
    entry: Annotated[str, typer.Option(help="One entry alone, by its reference, as a sheet.")] = "",
    draft: Annotated[bool, typer.Option("--draft", help="A zero draft, marked as such on each page.")] = False,
    comments_to: Annotated[
        str, typer.Option(help="The e-mail or web address for comments that a draft names at each entry.")
    ] = "",
) -> None:
    """The report of a call: figures, a chapter for each Action Line, indexes; published entries only."""
    from bot.report.make import FORMATS, make
    from bot.report.request import FACTS, FIELDS, ORDERS, TEXTS, ReportRequest
    from locales.words import Words

    _one_of("--format", [form], FORMATS)
    _one_of("--language", [language], Words.ours().languages)
    _one_of("--order", [order], ORDERS)
    wanted = tuple(name.strip() for name in fields.split(",") if name.strip()) or FIELDS
    _one_of("--fields", wanted, (*FACTS, *TEXTS))
    if comments_to and not draft:
        raise typer.BadParameter("comments are for a draft: add --draft", param_hint="--comments-to")
    request = ReportRequest(call, language, wanted, order, _query(only or []), draft, _address(comments_to), entry)
    with typer.progressbar(length=100, label=output.name, file=sys.stderr) as bar:
        done = with_app(lambda opened: make(opened, request, form, output, _steps(bar)))
    print(f"{done.entries} entries", file=sys.stderr)
    if done.note:
        print(done.note, file=sys.stderr)


def _steps(bar: Any) -> Any:
    """Moves the bar on, a hundredth at a time."""

    def step(done: int, whole: int) -> None:
        bar.update(100 * done // whole - bar.pos)

    return step


def _one_of(option: str, values: Iterable[str], known: Iterable[str]) -> None:
    for value in values:
        if value not in known:
            raise typer.BadParameter(f"{value}: expected one of {', '.join(known)}", param_hint=option)


def _query(only: Iterable[str]) -> Any:
    from dialogs.questionnaire.register import EntryQuery

    pairs = [(name, value) for name, _, value in (each.partition("=") for each in only)]
    try:
        if any(name == "q" for name, _ in pairs):
            raise ValueError("unknown: q")
        return EntryQuery.of_pairs(pairs)
    except ValueError as error:
        raise typer.BadParameter(str(error), param_hint="--only") from None


def _address(text: str) -> str:
    """An address that entries can have their reference added to."""
    if (
        text
        and not text.startswith(("https://", "http://"))
        and (text.count("@") != 1 or any(c in text for c in " ?&<>"))
    ):
        raise typer.BadParameter(f"{text}: expected an e-mail address or https://…", param_hint="--comments-to")
    return text


@texts.command("list")
def list_texts(call: Call) -> None:
    """Which texts there are and in which languages; a language without one has the English, or none."""

    async def work(app: Any) -> list[str]:
        from storage.report import texts as kept

        found = await app.database.read(lambda session: kept.every(session, call))
        return [f"{name}\t{language}\t{len(text):,} characters" for (name, language), text in found.items()]

    print("\n".join(with_app(work)))


@texts.command("set")
def set_text(
    name: Annotated[
        str,
        typer.Argument(
            help="summary, introduction, acknowledgements, disclaimer, or line.C1: at the head of that chapter.",
            show_default=False,
        ),
    ],
    call: Call,
    language: Language,
    file: Annotated[Path | None, typer.Option(help="A file with the text, in UTF-8; the input when absent.")] = None,
) -> None:
    """Keep a text, in place of what was there; an empty one takes it away. A line is a paragraph."""
    from dialogs.domain.report import LONGEST, TEXTS, is_text
    from dialogs.knowledge import action_lines
    from locales.words import Words

    _one_of("--language", [language], Words.ours().languages)
    if not is_text(name, action_lines.SELECTABLE):
        raise typer.BadParameter(f"{name}: expected one of {', '.join(TEXTS)}, or line.C1 and so on", param_hint="NAME")
    try:
        text = (file.read_text("utf-8-sig") if file else sys.stdin.read()).strip()
    except UnicodeDecodeError:
        fail(f"{file or 'the input'} is not UTF-8")
    if len(text) > LONGEST:
        fail(f"the text has {len(text):,} characters, {LONGEST:,} are the most")

    async def work(app: Any) -> bool:
        from storage.calls import calls
        from storage.report import texts as kept

        now = app.turns.now()

        def put(session: Any) -> bool:
            if calls.find(session, call) is None:
                return False
            kept.put(session, None, call, name, language, text, now)
            return True

        return bool(await app.database.write(put))

    if not with_app(work):
        fail(f"there is no call {call}")
    print(f"{name} ({language}): {len(text):,} characters" if text else f"{name} ({language}) was taken away")
