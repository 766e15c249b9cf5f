"""Settings: from the environment or a `.env` file, each with the prefix `STOCKTAKING_`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated, Any
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from dialogs.organizing.announcing.channels import NAME
from storage.terms import Terms

__all__ = ["Settings", "SettingsError", "terms_of"]

LOOPBACK = ("http://127.0.0.1", "http://localhost", "http://[::1]")


class SettingsError(Exception):
    """A wrong setting, in one line that names it and shows no secret."""


class Settings(BaseSettings):
    """All that can be set. `Settings.read()` is the way in: it turns a mistake into one line."""

    model_config = SettingsConfigDict(
        env_prefix="STOCKTAKING_",
        env_file=".env",
        env_ignore_empty=True,
        extra="ignore",
        hide_input_in_errors=True,
    )

    database_url: str = "sqlite:///data/stocktaking.sqlite3"
    files: Path = Path("data/files")
    telegram_token: SecretStr | None = None
    telegram_api_url: str = "https://api.telegram.org"
    telegram_webhook_url: str | None = None
    telegram_webhook_secret: SecretStr | None = None
    telegram_rate: float = Field(30, gt=0, le=1000)
    telegram_channel: str | None = None
    http_host: str = "127.0.0.1"
    http_port: int = Field(8080, ge=0, le=65535)
    organizers: Annotated[list[int], NoDecode] = []
    announce_approval: bool = False

    @field_validator("organizers", mode="before")
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

    @field_validator("telegram_channel")
    @classmethod
    def _is_a_channel(cls, value: str | None) -> str | None:
        if value and not NAME.fullmatch(value):
            raise ValueError("must be a channel's public name such as @wsis, or its number -100...")
        return value

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

    @property
    def secrets(self) -> tuple[str, ...]:
        """What must stand in no log: the token, the webhook's secret, the database's password."""
        kept = (self.telegram_token, self.telegram_webhook_secret)
        password = urlsplit(self.database_url).password
        return (*(secret.get_secret_value() for secret in kept if secret), *([password] if password else []))

    @classmethod
    def read(cls) -> Settings:
        """Read the environment; SettingsError names the first wrong setting and what to do."""
        try:
            return cls()
        except ValidationError as error:
            first = error.errors(include_input=False, include_url=False)[0]
            name = "STOCKTAKING_" + "_".join(str(part) for part in first["loc"][:1]).upper()
            message = first["msg"].removeprefix("Value error, ")
            raise SettingsError(f"{name if first['loc'] else 'Settings'}: {message}") from None


def terms_of(settings: Settings) -> Terms:
    """What these settings say about announcing."""
    return Terms(
        settings.telegram_rate,
        settings.announce_approval,
        settings.telegram_channel or "",
        str(settings.files.resolve()),
    )
