"""What the doctor says of the settings: wrong ones, names that are none, and what a public service needs."""

from __future__ import annotations

from collections.abc import Iterator

from bot.doctor.finding import Finding
from bot.settings import Settings, unknown_names

__all__ = ["look"]

OF_THIS_MACHINE = ("127.", "localhost", "::1")


def look(settings: Settings, mistakes: list[str]) -> Iterator[Finding]:
    """Findings about the settings. `mistakes`: what is wrong with them, a line each."""
    for mistake in mistakes:
        yield Finding(True, mistake, "Until then the doctor looks on as if it were not set")
    for name, nearest in unknown_names():
        yield Finding(True, f"{name} is no setting", f"Did you mean {nearest}?" if nearest else "Take it away")
    if not settings.public_url and not settings.http_host.startswith(OF_THIS_MACHINE):
        yield Finding(
            True,
            f"the web chat listens at {settings.http_host}, for others than this machine, without a public address",
            "Set STOCKTAKING_PUBLIC_URL to its https:// address and put a proxy with TLS before it (docs/operating.md)",
        )
