"""Settings: from the environment or a `.env` file, each with the prefix `STOCKTAKING_`."""

from __future__ import annotations

import math
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass
from difflib import get_close_matches
from ipaddress import IPv4Network, IPv6Network
from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from dotenv import dotenv_values
from pydantic import BeforeValidator, Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from bot.channels.mail.server import ImapServer, MailServer
from bot.channels.mail.signature import Signer
from bot.push.receiver import Receiver, read_receivers
from dialogs.domain.announcements.rules import PUBLIC_CHANNEL
from storage.announcements.messaging_settings import Terms

__all__ = ["ENV", "Settings", "SettingsError", "terms_of", "unknown_names"]

PREFIX = "STOCKTAKING_"
ENV = ".env"
IN_A_PAIR = {"telegram_webhook_url", "mail_url", "mail_inbox"}
"""Settings that are right by themselves but need another one."""

ADDRESS = re.compile(r"[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+")
SELECTOR = re.compile(r"[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]*[A-Za-z0-9])?)*")
BOT = re.compile(r"[A-Za-z0-9_]{5,32}")

LOOPBACK = ("http://127.0.0.1", "http://localhost", "http://[::1]")


@dataclass(frozen=True, slots=True)
class Rate:
    """So much at once, and so much a second for who goes on. Written `300/2`."""

    burst: float
    a_second: float

    @classmethod
    def read(cls, value: Any) -> Any:
        """A rate as it is written; anything else is left to be refused."""
        if not isinstance(value, str):
            return value
        burst, _, a_second = value.partition("/")
        try:
            rate = cls(float(burst), float(a_second))
        except ValueError:
            rate = cls(0, 0)
        if not (1 <= rate.burst < math.inf and 0 < rate.a_second < math.inf):
            raise ValueError("must be a number at once and a number a second, such as 300/2")
        return rate


RateSetting = Annotated[Rate, NoDecode, BeforeValidator(Rate.read)]


SHORTEST_KEY = 32
"""Characters of a secret that contacts are sealed with."""


class SettingsError(Exception):
    """A wrong setting, in one line that names it and shows no secret."""


class Settings(BaseSettings):
    """All that can be set. `Settings.read()` is the way in: it turns a mistake into one line."""

    model_config = SettingsConfigDict(
        env_prefix=PREFIX,
        env_file=ENV,
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    database_url: str = "sqlite:///data/stocktaking.sqlite3"
    files: Path = Path("data/files")
    files_floor: int = Field(500_000_000, ge=0)
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: SecretStr | None = None
    telegram_rate: float = Field(30, gt=0, le=1000)
    telegram_channel: str | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=0, le=65535)
    public_url: str | None = None
    trusted_proxies: Annotated[list[IPv4Network | IPv6Network], NoDecode] = []
    web_requests_per_address: RateSetting = Rate(2000, 50)
    web_posts_per_session: RateSetting = Rate(300, 2)
    web_people_per_address: RateSetting = Rate(300, 0.2)
    web_uploads_per_session: RateSetting = Rate(60, 0.2)
    register_licence: str = "https://creativecommons.org/licenses/by/3.0/igo/"
    api_requests_per_address: RateSetting = Rate(600, 5)
    site_owner: str = Field("", max_length=200)
    site_contact: str = Field("", max_length=200)
    site_privacy: str = Field("", max_length=500)
    site_accessibility: str = Field("", max_length=500)
    telegram_bot: str = Field("", max_length=64)
    mail_url: SecretStr | None = None
    mail_without_tls: bool = False
    mail_sender: str = ""
    mail_sender_name: str = Field("WSIS Stocktaking", max_length=100)
    mail_reply_to: str = ""
    mail_ca_file: Path | None = None
    mail_dkim_key: Path | None = None
    mail_dkim_selector: str = Field("", max_length=63)
    mail_inbox: SecretStr | None = None
    mail_rate: float = Field(5, gt=0, le=1000)
    organizers: Annotated[list[int], NoDecode] = []
    announce_approval: bool = False
    push_receivers: Annotated[list[Receiver], NoDecode, BeforeValidator(read_receivers)] = []
    push_private_networks: Annotated[list[IPv4Network | IPv6Network], NoDecode] = []
    metrics_token: SecretStr | None = Field(None, min_length=16)
    contact_keys: SecretStr | None = None
    housekeeping_seconds: float = Field(60, gt=0, le=86_400)
    keep_drafts_days: int = Field(400, ge=90, le=36_500)
    keep_transcripts_days: int = Field(400, ge=30, le=36_500)
    keep_letters_days: int = Field(730, ge=30, le=36_500)
    keep_deliveries_days: int = Field(730, ge=30, le=36_500)
    keep_log_days: int = Field(1095, ge=30, le=36_500)
    turn_limit: float = Field(30, ge=1)

    @field_validator("organizers", "trusted_proxies", "push_private_networks", mode="before")
    @classmethod
    def _separated(cls, value: Any) -> Any:
        if isinstance(value, str):
            return [part.strip() for part in value.split(",") if part.strip()]
        return value

    @field_validator("telegram_token")
    @classmethod
    def _looks_like_a_token(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            number, colon, secret = value.get_secret_value().partition(":")
            if not (number.isdigit() and colon and len(secret) >= 3):
                raise ValueError("looks like no bot token: BotFather gives one like 123456:ABC...")
        return value

    @field_validator("contact_keys")
    @classmethod
    def _are_long_secrets(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None and any(len(word) < SHORTEST_KEY for word in _words(value)):
            raise ValueError(f"each key has {SHORTEST_KEY} characters or more: stocktaking contacts new-key makes one")
        return value

    @field_validator("mail_url")
    @classmethod
    def _is_a_mail_server(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            MailServer.of(value.get_secret_value())
        return value

    @field_validator("mail_inbox")
    @classmethod
    def _is_a_mailbox(cls, value: SecretStr | None) -> SecretStr | None:
        if value is not None:
            ImapServer.of(value.get_secret_value())
        return value

    @field_validator("mail_sender", "mail_reply_to")
    @classmethod
    def _is_an_email_address(cls, value: str) -> str:
        if value and not (ADDRESS.fullmatch(value) and value.isascii()):
            raise ValueError("must be an e-mail address such as stocktaking@example.org")
        return value

    @field_validator("mail_ca_file")
    @classmethod
    def _is_a_file_of_certificates(cls, value: Path | None) -> Path | None:
        if value is not None:
            import ssl  # none of the commands that read settings needs it

            try:
                ssl.create_default_context(cafile=value)
            except OSError as error:
                raise ValueError(f"holds no certificates in PEM ({error.strerror or 'none is found'})") from None
        return value

    @field_validator("mail_dkim_selector")
    @classmethod
    def _is_a_name_in_the_dns(cls, value: str) -> str:
        if value and not SELECTOR.fullmatch(value):
            raise ValueError("must be a name in the DNS such as stocktaking1")
        return value

    @field_validator("mail_dkim_key")
    @classmethod
    def _is_a_key(cls, value: Path | None) -> Path | None:
        if value is not None:
            Signer.read(value, "", "")
        return value

    @field_validator("site_contact")
    @classmethod
    def _is_a_way_to_write(cls, value: str) -> str:
        if value and not ADDRESS.fullmatch(value) and not value.startswith("https://"):
            raise ValueError("must be an e-mail address or an address that begins with https://")
        return value

    @field_validator("site_privacy", "site_accessibility")
    @classmethod
    def _is_a_page(cls, value: str) -> str:
        if value and not value.startswith("https://"):
            raise ValueError("must be an address that begins with https://")
        return value

    @field_validator("telegram_bot")
    @classmethod
    def _is_a_bot(cls, value: str) -> str:
        name = value.removeprefix("@")
        if name and not BOT.fullmatch(name):
            raise ValueError("must be a bot's public name such as @WsisStocktakingBot")
        return name

    @field_validator("telegram_channel")
    @classmethod
    def _is_a_channel(cls, value: str | None) -> str | None:
        if value and not PUBLIC_CHANNEL.fullmatch(value):
            raise ValueError("must be a channel's public name such as @wsis, or its number -100...")
        return value

    @field_validator("public_url")
    @classmethod
    def _is_an_address(cls, value: str | None) -> str | None:
        if not value:
            return value
        parts = urlsplit(value)
        if not value.startswith(("https://", *LOOPBACK)):
            raise ValueError("must begin with https:// (plain http is accepted for this machine's own address)")
        if not parts.hostname or parts.path.strip("/") or parts.query or parts.fragment or "@" in parts.netloc:
            raise ValueError("must be an address without a path, such as https://stocktaking.example.org")
        return f"{parts.scheme}://{parts.netloc}"

    @field_validator("telegram_webhook_url")
    @classmethod
    def _reachable_by_telegram(cls, value: str | None) -> str | None:
        if value and not value.startswith(("https://", *LOOPBACK)):
            raise ValueError("must begin with https:// (plain http is accepted for this machine's own address)")
        return value

    @model_validator(mode="after")
    def _a_webhook_has_its_secret(self) -> Settings:
        if self.telegram_webhook_url and not self.telegram_webhook_secret:
            raise ValueError("TELEGRAM_WEBHOOK_SECRET must be set when TELEGRAM_WEBHOOK_URL is")
        return self

    @model_validator(mode="after")
    def _letters_have_what_they_need(self) -> Settings:
        if self.mail_url is None:
            if self.mail_inbox is not None:
                raise ValueError("MAIL_URL must be set when MAIL_INBOX is")
            return self
        server = self.mail_server
        assert server is not None  # by its address
        if server.clear and server.smtps:
            raise ValueError("MAIL_WITHOUT_TLS is for a MAIL_URL that begins with smtp://")
        if not self.mail_sender:
            raise ValueError("MAIL_SENDER must be set when MAIL_URL is")
        if not self.public_url:
            raise ValueError("PUBLIC_URL must be set when MAIL_URL is: letters have links")
        if bool(self.mail_dkim_key) != bool(self.mail_dkim_selector):
            raise ValueError("MAIL_DKIM_KEY and MAIL_DKIM_SELECTOR are set together")
        return self

    @property
    def mail_server(self) -> MailServer | None:
        """The server that letters are handed to. ValueError: its address is none."""
        if self.mail_url is None:
            return None
        trusted = str(self.mail_ca_file or "")
        return MailServer.of(self.mail_url.get_secret_value(), clear=self.mail_without_tls, trusted=trusted)

    @property
    def mail_mailbox(self) -> ImapServer | None:
        """The mailbox that answers come to."""
        if self.mail_inbox is None:
            return None
        return ImapServer.of(self.mail_inbox.get_secret_value(), trusted=str(self.mail_ca_file or ""))

    @property
    def sealing_keys(self) -> tuple[str, ...]:
        """The secrets that contacts are sealed with in the database, newest first; none: they are kept open."""
        return tuple(_words(self.contact_keys)) if self.contact_keys is not None else ()

    @property
    def mail_signer(self) -> Signer | None:
        """What signs letters; None: the mail server does, or nobody. ValueError: its file is gone."""
        if self.mail_dkim_key is None:
            return None
        return Signer.read(self.mail_dkim_key, self.mail_sender.rpartition("@")[2], self.mail_dkim_selector)

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must stand in no log: the token, the webhook's secret, the database's password, the keys."""
        pushed = (secret for receiver in self.push_receivers for secret in receiver.secrets)
        kept = (self.telegram_token, self.telegram_webhook_secret, self.metrics_token, *pushed)
        server, mailbox = self.mail_server, self.mail_mailbox
        of_mail = (each.password for each in (server, mailbox) if each is not None)
        passwords = (urlsplit(self.database_url).password, *of_mail)
        return (
            *(secret.get_secret_value() for secret in kept if secret),
            *(each for each in passwords if each),
            *self.sealing_keys,
        )

    @classmethod
    def read(cls) -> Settings:
        """Read the environment; SettingsError names the first wrong setting and what to do."""
        try:
            return cls()
        except ValidationError as error:
            raise SettingsError(_mistakes(error)[0]) from None

    @classmethod
    def read_what_can_be(cls) -> tuple[Settings, list[str]]:
        """Read the environment, with the default for each wrong setting; and what is wrong, a line each."""
        wrong: list[str] = []
        instead: dict[str, Any] = {}
        for _ in range(2):  # what settings say of each other is checked once each is right by itself
            try:
                return cls(**instead), wrong
            except ValidationError as error:
                wrong += _mistakes(error)
                names = {str(each["loc"][0]) for each in error.errors() if each["loc"]} or IN_A_PAIR
                instead |= {name: cls.model_fields[name].get_default(call_default_factory=True) for name in names}
        return cls(**instead), wrong


def _words(secret: SecretStr) -> list[str]:
    return [word.strip() for word in secret.get_secret_value().split(",") if word.strip()]


def unknown_names() -> list[tuple[str, str]]:
    """Names in the environment or `.env` that begin like a setting and are none; each with the nearest that is one."""
    known = [PREFIX + name.upper() for name in Settings.model_fields]
    given = {name.upper() for name in (*os.environ, *dotenv_values(ENV)) if name.upper().startswith(PREFIX)}
    return [(name, next(iter(get_close_matches(name, known, 1)), "")) for name in sorted(given - set(known))]


PLAINLY: Mapping[str, str] = {
    "int_parsing": "expected a whole number",
    "int_from_float": "expected a whole number",
    "float_parsing": "expected a number",
    "bool_parsing": "expected true or false",
    "less_than_equal": "expected at most {le}",
    "less_than": "expected less than {lt}",
    "greater_than_equal": "expected at least {ge}",
    "greater_than": "expected more than {gt}",
    "string_too_long": "expected at most {max_length} characters",
}
"""What the library that checks them calls otherwise."""


def _plainly(error: Any) -> str:
    """What is wrong, as somebody who sets it says it."""
    said = PLAINLY.get(error["type"])
    return said.format(**error.get("ctx", {})) if said else str(error["msg"]).removeprefix("Value error, ")


def _mistakes(error: ValidationError) -> list[str]:
    """What is wrong, a line each, without the value: it may be a secret."""
    found = error.errors(include_input=False, include_url=False)
    return [
        f"{PREFIX + str(each['loc'][0]).upper() if each['loc'] else 'Settings'}: " + _plainly(each) for each in found
    ]


def terms_of(settings: Settings) -> Terms:
    """What these settings say about announcing."""
    return Terms(
        settings.telegram_rate,
        settings.announce_approval,
        settings.telegram_channel or "",
        str(settings.files.resolve()),
        settings.public_url or f"http://{settings.http_host}:{settings.http_port}",
        settings.mail_url is not None,
    )
