"""Checking a receipt against the register: its signature, its entry, its files, and its place in the chain."""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlmodel import Session, select

from dialogs.domain.entries.receipt import Verdict, Verification
from storage.receipts import jws, keys
from storage.receipts.digest import answers_digest, file_digest, personal_digest, text_digest
from storage.receipts.jws import InvalidJws
from storage.tables import EntryRow, EntryVersionRow, FileRow, ReceiptRow

__all__ = ["LONGEST", "described", "read", "verify"]

LONGEST = 20_000
"""Characters of a text that may have a receipt in it."""
JWS = re.compile(r"eyJ[\w-]+\.[\w-]+\.[\w-]{86}", re.ASCII)
"""An Ed25519 signature has 86 characters: words may follow it."""

Hash = Callable[[str], str | None]
"""The SHA-256 of a file's bytes as they are now, by its id; None when it is not to be had."""


def read(text: str, public: Mapping[str, str]) -> tuple[str, dict[str, Any]]:
    """The receipt in a text, and what it says. Spaces and line breaks are mail programs', not ours. InvalidJws."""
    found = JWS.search("".join(text[:LONGEST].split()))
    if found is None:
        raise InvalidJws(readable=False)
    return found[0], jws.opened(found[0], public)


def verify(session: Session, text: str, hash_of: Hash | None = None) -> Verification:
    """What a text that is said to be a receipt turns out to be. `hash_of` None: by what is noted of files."""
    try:
        signed, payload = read(text, keys.public_keys(session))
    except InvalidJws as error:
        return Verification(Verdict.FORGED if error.readable else Verdict.UNREADABLE)
    found = described(payload, _verdict(session, signed, payload, hash_of or _noted(session)))
    entry = session.get(EntryRow, found.reference) if found.verdict.good else None
    return replace(found, merged_into=entry.merged_into) if entry is not None else found


def described(payload: Mapping[str, Any], verdict: Verdict) -> Verification:
    submitted = datetime.fromisoformat(payload["submitted"])
    return Verification(verdict, payload["reference"], payload["version"], submitted, payload["number"])


def _noted(session: Session) -> Hash:
    return lambda id: session.exec(select(FileRow.sha256).where(FileRow.id == id).limit(1)).first()


def _verdict(session: Session, signed: str, payload: Mapping[str, Any], hash_of: Hash) -> Verdict:
    row = session.get(ReceiptRow, (payload["call"], payload["number"]))
    if row is None or row.jws != signed:
        return Verdict.MISSING
    if row.erased:
        return Verdict.ERASED
    entry = session.get(EntryRow, row.reference)
    version = session.get(EntryVersionRow, (row.reference, row.version))
    if entry is None or version is None:
        return Verdict.MISSING
    if not _is_unchanged(version, payload, hash_of, has_person=entry.person_id is not None):
        return Verdict.CHANGED
    if entry.version == row.version and (entry.answers or {}) != (version.answers or {}):
        return Verdict.CHANGED
    if not _fits(session, row, payload):
        return Verdict.BROKEN
    return Verdict.VALID if entry.version == row.version else Verdict.OLDER


def _is_unchanged(version: EntryVersionRow, payload: Mapping[str, Any], hash_of: Hash, *, has_person: bool) -> bool:
    answers, salt = version.answers or {}, payload["salt"]
    if answers_digest(answers, salt) != payload["answers"]:
        return False
    if not has_person:  # they were forgotten, with their files
        return True
    files = ((id, digest) for id, digest in payload["files"].items() if digest is not None)
    return personal_digest(answers, salt) == payload["personal"] and all(
        (now := hash_of(id)) is not None and file_digest(now, salt) == digest for id, digest in files
    )


def _fits(session: Session, row: ReceiptRow, payload: Mapping[str, Any]) -> bool:
    """Whether the receipt before is the one that it names, and the one after names it."""
    before = session.get(ReceiptRow, (row.call, row.number - 1))
    if (text_digest(before.jws) if before else None) != payload["previous"]:
        return False
    after = session.get(ReceiptRow, (row.call, row.number + 1))
    if after is None:
        later = select(ReceiptRow.number).where(ReceiptRow.call == row.call, ReceiptRow.number > row.number).limit(1)
        return session.exec(later).first() is None
    return bool(previous_of(after.jws) == text_digest(row.jws))


def previous_of(signed: str) -> Any:
    """What a receipt of our own table names as the one before it."""
    return json.loads(jws.decode(signed.split(".")[1])).get("previous")
