"""The keys that receipts are signed with. They stand in the database: every process signs, and a restored one too."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlmodel import Session, col, select

from storage.organizers import organizers
from storage.receipts import jws
from storage.tables import ReceiptKeyRow

__all__ = ["current", "jwks", "public_keys", "rotate"]


def current(session: Session, now: datetime) -> ReceiptKeyRow:
    """The key that signs; the first receipt makes it."""
    able = select(ReceiptKeyRow).where(col(ReceiptKeyRow.private).is_not(None))
    return session.exec(able.order_by(col(ReceiptKeyRow.made).desc()).limit(1)).first() or _new(session, now)


def _new(session: Session, now: datetime) -> ReceiptKeyRow:
    private, public = jws.new_key()
    row = ReceiptKeyRow(kid=jws.kid_of(public), public=public, private=private, made=now)
    session.add(row)
    session.flush()
    return row


def rotate(session: Session, by: int | None, now: datetime) -> str:
    """Sign with a new key from now on. The old ones cannot sign any more; what they signed stays valid. The new kid."""
    for row in session.exec(select(ReceiptKeyRow)):
        row.private = None
    session.flush()
    kid = _new(session, now).kid
    organizers.record(session, by, "receipt_key", kid, now)
    return kid


def public_keys(session: Session) -> dict[str, str]:
    """Every key that ever signed, by its kid."""
    return {row.kid: row.public for row in session.exec(select(ReceiptKeyRow).order_by(col(ReceiptKeyRow.made)))}


def jwks(keys: dict[str, str]) -> dict[str, Any]:
    """Keys as a JWK Set (RFC 7517)."""
    common = {"kty": "OKP", "crv": "Ed25519", "use": "sig", "alg": "EdDSA"}
    return {"keys": [{**common, "kid": kid, "x": public} for kid, public in keys.items()]}
