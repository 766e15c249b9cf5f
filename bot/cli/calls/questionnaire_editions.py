"""`stocktaking questionnaire export | import | preview | publish | diff`: next year's questionnaire by spreadsheet."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.input import confirm, counted, fail, in_geneva
from bot.cli.runtime import settings, with_app

__all__ = ["add_editions", "lint_version"]

Version = Annotated[str, typer.Argument(help="A version, such as 2028.", show_default=False)]


def add_editions(questionnaire: typer.Typer) -> None:
    """Add the commands to those of the questionnaire."""
    for name, command in COMMANDS.items():
        questionnaire.command(name)(command)


def list_editions() -> None:
    """All versions: where each comes from, and which calls ask it."""

    async def work(app: Any) -> list[str]:
        from dialogs.questionnaire.source import loader
        from storage.calls import calls, editions

        kept = {each.version: each for each in await app.database.read(editions.every)}
        known = await app.database.read(lambda session: calls.every(session, app.turns.now()))
        lines = []
        for version in sorted({*kept, *loader.built_in()}):
            asking = ", ".join(f"call {call.code}" for call in known if call.version == version) or "no call"
            lines.append(f"{version}\t{_standing(kept.get(version))}\t{asking}")
        return lines

    print("\n".join(with_app(work)))


def _standing(kept: Any) -> str:
    if kept is None:
        return "comes with the program"
    if kept.published is None:
        return f"not published, changed {in_geneva(kept.changed)}"
    return f"published {in_geneva(kept.published)}"


def export(
    version: Version,
    output: Annotated[Path, typer.Option("--output", help="The workbook to write, such as 2028.xlsx.")],
    xlsform: Annotated[bool, typer.Option("--xlsform", help="As an XLSForm, for ODK, Kobo and Enketo.")] = False,
) -> None:
    """Write a version as a workbook: questions, options, rules, and the texts of all languages."""
    from bot.questionnaires import workbook_writer

    if xlsform:
        _as_xlsform(version, output)
        return

    async def work(app: Any) -> Any:
        edition = await _edition(app, version)
        workbook_writer.write(edition, app.words, output)
        return edition

    edition = with_app(work)
    print(f"{output} has the questionnaire {version}: {len(edition.questionnaire.by_id)} questions.")
    print("Write the new version into the sheet questionnaire, and keep the ids of questions that stay the same.")


def _as_xlsform(version: str, output: Path) -> None:
    async def work(app: Any) -> list[str]:
        from bot.questionnaires import registry
        from bot.questionnaires.xlsform import write
        from dialogs.questionnaire.source import loader
        from storage.calls import editions

        await _edition(app, version)
        kept = await app.database.read(lambda session: editions.find(session, version))
        if kept is not None and version not in loader.versions():
            registry.register([kept], app.words)
        return write(loader.version(version), app.words, output)

    left_out = with_app(work)
    for line in left_out:
        typer.echo(line, err=True)
    print(f"{output} has the questionnaire {version} as an XLSForm; {len(left_out)} conditions are the bot's alone.")


def import_edition(
    file: Annotated[Path, typer.Argument(help="A workbook, as `export` writes it.", show_default=False)],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what is wrong.")] = False,
) -> None:
    """Take in a workbook, all of it or nothing; it is asked only after it is published."""

    async def work(app: Any) -> tuple[Any, Any, list[str]]:
        from bot.questionnaires import workbook_reader
        from bot.questionnaires.edition import as_text, differing
        from bot.questionnaires.sheets import WorkbookError
        from storage.calls import editions

        try:
            edition = workbook_reader.read(file, app.words)
        except WorkbookError as error:  # a line each: there may be many
            for fault in error.faults:
                typer.echo(fault, err=True)
            fail(f"{file} has {counted(len(error.faults), 'fault')}, and nothing of it is taken in")
        structure, texts = as_text(edition.structure), differing(edition.texts, app.words)
        trouble = None
        if not dry_run:
            now = app.turns.now()
            trouble = await app.database.write(
                lambda session: editions.keep(session, None, edition.version, structure, texts, now)
            )
        kept = editions.KeptEdition(edition.version, structure, texts, app.turns.now(), None)
        return edition, trouble, _findings(kept, app.words)

    edition, trouble, findings = with_app(work)
    _done(trouble, edition.version)
    for finding in findings:
        print(finding)
    count = f"{len(edition.questionnaire.by_id)} questions in {len(edition.questionnaire.sections)} sections"
    if dry_run:
        print(f"The questionnaire {edition.version} can be taken in: {count}. Nothing was kept.")
        return
    print(f"The questionnaire {edition.version} is kept: {count}. Nobody is asked it yet.")
    print(f"Next: stocktaking questionnaire preview {edition.version}, then publish {edition.version} --call CALL")


def preview_edition(
    version: Version,
    language: Annotated[str, typer.Option(help="Language of the first screen: ar, en, es, fr, ru or zh.")] = "en",
) -> None:
    """Walk a version as a stakeholder does, in this terminal; nothing of it is kept."""
    import logging

    from bot.questionnaires.preview import preview
    from locales.words import Words

    if language not in Words.ours().languages:
        raise typer.BadParameter(f"{language}: expected one of {', '.join(Words.ours().languages)}")

    async def find(app: Any) -> Any:
        from storage.calls import editions

        await _edition(app, version)
        return await app.database.read(lambda session: editions.find(session, version))

    kept = with_app(find)
    logging.getLogger().setLevel(logging.ERROR)
    asyncio.run(preview(settings(), version, kept, language))


def publish(
    version: Version,
    call: Annotated[str, typer.Option(help="The call whose new entries are asked it from now on.")] = "",
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
) -> None:
    """Let a version be asked. From then on it stands as it is; what runs takes it up without a restart."""

    async def look(app: Any) -> tuple[Any, Any, list[str]]:
        from storage.calls import calls, editions

        await _edition(app, version)
        kept = await app.database.read(lambda session: editions.find(session, version))
        known = await app.database.read(lambda session: calls.find(session, call)) if call else None
        return kept, known, _findings(kept, app.words) if kept is not None else []

    kept, known, findings = with_app(look)
    if call and known is None:
        fail(f"{call}: there is no such call (see: stocktaking calls list)")
    stuck = [each for each in findings if "text missing" not in each and "button too long" not in each]
    if stuck:
        fail(f"{version} is not published: {'; '.join(stuck)}")
    if not call and (kept is None or kept.published is not None):
        fail(f"{version} may be asked already: name the --call that shall ask it")
    asked = f" New entries of the call {call} are asked it from now on, before {known.version}." if known else ""
    lacking = f" {len(findings)} texts are missing or too long for a button (see lint)." if findings else ""
    confirm(f"This publishes the questionnaire {version}; it cannot be changed after.{asked}{lacking}", yes=yes)

    async def work(app: Any) -> None:
        from storage.calls import calls, editions

        now = app.turns.now()

        def publish_for_call(session: Any) -> None:
            editions.publish(session, None, version, now)
            if call:
                calls.describe(session, None, call, now, version=version)

        await app.database.write(publish_for_call)

    with_app(work)
    print(f"The questionnaire {version} is published" + (f", and the call {call} asks it." if call else "."))


def differences(
    old: Annotated[str, typer.Argument(help="The version to compare with.", show_default=False)],
    new: Annotated[str, typer.Argument(help="The version that changed.", show_default=False)],
) -> None:
    """Say in words what a version asks otherwise than another."""
    from bot.questionnaires.differences import differences as compare

    async def work(app: Any) -> list[str]:
        return compare(await _edition(app, old), await _edition(app, new))

    print("\n".join(with_app(work)) or f"{new} asks what {old} asks, in the same words.")


def remove(version: Version) -> None:
    """Throw away a version that is not published."""

    async def work(app: Any) -> Any:
        from storage.calls import editions

        now = app.turns.now()
        return await app.database.write(lambda session: editions.remove(session, None, version, now))

    _done(with_app(work), version)
    print(f"The questionnaire {version} is thrown away.")


def lint_version(version: str) -> list[str]:
    """What is to be mended in a version that organizers made."""

    async def work(app: Any) -> list[str]:
        from storage.calls import editions

        await _edition(app, version)
        kept = await app.database.read(lambda session: editions.find(session, version))
        if kept is None:
            fail(f"{version} comes with the program: lint without --version looks at it")
        return _findings(kept, app.words)

    return with_app(work)


async def _edition(app: Any, version: str) -> Any:
    """A version, built in or kept, published or not; one line when there is none such."""
    from bot.questionnaires.edition import built_in_edition, kept_edition
    from dialogs.questionnaire.source import loader
    from storage.calls import editions

    if version in loader.built_in():
        return built_in_edition(version, app.words)
    every = await app.database.read(editions.every)
    kept = next((each for each in every if each.version == version), None)
    if kept is None:
        there = ", ".join(sorted({*loader.built_in(), *(each.version for each in every)}))
        fail(f"there is no questionnaire {version}: expected one of {there}")
    return kept_edition(kept, app.words)


def _findings(kept: Any, words: Any) -> list[str]:
    """What is to be mended in an edition, as if it were published."""
    from bot.cli.calls.questionnaire import findings
    from bot.questionnaires import registry
    from dialogs.questionnaire.source import loader

    if kept.version not in loader.versions():
        registry.register([kept], words)
    found = findings(loader.version(kept.version))
    return [
        each.replace(f"__{kept.version}.", ".").replace("add it to the catalogue", "fill in its cell") for each in found
    ]


def _done(trouble: Any, version: str) -> None:
    if trouble is not None:
        fail(WHY[trouble].format(version=version))


WHY = {
    "unknown": "there is no questionnaire {version} that organizers made (see: stocktaking questionnaire list)",
    "published": "{version} is published and stands as it is: drafts are on it. Give the new one another version",
}

COMMANDS: Mapping[str, Callable[..., None]] = {
    "list": list_editions,
    "export": export,
    "import": import_edition,
    "preview": preview_edition,
    "publish": publish,
    "diff": differences,
    "remove": remove,
}
