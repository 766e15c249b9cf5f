"""`stocktaking template`: the questionnaire as a file to fill in without a network, for whoever gets it."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.runtime import with_app

__all__ = ["template"]


def template(
    output: Annotated[Path, typer.Option(help="Where to write it; its ending says the format: .xlsx or .docx.")],
    language: Annotated[str, typer.Option(help="In which language.")] = "en",
    edition: Annotated[str, typer.Option(help="Which questionnaire; that of the newest call when absent.")] = "",
) -> None:
    """The questionnaire as a file to fill in without a network. Whoever sends it back begins an entry with it."""
    from dialogs.domain.offline import FORMATS

    format = output.suffix.casefold().removeprefix(".")
    if format not in FORMATS:
        raise typer.BadParameter(f"{output} should end in {' or '.join(f'.{each}' for each in FORMATS)}")
    output.write_bytes(with_app(lambda opened: _made(opened, edition, format, language)).data)
    typer.echo(output)


async def _made(opened: Any, edition: str, format: str, language: str) -> Any:
    import asyncio

    from bot.services.offline_template import empty_template
    from storage.calls import calls

    now = opened.turns.now()
    if language not in opened.words.languages:
        raise typer.BadParameter(f"{language} is none of {', '.join(opened.words.languages)}", param_hint="--language")
    call = await opened.database.read(lambda session: calls.current(session, now, opened.turns.edition_of))
    known = opened.turns.machine.world.questionnaires
    version = edition or call.version
    if version not in known:
        raise typer.BadParameter(f"{version} is none of {', '.join(known)}", param_hint="--edition")
    return await asyncio.to_thread(empty_template, opened, version, format, language, now)
