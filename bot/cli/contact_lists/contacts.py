"""`stocktaking contacts`: lists of contacts, from the command line."""

from __future__ import annotations

import re
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.contact_lists.contacts_one import add_to
from bot.cli.runtime import with_app

__all__ = ["contacts"]

contacts = typer.Typer(help="Lists of contacts, their personal links, and who can be reached.", no_args_is_help=True)
add_to(contacts)

BOT = typer.Option("--bot", help="The bot's name in Telegram, such as stocktaking_bot; Telegram is asked when absent.")
WEB = typer.Option(
    "--web", help="Address of the web chat, for links to it too; STOCKTAKING_PUBLIC_URL when absent, if it is set."
)
OUTPUT = typer.Option("--output", help="The CSV file to write; only its owner can read it.")

SHOWN = 1_000_000
"""Problems that are listed: all of them, for any list that a spreadsheet can hold."""


@contacts.command("import")
def import_contacts(
    file: Annotated[
        Path,
        typer.Argument(
            help="A .csv, .xlsx, .xls or .ods file with a row that names its columns, or a .vcf address book."
        ),
    ],
    encoding: Annotated[
        str | None, typer.Option(help="Of a CSV or .vcf file, such as cp1251; found out when absent.")
    ] = None,
    group: Annotated[str, typer.Option(help="Put everybody on the list into this group.")] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come in, and take nothing in.")] = False,
    mend: Annotated[Path | None, typer.Option(help="A CSV file to write the rows to that have to be mended.")] = None,
) -> None:
    """Take a list of contacts in. The same list twice changes nothing; what cannot be read is left empty and named."""
    from bot.contact_import.importer import Imported, import_list
    from bot.contact_import.mending import write_rows_to_mend
    from dialogs.domain.organizers.contacts import group_name

    if encoding is not None:
        _known_encoding(encoding)

    async def work(app: Any) -> Imported:
        now, words = app.turns.now(), app.turns.machine.world.vocabulary
        more: dict[str, Any] = {"encoding": encoding, "group": group_name(group), "dry_run": dry_run}
        return await import_list(
            app.database, words, file, now, most=SHOWN, progress=_progress(sys.stderr.isatty()), **more
        )

    found = with_app(work)
    _tell_problems(found.problems)
    tally = found.tally
    print(f"{tally.new} new, {tally.changed} changed, {tally.same} as they were, {found.refused} left out")
    if dry_run:
        print("nothing was taken in")
    elif tally.new or tally.changed:
        print(f"to take it back: stocktaking contacts undo {found.id}")
    if tally.unwanted:
        print(f"{tally.unwanted} asked to be forgotten and stay away")
    _tell_reasons(found)
    if mend is not None:
        write_rows_to_mend(mend, found)
        print(f"{len({problem.row for problem in found.problems})} rows to mend in {mend}")
    if found.refused:
        raise typer.Exit(1)


def _tell_reasons(found: Any) -> None:
    """How much of what could not be read, and what was not used at all."""
    from bot.contact_import.mending import REASONS

    if found.lacking:
        print(f"{found.lacking} came in without something that could not be read")
    for key, count in found.reasons.most_common():
        print(f"{count:6d}  {REASONS.get(key, key)}")
    if found.unused:
        print(f"columns that were not used: {', '.join(found.unused)}")


def _known_encoding(name: str) -> None:
    import codecs

    try:
        codecs.lookup(name)
    except LookupError:
        what = f"{name} is no encoding: try utf-8, utf-16 or cp1252"
        raise typer.BadParameter(what, param_hint="--encoding") from None


def _progress(shown: bool) -> Any:
    def tell(done: int) -> None:
        if shown:
            print(f"\r{done:,} rows", end="", file=sys.stderr, flush=True)

    return tell


def _tell_problems(problems: Any) -> None:
    from locales.words import Words

    words = Words.ours()
    for problem in problems:
        print(f"row {problem.row}: {words.say(problem.what, 'en')}", file=sys.stderr)


@contacts.command("new-key")
def new_key() -> None:
    """Make a secret for STOCKTAKING_CONTACT_KEYS, which seals names and addresses of contacts in the database."""
    import secrets

    print(secrets.token_urlsafe(48))


@contacts.command("seal")
def seal(
    off: Annotated[bool, typer.Option("--off", help="Keep all of them open again.")] = False,
) -> None:
    """Seal all contacts with the newest key, while the service goes on: after a key was set, or changed."""
    from storage.contacts import sealed
    from storage.engine import sealing

    async def work(app: Any) -> int:
        keys = app.settings.sealing_keys
        if not keys:
            raise typer.BadParameter("STOCKTAKING_CONTACT_KEYS is not set: stocktaking contacts new-key makes a secret")
        sealing.use(keys, seals=not off)
        last = total = 0
        while True:
            last, changed = await app.database.write(lambda session, last=last: sealed.reseal(session, last))
            if not last:
                break
            total += changed
        return total

    print(f"{with_app(work)} contacts are {'open' if off else 'sealed with the newest key'} now")


@contacts.command("links")
def links(
    output: Annotated[Path, OUTPUT],
    qr: Annotated[Path | None, typer.Option(help="A folder for a QR code each.")] = None,
    qr_format: Annotated[str, typer.Option(help="Of the QR codes: png or svg.")] = "png",
    bot: Annotated[str | None, BOT] = None,
    web: Annotated[str | None, WEB] = None,
) -> None:
    """Write a personal start link for everyone, and a QR code each when asked."""
    from bot.contact_import.output_lists import QR_FORMATS, write_links

    if qr_format not in QR_FORMATS:
        raise typer.BadParameter(f"{qr_format}: expected png or svg", param_hint="--qr-format")
    _checked(bot, web)

    async def work(app: Any) -> int:
        addresses = await _addresses(app, bot, web)
        count = await app.database.read(lambda session: write_links(session, addresses, output, qr, qr_format))
        await _record(app, "links_exported", count)
        return int(count)

    print(f"{with_app(work)} links", file=sys.stderr)


@contacts.command("unreached")
def unreached(
    output: Annotated[Path, OUTPUT],
    bot: Annotated[str | None, BOT] = None,
    web: Annotated[str | None, WEB] = None,
) -> None:
    """Write those who have not started and have an address, with their personal links, for e-mail."""
    from bot.contact_import.output_lists import write_unreached

    _checked(bot, web)

    async def work(app: Any) -> int:
        addresses = await _addresses(app, bot, web)
        count = await app.database.read(lambda session: write_unreached(session, addresses, output))
        await _record(app, "unreached_exported", count)
        return int(count)

    print(f"{with_app(work)} contacts to write an e-mail to", file=sys.stderr)


async def _record(app: Any, action: str, count: int) -> None:
    """Write into the log that a list of people went out, and how long it was."""
    from storage.organizers import organizers

    now = app.turns.now()
    await app.database.write(lambda session: organizers.record(session, None, action, "", now, count=count))


def _checked(bot: str | None, web: str | None) -> None:
    """Wrong usage when links made of these would lead nowhere: they are printed and sent before anybody tries one."""
    if bot is not None and not re.fullmatch(r"@?[A-Za-z]\w{4,31}", bot, re.ASCII):
        raise typer.BadParameter(
            f"{bot}: expected a bot's name in Telegram, such as stocktaking_bot", param_hint="--bot"
        )
    if web is not None and not re.fullmatch(r"https?://[^\s/?#@]+(/[^\s?#]*)?", web):
        raise typer.BadParameter(f"{web}: expected an address such as https://www.itu.int", param_hint="--web")


async def _addresses(app: Any, bot: str | None, web: str | None) -> Any:
    from bot.contact_import.bot_name import bot_name
    from bot.contact_import.output_lists import Links

    return Links(bot or await bot_name(app.settings), web or app.settings.public_url)


@contacts.command("figures")
def figures(
    form: Annotated[str, typer.Option("--format", help="text, csv or json")] = "text",
) -> None:
    """Invited, started, reachable, opted out, blocked: by country and language."""
    from bot.contact_import.report import FORMATS
    from storage.contacts import reachability

    if form not in FORMATS:
        raise typer.BadParameter(f"{form}: expected {', '.join(FORMATS)}", param_hint="--format")
    print(FORMATS[form](with_app(lambda app: app.database.read(reachability.by_country_and_language))))
