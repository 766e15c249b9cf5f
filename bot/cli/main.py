"""`stocktaking`: the command. Every error is one line; exit code 1 when something is wrong, 2 for wrong usage."""

from __future__ import annotations

import asyncio
import csv
import gc
import logging
import os
import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Annotated, Any

import typer
from typer.exceptions import TyperException

from bot.cli.announce.commands import announce
from bot.cli.calls.calls import calls
from bot.cli.calls.questionnaire_editions import add_editions
from bot.cli.calls.reminders import reminders
from bot.cli.calls.template import template
from bot.cli.contact_lists.contacts import contacts
from bot.cli.database import database
from bot.cli.desk import desk
from bot.cli.entries.entries_import import add_import, demo
from bot.cli.entries.register import register
from bot.cli.entries.review import add_to, review
from bot.cli.mail import mail
from bot.cli.organizers import organizers
from bot.cli.prizes import prizes
from bot.cli.push import push
from bot.cli.receipts import receipts, verify
from bot.cli.report import report
from bot.cli.report import texts as report_texts
from bot.cli.report_comments import comments as report_comments
from bot.cli.runtime import settings, with_app
from bot.logs import install_filters

__all__ = ["app", "main"]

app = typer.Typer(
    help="The WSIS Stocktaking questionnaire as a conversation, in Telegram and in a web chat.",
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
)
questionnaire = typer.Typer(help="The questionnaire as data.", no_args_is_help=True)
entries = typer.Typer(help="The entries that have been sent.", no_args_is_help=True)
drafts = typer.Typer(help="How far people are, in numbers. Nobody reads a draft.", no_args_is_help=True)
app.add_typer(questionnaire, name="questionnaire")
app.add_typer(entries, name="entries")
app.add_typer(drafts, name="drafts")
app.add_typer(contacts, name="contacts")
app.add_typer(database, name="database")
app.add_typer(announce, name="announce")
app.add_typer(organizers, name="organizers")
app.add_typer(calls, name="calls")
app.add_typer(register, name="register")
app.add_typer(prizes, name="prizes")
app.add_typer(push, name="push")
app.add_typer(review, name="review")
app.add_typer(desk, name="desk")
app.add_typer(mail, name="mail")
add_editions(questionnaire)
add_to(entries)
add_import(entries)
app.add_typer(report_texts, name="report-texts")
app.add_typer(report_comments, name="report-comments")
app.add_typer(reminders, name="reminders")
app.command("report")(report)
app.add_typer(receipts, name="receipts")
app.command("verify")(verify)
app.command("demo")(demo)
app.command("template")(template)


LOG_LINE = "%(asctime)s.%(msecs)03d %(levelname)s %(name)s: %(message)s"


def main() -> None:
    """The entry point: known mistakes become one line on the error output."""
    os.umask(0o077)  # whatever we write holds people's words: it is for this account alone
    logging.basicConfig(level=logging.INFO, format=LOG_LINE, datefmt="%Y-%m-%dT%H:%M:%S", stream=sys.stderr)
    install_filters()
    for chatty in ("httpx", "apscheduler", "aiogram", "alembic"):
        logging.getLogger(chatty).setLevel(logging.WARNING)
    try:
        code = app(standalone_mode=False, prog_name="stocktaking")
    except TyperException as error:
        sys.exit(_wrong_usage(error))
    except typer.Abort:
        sys.exit(130)
    except BrokenPipeError:
        sys.stderr.close()
        sys.exit(1)
    except KNOWN() as error:
        print(f"stocktaking: {_said(error)}", file=sys.stderr)
        sys.exit(1)
    sys.exit(code if isinstance(code, int) else 0)


def _wrong_usage(error: Any) -> int:
    """One line that says what is wrong; the help itself when a command was asked for nothing at all."""
    if type(error).__name__ == "NoArgsIsHelpError":
        error.show()
    else:
        said = " ".join(error.format_message().split())
        print(f"stocktaking: {said} (--help shows what there is)", file=sys.stderr)
    return int(error.exit_code)


def _said(error: Exception) -> str:
    """An error in one line; one of the system's names its file."""
    if isinstance(error, OSError) and error.strerror:
        return f"{error.filename}: {error.strerror}" if error.filename else error.strerror
    if isinstance(error, RecursionError):  # only readers of files call themselves: JSON, YAML
        return "the file is nested too deeply to be read: is it the right one?"
    if isinstance(error, csv.Error):
        return f"the file is no table that can be read ({error}): is it the right one?"
    return " ".join(str(error).split())


def KNOWN() -> tuple[type[Exception], ...]:
    """Mistakes with words of their own. Imported late: most commands never fail."""
    from bot.backup.archive import ArchiveError
    from bot.cli.announce.errors import AnnouncementError
    from bot.contact_import.bot_name import NamelessError
    from bot.contact_import.errors import ListError
    from bot.entry_import.mapping import ImportFileError
    from bot.main import ServiceError
    from bot.prizes.score_sheet import SheetError
    from bot.prizes.votes import VotesError
    from bot.questionnaire_check import UnusableQuestionnaireError
    from bot.questionnaires.sheets import WorkbookError
    from bot.report.errors import ReportError
    from bot.settings import SettingsError
    from dialogs.questionnaire.source.loader import QuestionnaireError
    from storage.engine.database import DatabaseError

    ours = (
        AnnouncementError,
        ArchiveError,
        ImportFileError,
        ListError,
        NamelessError,
        ReportError,
        ServiceError,
        SettingsError,
        SheetError,
        VotesError,
        WorkbookError,
    )
    of_files = (OSError, RecursionError, csv.Error)
    return (*ours, *of_files, QuestionnaireError, DatabaseError, UnusableQuestionnaireError)


def _tell_version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        print(f"stocktaking {version('stocktaking')}")
        raise typer.Exit


VERSION = typer.Option("--version", callback=_tell_version, is_eager=True, help="Say which version this is.")


@app.callback()
def common(version: Annotated[bool, VERSION] = False) -> None:
    """The WSIS Stocktaking questionnaire as a conversation, in Telegram and in a web chat."""


@app.command()
def run() -> None:
    """Open the web chat, and Telegram when STOCKTAKING_TELEGRAM_TOKEN is set."""
    gc.disable()  # what is being loaded stays: looking for what could go takes a tenth of the start
    from bot import main as service

    known = settings()
    install_filters(*known.secrets)
    gc.freeze()
    gc.enable()
    service.run(known)


@app.command()
def chat(
    person: Annotated[str, typer.Option("--as", help="Who is talking: drafts are found again by it.")] = "me",
    language: Annotated[str, typer.Option(help="Language of the first screen: ar, en, es, fr, ru or zh.")] = "en",
) -> None:
    """The same conversation in this terminal."""
    from bot.channels.terminal import terminal

    _expect("--language", language, _languages())
    logging.getLogger().setLevel(logging.ERROR)  # the log would stand between the lines of the conversation
    with_app(lambda opened: terminal.chat(opened, person, language))


@questionnaire.command("show")
def show_questionnaire(
    form: Annotated[str, typer.Option("--format", help="text or json")] = "text",
    language: Annotated[str, typer.Option(help="Language of the texts.")] = "en",
    file: Annotated[Path | None, typer.Option(help="A questionnaire file; the newest one when absent.")] = None,
) -> None:
    """Sections and questions with id, kind, text, limits, options and conditions."""
    from bot.cli.calls import questionnaire as cli_questionnaire

    _expect("--format", form, cli_questionnaire.FORMATS)
    _expect("--language", language, _languages())
    print(cli_questionnaire.describe(_questionnaire(file), language, form))


@questionnaire.command("lint")
def lint_questionnaire(
    file: Annotated[Path | None, typer.Option(help="A questionnaire file; all that there are when absent.")] = None,
    version: Annotated[str, typer.Option(help="A version that organizers made, published or not.")] = "",
) -> None:
    """Check questionnaires and their texts in all languages; exit code 1 when something is to be mended."""
    from bot.cli.calls import questionnaire as cli_questionnaire
    from bot.cli.calls.questionnaire_editions import lint_version

    if version:
        findings = lint_version(version)
    else:
        findings = cli_questionnaire.findings_in(file) if file else cli_questionnaire.findings_in_all()
    for finding in findings:
        print(finding)
    if findings:
        raise typer.Exit(1)
    print("The questionnaire is sound.")


def _questionnaire(file: Path | None) -> Any:
    from dialogs.questionnaire.source import loader

    return loader.load(file) if file else loader.version(max(loader.versions()))


@entries.command("export")
def export_entries(
    form: Annotated[str, typer.Option("--format", help="json, csv or xlsx")] = "json",
    call: Annotated[str | None, typer.Option(help="Only this call's entries, such as 2027.")] = None,
    labels: Annotated[str | None, typer.Option(help="Labels in this language instead of codes, such as fr.")] = None,
    files: Annotated[Path | None, typer.Option(help="A folder or a new .zip for the files that came along.")] = None,
    output: Annotated[Path | None, typer.Option(help="Where to write; the output when absent.")] = None,
    columns: Annotated[str, typer.Option(help="Only these columns of a table, such as reference,title,org_name.")] = "",
    delimiter: Annotated[
        str, typer.Option(help="Of a CSV: , or ; or tab; that of the labels' language when absent.")
    ] = "",
    public: Annotated[
        bool, typer.Option("--public", help="Only what everybody may see, of published entries.")
    ] = False,
    originals: Annotated[
        bool, typer.Option("--originals", help="Pictures as they were sent, with place, time and camera.")
    ] = False,
) -> None:
    """All entries with their answers, as codes or as labels, and the files that came with them."""
    from bot.export import entries
    from bot.export.writers import TableWish

    _expect("--format", form, entries.NAMES)
    if form == "xlsx" and output is None:
        raise typer.BadParameter("a workbook needs a file", param_hint="--output")
    if labels is not None:
        _expect("--labels", labels, _languages())
    if delimiter:
        _expect("--delimiter", delimiter, (",", ";", "tab"))
    between = {"tab": "\t"}.get(delimiter, delimiter) or entries.delimiter_of(labels)
    table = TableWish(tuple(filter(None, map(str.strip, columns.split(",")))), between)
    if unknown := table.unknown():
        raise typer.BadParameter(f"there is no column {unknown[0]}", param_hint="--columns")
    if public and files is not None:
        raise typer.BadParameter("files are not public: leave --files or --public out", param_hint="--public")
    _known_call(call)
    wish = entries.Wish(form, call, labels, files, table, public, originals)
    done = with_app(lambda opened: entries.export(opened, wish, output))
    print(f"{done.entries} entries", file=sys.stderr)
    if done.missing:
        print(f"{done.missing} of {done.files} files are not here yet: try again in a minute", file=sys.stderr)
    if done.withheld:
        left = "Pictures left out, as place, time and camera cannot be taken out of them"
        print(f"{left}: {done.withheld}; --originals has them as they were sent", file=sys.stderr)


@entries.command("schema")
def show_schema() -> None:
    """The JSON Schema of exported entries: each edition's questions, and what an answer to each can be."""
    import json

    from bot.export.schema import schema

    print(json.dumps(schema(), ensure_ascii=False, indent=2))


def _known_call(code: str | None) -> None:
    """Wrong usage when there is no such call."""
    from storage.calls import calls as known

    async def is_known(opened: Any, code: str) -> bool:
        now, of = opened.turns.now(), opened.turns.edition_of
        found = await opened.database.read(lambda s: known.find(s, code) or known.current(s, now, of).code == code)
        return bool(found)

    if code and not with_app(lambda opened: is_known(opened, code)):
        raise typer.BadParameter(f"there is no call {code}: see `stocktaking calls list`", param_hint="--call")


@entries.command("list")
def list_entries(
    line: Annotated[str, typer.Option(help="An Action Line, or one of C7's applications, such as C7 or C7-ehea.")] = "",
    goal: Annotated[str, typer.Option(help="A goal, such as 4.")] = "",
    country: Annotated[str, typer.Option(help="A country, by any of its names or codes.")] = "",
    call: Annotated[str, typer.Option(help="A call, such as 2027.")] = "",
    words: Annotated[str, typer.Option(help="Words of the title, the organisation's name or the description.")] = "",
    form: Annotated[str, typer.Option("--format", help="text, csv or json")] = "text",
) -> None:
    """Entries that were sent, found by what they are about."""
    from bot.cli.entries import entries_list
    from dialogs.domain.organizers.entry_search import Wanted
    from dialogs.knowledge import action_lines, goals

    _expect("--format", form, entries_list.FORMATS)
    for option, value, known in (
        ("--line", line, (*action_lines.LINES, *action_lines.SUBLINES)),
        ("--goal", goal, [str(number) for number in goals.GOALS]),
    ):
        if value:
            _expect(option, value, known)
    country = _country(country)
    _known_call(call)
    found = with_app(lambda opened: entries_list.find(opened, Wanted(line, goal, country, call, words)))
    print(entries_list.FORMATS[form](found))
    print(f"{len(found)} entries", file=sys.stderr)


def _country(text: str) -> str:
    """The code of a country named as in the conversation; wrong usage when it cannot be understood for sure."""
    from dialogs.organizers.contacts.contact_cells import Cells
    from locales.vocabulary import build
    from locales.words import SOURCE, Words

    words = Words.ours()
    code, why = Cells(build(words), ()).country(text) if text else ("", None)
    if why is not None:
        raise typer.BadParameter(words.say(why, SOURCE), param_hint="--country")
    return code


def _expect(option: str, value: str, known: Iterable[str]) -> None:
    """Wrong usage when a value is none of those that are known."""
    if value not in known:
        raise typer.BadParameter(f"{value}: expected one of {', '.join(known)}", param_hint=option)


def _languages() -> tuple[str, ...]:
    from locales.words import Words

    return Words.ours().languages


@drafts.command("list")
def list_drafts() -> None:
    """How many drafts there are and at which sections, without a word of what they say."""
    from bot.cli.calls import questionnaire as cli_questionnaire

    print(with_app(cli_questionnaire.drafts_in_numbers))


@app.command()
def stats(
    form: Annotated[str, typer.Option("--format", help="text, csv or json")] = "text",
    charts: Annotated[Path | None, typer.Option(help="A folder for the charts, as PNG and SVG, and a table.")] = None,
    call: Annotated[str | None, typer.Option(help="Which call, such as 2027; the newest when absent.")] = None,
    language: Annotated[str, typer.Option(help="Language of texts and charts.")] = "en",
) -> None:
    """How the call stands, in numbers and charts; of drafts, groups of fewer than five are hidden."""
    from bot.cli.calls import statistics

    _expect("--format", form, statistics.FORMATS)
    _expect("--language", language, _languages())
    words, found = with_app(lambda opened: statistics.read_with_words(opened, call))
    if found is None:
        raise typer.BadParameter(f"there is no call {call}", param_hint="--call")
    for path in statistics.write_charts(found, words, language, charts) if charts else ():
        print(path, file=sys.stderr)
    print(statistics.FORMATS[form](found, statistics.saying(words, language)))


@app.command()
def migrate() -> None:
    """Bring the database's tables up to date (each start of the service does this too)."""
    from storage.engine.database import Database

    async def upgrade() -> str:
        database = await Database.open(settings().database_url)
        await database.close()
        return database.place

    print(f"The tables at {asyncio.run(upgrade())} are up to date.")


@app.command("backup")
def make_backup(
    file: Annotated[Path, typer.Argument(help="A new file, such as backups/2027-02-28.tar.")],
) -> None:
    """Write the database and the files into one archive, while the service goes on."""
    from bot.backup.backup import backup

    files = asyncio.run(backup(settings(), file))
    print(f"{file} has the whole database and {files} files, {file.stat().st_size:,} bytes.")


@app.command("restore")
def restore_backup(
    file: Annotated[Path, typer.Argument(help="An archive that `stocktaking backup` made, on either engine.")],
    replace: Annotated[bool, typer.Option("--replace", help="Also when there are people's answers already.")] = False,
) -> None:
    """Put a backup in the place of the database and the files; the service must not be running."""
    from bot.backup.backup import restore

    done = asyncio.run(restore(settings(), file, replace=replace))
    print(f"Restored the backup of {done.made}, with {done.files} files.")
    if done.placed.aside is not None:
        print(f"What was there before is in {done.placed.aside}: delete it when it is not needed any more.")
    if done.placed.held:
        numbers = ", ".join(str(number) for number in done.placed.held)
        print(f"Held back, for they may have been sent after the backup: announcements {numbers}.")


@app.command()
def doctor(
    deep: Annotated[bool, typer.Option("--deep", help="Read everything: entries, receipts, files, index.")] = False,
) -> None:
    """What is set, what is reachable, what is missing, and what to do about it."""
    from bot import doctor as doctors

    healthy = True
    for finding in asyncio.run(doctors.examine(deep=deep)):
        print(finding)
        healthy = healthy and not finding.wrong
    if not healthy:
        raise typer.Exit(1)


if __name__ == "__main__":
    main()
