"""Signed values: compact JWS (RFC 7515) with Ed25519 (RFC 8037), keys as JWK."""

from __future__ import annotations

import base64
import binascii
import hashlib
import json
from collections.abc import Mapping
from typing import Any

__all__ = ["InvalidJws", "decode", "encode", "kid_of", "new_key", "opened", "sign"]

TYPE = "stocktaking-receipt"


class InvalidJws(ValueError):
    """The text is no JWS of ours. `readable`: it has the form of one, so somebody has changed or made it."""

    def __init__(self, *, readable: bool) -> None:
        super().__init__("not a receipt of this register")
        self.readable = readable


def encode(value: bytes) -> str:
    return base64.urlsafe_b64encode(value).rstrip(b"=").decode()


def decode(text: str) -> bytes:
    """ValueError when it is not the one way in which these bytes are written."""
    try:
        value = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    except (binascii.Error, ValueError) as error:
        raise ValueError("not base64url") from error
    if encode(value) != text:
        raise ValueError("not base64url as it is written")
    return value


def new_key() -> tuple[str, str]:
    """A fresh private key and its public key, as base64url of 32 bytes each."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    key = Ed25519PrivateKey.generate()
    return encode(key.private_bytes_raw()), encode(key.public_key().public_bytes_raw())


def kid_of(public: str) -> str:
    """The thumbprint of a public key (RFC 7638)."""
    canonical = f'{{"crv":"Ed25519","kty":"OKP","x":"{public}"}}'
    return encode(hashlib.sha256(canonical.encode()).digest())


def sign(payload: Mapping[str, Any], private: str, kid: str) -> str:
    """A compact JWS. 40 microseconds."""
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

    head = encode(json.dumps({"alg": "EdDSA", "kid": kid, "typ": TYPE}, separators=(",", ":")).encode())
    body = encode(json.dumps(payload, separators=(",", ":"), ensure_ascii=False).encode())
    signature = Ed25519PrivateKey.from_private_bytes(decode(private)).sign(f"{head}.{body}".encode())
    return f"{head}.{body}.{encode(signature)}"


def opened(text: str, keys: Mapping[str, str]) -> dict[str, Any]:
    """What a JWS says, when one of these keys (public, by kid) has signed it. InvalidJws otherwise."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    try:
        head, body, signature = text.split(".")
        header = json.loads(decode(head))
        signed, payload = decode(signature), json.loads(decode(body))
        known = header["alg"] == "EdDSA" and header["typ"] == TYPE and isinstance(payload, dict)
    except (ValueError, TypeError, KeyError):
        raise InvalidJws(readable=text.count(".") == 2 and text.startswith("eyJ")) from None
    public = keys.get(str(header.get("kid")))
    if not known or public is None:
        raise InvalidJws(readable=True)
    try:
        Ed25519PublicKey.from_public_bytes(decode(public)).verify(signed, f"{head}.{body}".encode())
    except (InvalidSignature, ValueError):
        raise InvalidJws(readable=True) from None
    return dict(payload)
