"""DKIM signatures (RFC 6376) of our own, for mail servers that do not sign what they are handed.

The key is an RSA key in a file; its public half stands in the DNS of the sender's domain, where readers' servers look
for it. The libraries are imported only where a key is set.
"""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from pathlib import Path

__all__ = ["Signer"]

SIGNED = (
    *(b"from", b"to", b"reply-to", b"subject", b"date", b"message-id", b"mime-version", b"content-type"),
    *(b"list-unsubscribe", b"list-unsubscribe-post", b"auto-submitted"),
)
"""Headers that nobody may change on the way. One-click ways out count only where they are signed (RFC 8058, 4)."""
SMALLEST, LARGEST = 1024, 4096
"""Bits of a key that readers' servers must be able to verify (RFC 8301, 3.2); 2048 is usual."""


@dataclass(frozen=True, slots=True)
class Signer:
    """`domain` is the sender's; `selector` names this key among the domain's."""

    domain: str
    selector: str
    key: bytes = field(repr=False)

    @classmethod
    def read(cls, path: Path, domain: str, selector: str) -> Signer:
        """ValueError: the file holds no key that can sign letters."""
        from cryptography.exceptions import UnsupportedAlgorithm
        from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey
        from cryptography.hazmat.primitives.serialization import load_pem_private_key

        try:
            pem = path.read_bytes()
        except OSError as error:
            raise ValueError(f"cannot be read ({error.strerror})") from None
        try:
            key = load_pem_private_key(pem, password=None)
        except (ValueError, TypeError, UnsupportedAlgorithm):
            raise ValueError("holds no private key in PEM without a password") from None
        if not isinstance(key, RSAPrivateKey) or not SMALLEST <= key.key_size <= LARGEST:
            raise ValueError(f"must hold an RSA key of {SMALLEST} to {LARGEST} bits")
        return cls(domain, selector, pem)

    @property
    def name(self) -> str:
        """The name in the DNS under which the public key has to stand."""
        return f"{self.selector}._domainkey.{self.domain}"

    @property
    def public(self) -> str:
        """The public key as it stands there, after `p=`."""
        from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat, load_pem_private_key

        key = load_pem_private_key(self.key, password=None).public_key()
        return base64.b64encode(key.public_bytes(Encoding.DER, PublicFormat.SubjectPublicKeyInfo)).decode()

    def signed(self, wire: bytes) -> bytes:
        """A letter as it goes over the wire, with a signature before it. Takes some 30 ms: not for the event loop."""
        import dkim

        there = {line.partition(b":")[0].lower() for line in wire.partition(b"\r\n\r\n")[0].split(b"\r\n")}
        headers = [name for name in SIGNED if name in there]
        signature = dkim.sign(
            wire,
            self.selector.encode(),
            self.domain.encode(),
            self.key,
            canonicalize=(b"relaxed", b"relaxed"),
            include_headers=[*headers, b"from", b"subject"],  # once more: nobody can add a second one
        )
        return bytes(signature) + wire
