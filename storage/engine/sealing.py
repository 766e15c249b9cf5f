"""Values sealed before they are kept, with keys that the database does not have: a copy of it alone tells nothing.

AES-SIV (RFC 5297) as `cryptography` has it. Where a value is looked up by (`findable`), the same text is always sealed
alike, so that the database finds it and sees that it is there once, and nothing more; elsewhere each sealing differs.
Several keys may be known: the first seals, all of them open. What was kept before there was a key stays readable.
"""

from __future__ import annotations

import base64
import hashlib
import secrets
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from storage.engine.database import DatabaseError

if TYPE_CHECKING:  # most services have no key, and need not load it
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

__all__ = [
    "PREFIX",
    "SealedError",
    "is_newest",
    "is_sealing",
    "seal",
    "spellings",
    "unknown",
    "unseal",
    "use",
]

PREFIX = "sealed:"
NONCE = 12
"""Bytes that make two sealings of the same text differ."""
KEY_NAME = 8
"""Characters by which a sealed value names its key."""


class SealedError(DatabaseError):
    """What is kept was sealed with a key that is not set."""


@dataclass(frozen=True, slots=True)
class Key:
    """A key and the name that values sealed with it bear."""

    name: str
    cipher: AESSIV


@dataclass(slots=True)
class Ring:
    """The keys of this process, newest first. `seals`: whether what is written is sealed, or left open for good."""

    keys: tuple[Key, ...] = ()
    seals: bool = True


RING = Ring()
"""Of the whole process, as columns are: a service has one database."""


def use(words: Sequence[str], *, seals: bool = True) -> None:
    """Have these secrets as the keys, newest first; none: nothing is sealed."""
    RING.keys, RING.seals = tuple(_key_of(word) for word in words), seals


def _key_of(word: str) -> Key:
    """The key of a secret of any length: its SHA-512 is as long as AES-256 in this mode wants."""
    from cryptography.hazmat.primitives.ciphers.aead import AESSIV

    digest = hashlib.sha512(word.encode()).digest()
    return Key(hashlib.sha256(digest).hexdigest()[:KEY_NAME], AESSIV(digest))


def is_sealing() -> bool:
    """Whether there are keys: then some of what is kept may be sealed, and cannot be searched by the database."""
    return bool(RING.keys)


def seal(text: str, *, findable: bool = False) -> str:
    """The text as it is kept. Nothing is nothing, whoever looks."""
    if not text or not RING.keys or not RING.seals:
        return text
    return _sealed(RING.keys[0], text, findable)


def _sealed(key: Key, text: str, findable: bool) -> str:
    nonce = b"" if findable else secrets.token_bytes(NONCE)
    packed = nonce + key.cipher.encrypt(text.encode(), [nonce] if nonce else None)
    return f"{PREFIX}{key.name}:{base64.urlsafe_b64encode(packed).decode()}"


def unseal(kept: str, *, findable: bool = False) -> str:
    """The text of what is kept. SealedError: its key is not set, or it was changed."""
    if not kept.startswith(PREFIX):
        return kept
    from cryptography.exceptions import InvalidTag

    name, _, packed = kept.removeprefix(PREFIX).partition(":")
    key = next((each for each in RING.keys if each.name == name), None)
    if key is None:
        raise SealedError(f"contacts are sealed with a key that STOCKTAKING_CONTACT_KEYS does not have ({name})")
    try:
        whole = base64.urlsafe_b64decode(packed)
        nonce = b"" if findable else whole[:NONCE]
        return key.cipher.decrypt(whole[len(nonce) :], [nonce] if nonce else None).decode()
    except (ValueError, InvalidTag) as error:
        raise SealedError("a sealed contact was changed by somebody who has no key to it") from error


def spellings(text: str) -> tuple[str, ...]:
    """All the ways in which a text that is looked up by may be kept: open, and sealed with each of the keys."""
    return (text, *(_sealed(key, text, findable=True) for key in RING.keys if text))


def is_newest(kept: str) -> bool:
    """Whether a value is kept as it would be kept now."""
    if not kept:
        return True
    name = RING.keys[0].name if RING.keys and RING.seals else ""
    return kept.startswith(f"{PREFIX}{name}:") if name else not kept.startswith(PREFIX)


def unknown(kept: Iterable[str]) -> str:
    """The name of a key that is not set and that one of these was sealed with; empty: there is none."""
    names = {each.removeprefix(PREFIX)[:KEY_NAME] for each in kept if each.startswith(PREFIX)}
    return min(names - {key.name for key in RING.keys}, default="")
