"""A receiver as the settings describe it: where it is, the secrets that messages are signed with, what it wants."""

from __future__ import annotations

import base64
import binascii
import json
from ipaddress import IPv4Network, IPv6Network
from typing import Annotated, Any, Literal
from urllib.parse import urlsplit

from pydantic import BaseModel, ConfigDict, Field, SecretStr, field_validator

from dialogs.domain.entries.entry_event import PUBLIC_EVENTS, EntryEvent
from storage.push.receivers import Wish

__all__ = ["PREFIX", "Networks", "Receiver", "read_receivers"]

PREFIX = "whsec_"
"""Before the base64 of a secret, as Standard Webhooks has it."""
SECRET_BYTES = range(24, 65)
"""How long Standard Webhooks wants a secret."""

Networks = list[IPv4Network | IPv6Network]


class Receiver(BaseModel):
    """One of STOCKTAKING_PUSH_RECEIVERS. `secrets`: the newest first; two while it goes over to a new one.

    `events` empty: all that there are for it. `answers` public: it gets what the register shows, nothing else.
    """

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    name: Annotated[str, Field(pattern=r"^[a-z][a-z0-9-]{0,30}$")]
    url: str
    secrets: Annotated[tuple[SecretStr, ...], Field(min_length=1, max_length=2)]
    events: frozenset[EntryEvent] = frozenset()
    answers: Literal["all", "public"] = "all"

    @field_validator("url")
    @classmethod
    def _is_an_address(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("https", "http") or not parts.hostname or "@" in parts.netloc or parts.fragment:
            raise ValueError("must be an address such as https://platform.example.org/entries, without a password")
        if parts.scheme == "http" and parts.hostname not in ("127.0.0.1", "localhost", "::1"):
            raise ValueError("must begin with https:// (plain http is accepted for this machine's own address)")
        return value

    @field_validator("secrets")
    @classmethod
    def _are_secrets(cls, value: tuple[SecretStr, ...]) -> tuple[SecretStr, ...]:
        for secret in value:
            if len(key_of(secret)) not in SECRET_BYTES:
                raise ValueError("must be secrets as `stocktaking push secret` makes them: whsec_ and base64")
        return value

    @property
    def keys(self) -> tuple[bytes, ...]:
        """The bytes that messages are signed with."""
        return tuple(key_of(secret) for secret in self.secrets)

    @property
    def wish(self) -> Wish:
        """What the outbox has to know of it."""
        public = self.answers == "public"
        possible = PUBLIC_EVENTS if public else frozenset(EntryEvent) - {EntryEvent.UNPUBLISHED}
        return Wish(self.name, (self.events or possible) & possible, public)


def key_of(secret: SecretStr) -> bytes:
    """The bytes of a secret; none when it is not one."""
    text = secret.get_secret_value()
    try:
        return base64.b64decode(text.removeprefix(PREFIX), validate=True) if text.startswith(PREFIX) else b""
    except binascii.Error:
        return b""


def read_receivers(value: Any) -> Any:
    """The setting's JSON text as a list; anything else is left to be refused."""
    if not isinstance(value, str):
        return value
    try:
        found = json.loads(value)
    except json.JSONDecodeError:
        found = None
    if not isinstance(found, list):
        raise ValueError(
            'must be a JSON list, such as [{"name": "platform", "url": "https://...", "secrets": ["..."]}]'
        )
    names = [each.get("name") for each in found if isinstance(each, dict)]
    if len(set(map(str, names))) < len(names):
        raise ValueError("has two receivers of the same name")
    return found
