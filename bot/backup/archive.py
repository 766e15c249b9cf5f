"""The archive of a backup: the database's snapshot and the folder of files in one tar file, with a list of checksums.

    manifest.json        what this is: when, by which program, the tables' migration
    database.sqlite3     the snapshot, whichever engine it is of
    files/<id>           each file that people sent
    checksums.json       SHA-256 by name, written last: an archive without it was cut off

The snapshot is made before the files are read. So every file that it names is in the archive, unless its person asked
to be forgotten meanwhile.
"""

from __future__ import annotations

import hashlib
import io
import json
import shutil
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import IO, Any

__all__ = ["DATABASE", "FILES", "MANIFEST", "ArchiveError", "pack", "unpack"]

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.sqlite3"
FILES = "files"
CHECKSUMS = "checksums.json"
CHUNK = 1 << 20


class ArchiveError(Exception):
    """Why a backup cannot be made or used, in one line."""


class _Summing:
    """A file that is read, and summed on the way."""

    def __init__(self, source: IO[bytes]) -> None:
        self._source = source
        self._sum = hashlib.sha256()

    def read(self, size: int = -1) -> bytes:
        piece = self._source.read(size)
        self._sum.update(piece)
        return piece

    @property
    def sum(self) -> str:
        return self._sum.hexdigest()


def pack(target: IO[bytes], database: Path, files: Path, manifest: Mapping[str, Any]) -> int:
    """Write an archive; how many files of people are in it."""
    sums: dict[str, str] = {}
    with tarfile.open(fileobj=target, mode="w", format=tarfile.PAX_FORMAT) as archive:
        _add_text(archive, MANIFEST, {**manifest, "format": FORMAT}, sums)
        _add(archive, database, DATABASE, sums)
        for path in sorted(filter(_is_kept, files.rglob("*"))):
            try:
                _add(archive, path, f"{FILES}/{path.relative_to(files).as_posix()}", sums)
            except FileNotFoundError:
                continue  # its person asked to be forgotten while we were looking
        _add_text(archive, CHECKSUMS, sums, {})
    return len(sums) - 2


def _is_kept(path: Path) -> bool:
    """Whether it is somebody's file; what begins with a dot is a running process's own."""
    hidden = any(part.startswith(".") for part in path.parts[-2:])
    return path.is_file() and not path.is_symlink() and not hidden


def _add(archive: tarfile.TarFile, path: Path, name: str, sums: dict[str, str]) -> None:
    with path.open("rb") as source:
        entry = archive.gettarinfo(arcname=name, fileobj=source)
        entry.mode, entry.uid, entry.gid, entry.uname, entry.gname = 0o600, 0, 0, "", ""
        summing = _Summing(source)
        archive.addfile(entry, summing)
        sums[name] = summing.sum


def _add_text(archive: tarfile.TarFile, name: str, what: Mapping[str, Any], sums: dict[str, str]) -> None:
    text = json.dumps(what, indent=1).encode()
    entry = tarfile.TarInfo(name)
    entry.size, entry.mode = len(text), 0o600
    archive.addfile(entry, io.BytesIO(text))
    sums[name] = hashlib.sha256(text).hexdigest()


def unpack(source: Path, folder: Path) -> dict[str, Any]:
    """Unpack an archive into an empty folder, and check all of it; what its manifest says."""
    try:
        with tarfile.open(source, "r:*") as archive:
            sums = {entry.name: _extract(archive, entry, folder) for entry in archive}
    except (tarfile.TarError, EOFError, ValueError) as error:
        raise ArchiveError(f"{source} is no backup of ours, or only a part of one: {error}") from None
    listed = _read(folder / CHECKSUMS, source)
    sums.pop(CHECKSUMS, None)
    if sums != listed or DATABASE not in sums:
        wrong = sorted(name for name in {*sums, *listed} if sums.get(name) != listed.get(name))
        raise ArchiveError(f"{source} is damaged: {', '.join(wrong[:3]) or DATABASE}")
    manifest = _read(folder / MANIFEST, source)
    if manifest.get("format") != FORMAT:
        raise ArchiveError(f"{source} was made by a newer program: restore it with that one")
    return manifest


def _extract(archive: tarfile.TarFile, entry: tarfile.TarInfo, folder: Path) -> str:
    """Write one file below the folder, whatever its name says; its checksum."""
    path = (folder / entry.name).resolve()
    content = archive.extractfile(entry) if entry.isreg() else None
    if content is None or not path.is_relative_to(folder.resolve()):
        raise ValueError(f"{entry.name} does not belong there")
    path.parent.mkdir(parents=True, exist_ok=True)
    summing = _Summing(content)
    with path.open("xb") as target:
        shutil.copyfileobj(summing, target, CHUNK)
    return summing.sum


def _read(path: Path, source: Path) -> dict[str, Any]:
    try:
        found = json.loads(path.read_text("utf-8"))
    except (FileNotFoundError, ValueError):
        raise ArchiveError(f"{source} is no backup of ours, or only a part of one: {path.name} is missing") from None
    return dict(found)
