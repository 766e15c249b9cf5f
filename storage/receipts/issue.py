"""Issuing receipts: in the transaction that makes the version, so that there is none without the other."""

from __future__ import annotations

import secrets
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.receipts import jws, keys
from storage.receipts.digest import answers_digest, file_digest, personal_digest, text_digest
from storage.tables import CallRow, DraftRow, EntryVersionRow, FileRow, ReceiptRow

__all__ = ["files_of", "issue", "newest", "of_entry", "supplement"]

ISSUER = "WSIS Stocktaking"


def issue(session: Session, version: EntryVersionRow, draft: DraftRow, now: datetime) -> ReceiptRow:
    """The receipt of a version. The call's row is held until the commit: its receipts are one chain."""
    session.exec(select(CallRow.code).where(CallRow.code == version.call).with_for_update()).one()
    last = _last(session, version.call)
    number, salt = (last.number if last else 0) + 1, jws.encode(secrets.token_bytes(16))
    key = keys.current(session, now)
    assert key.private is not None  # the current one can sign
    answers = version.answers or {}
    payload = {
        "v": 1,
        "iss": ISSUER,
        "reference": version.reference,
        "version": version.version,
        "call": version.call,
        "questionnaire": draft.version,
        "submitted": version.submitted.isoformat(),
        "received": version.received.isoformat(),
        "iat": int(now.timestamp()),
        "salt": salt,
        "answers": answers_digest(answers, salt),
        "personal": personal_digest(answers, salt),
        "files": _file_digests(files_of(session, draft.id, answers), salt),
        "number": number,
        "previous": text_digest(last.jws) if last else None,
    }
    signed = jws.sign(payload, key.private, key.kid)
    row = ReceiptRow(call=version.call, number=number, reference=version.reference, version=version.version, jws=signed)
    session.add(row)
    session.flush()
    return row


def _last(session: Session, call: str) -> ReceiptRow | None:
    found = select(ReceiptRow).where(ReceiptRow.call == call).order_by(col(ReceiptRow.number).desc())
    return session.exec(found.limit(1)).first()


def files_of(session: Session, draft: str, answers: Mapping[str, Any]) -> dict[str, str | None]:
    """The files that these answers name, with the hash of their bytes where it is known."""
    rows = {row.id: row.sha256 for row in session.exec(select(FileRow).where(FileRow.draft_id == draft))}
    named = (str(id) for value in answers.values() if isinstance(value, list) for id in value)
    return {id: rows[id] for id in named if id in rows}


def _file_digests(files: Mapping[str, str | None], salt: str) -> dict[str, str | None]:
    return {id: file_digest(sha256, salt) if sha256 else None for id, sha256 in files.items()}


def supplement(session: Session, file: str, now: datetime) -> None:
    """A file's bytes are known now: versions whose receipts could not cover them yet get another one."""
    drafts = select(EntryVersionRow, DraftRow).join(DraftRow, col(DraftRow.id) == col(EntryVersionRow.draft_id))
    drafts = drafts.join(FileRow, col(FileRow.draft_id) == col(DraftRow.id)).where(FileRow.id == file)
    for version, draft in session.exec(drafts).all():
        files = files_of(session, draft.id, version.answers or {})
        if file in files and None not in files.values():
            issue(session, version, draft, now)


def of_entry(session: Session, reference: str) -> list[ReceiptRow]:
    """The receipts of an entry, newest first."""
    found = select(ReceiptRow).where(ReceiptRow.reference == reference)
    return list(session.exec(found.order_by(col(ReceiptRow.version).desc(), col(ReceiptRow.number).desc())))


def newest(session: Session, reference: str) -> ReceiptRow | None:
    """The receipt of an entry's newest version."""
    return next(iter(of_entry(session, reference)), None)
