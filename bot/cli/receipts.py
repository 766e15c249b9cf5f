"""`stocktaking verify` and `stocktaking receipts`: receipts checked without the register, and their keys."""

from __future__ import annotations

import json
import sys
from collections.abc import Mapping
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated, Any

import typer

from bot.cli.runtime import with_app

__all__ = ["receipts", "verify"]

receipts = typer.Typer(help="Receipts that can be checked.", no_args_is_help=True)


@receipts.command()
def show(reference: Annotated[str, typer.Argument(help="An entry's reference.")]) -> None:
    """The receipt of an entry's newest version."""
    from storage.receipts import issue

    found = with_app(lambda opened: opened.database.read(lambda session: _signed(issue.newest(session, reference))))
    if found is None:
        raise typer.BadParameter(f"there is no receipt of {reference}")
    print(found)


def _signed(row: Any) -> str | None:
    return row.jws if row is not None else None


@receipts.command()
def keys() -> None:
    """The keys that receipts are signed with, as a JWK Set: keep it to check receipts without the register."""
    from storage.receipts import keys as kept

    print(json.dumps(kept.jwks(with_app(lambda opened: opened.database.read(kept.public_keys))), indent=1))


@receipts.command()
def rotate() -> None:
    """Sign with a new key from now on; what older ones signed stays valid."""
    from storage.receipts import keys as kept

    print(with_app(lambda opened: opened.database.write(lambda session: kept.rotate(session, None, datetime.now(UTC)))))


def verify(
    receipt: Annotated[Path, typer.Argument(help="A file with a receipt in it; - reads the input.")],
    keys: Annotated[Path | None, typer.Option(help="The register's jwks.json; the database when absent.")] = None,
    entry: Annotated[Path | None, typer.Option(help="A JSON export that has the entry.")] = None,
    file: Annotated[list[Path] | None, typer.Option(help="A file that came with the entry; may be repeated.")] = None,
) -> None:
    """Check a receipt; with --keys without the register. Ends with 1 when something is not as it was sent."""
    text = sys.stdin.read() if str(receipt) == "-" else receipt.read_text("utf-8", errors="replace")
    problem = _offline(text, keys, entry, file or []) if keys else _online(text)
    if problem:
        print(problem)
        raise typer.Exit(1)


def _online(text: str) -> str:
    from bot.file_hashes import sha256_of
    from storage.receipts import check

    async def checked(opened: Any) -> Any:
        folder = opened.settings.files
        return await opened.database.read(
            lambda session: check.verify(session, text, lambda id: sha256_of(folder / id))
        )

    found = with_app(checked)
    print(f"{found.verdict.value}\t{found.reference}.{found.version}" if found.reference else found.verdict.value)
    return "" if found.verdict.good else "The register does not bear this receipt out."


def _offline(text: str, keys: Path, entry: Path | None, files: list[Path]) -> str:
    """What is wrong, by the keys, the export and the files alone; nothing: all is as it was sent."""
    from storage.receipts import check
    from storage.receipts.jws import InvalidJws

    try:
        known = {each["kid"]: each["x"] for each in json.loads(keys.read_text("utf-8"))["keys"]}
    except (ValueError, KeyError, TypeError):
        raise typer.BadParameter(f"{keys} is no JWK Set", param_hint="--keys") from None
    try:
        _, said = check.read(text, known)
    except InvalidJws:
        return "This is no receipt of that register, or it was changed."
    print(f"{said['reference']}\tversion {said['version']}\tsent {said['submitted']}\treceipt {said['number']}")
    if entry is not None and (problem := _entry(said, entry)):
        return problem
    changed = (path for path in files if not _is_of(said, path))
    return next((f"{path} is none of the entry's files, or was changed." for path in changed), "")


def _entry(said: Mapping[str, Any], path: Path) -> str:
    from bot.export.answers import flat
    from storage.receipts.digest import answers_digest, personal_digest

    try:
        found = json.loads(path.read_text("utf-8"))
        records = found if isinstance(found, list) else [found]
        wanted = (said["reference"], said["version"])
        same = [each for each in records if (each["reference"], each["version"]) == wanted]
        answers = flat(same[0]["answers"]) if same else {}
    except (ValueError, KeyError, TypeError):
        raise typer.BadParameter(f"{path} is no JSON export", param_hint="--entry") from None
    if not same:
        return "The export does not have this version of the entry."
    whole = answers_digest(answers, said["salt"]) == said["answers"]
    if not whole or personal_digest(answers, said["salt"]) != said["personal"]:
        return "The entry is not what was sent."
    return ""


def _is_of(said: Mapping[str, Any], path: Path) -> bool:
    from bot.file_hashes import sha256_of
    from storage.receipts.digest import file_digest

    found = sha256_of(path)
    return found is not None and file_digest(found, said["salt"]) in said["files"].values()
