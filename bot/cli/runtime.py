"""What every command needs: the settings, and an app over their database for as long as it works."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Coroutine
from typing import Any, TypeVar

__all__ = ["settings", "with_app"]

T = TypeVar("T")


def settings() -> Any:
    """The settings. Imported late: `--help` must be quick."""
    from bot.settings import Settings

    return Settings.read()


def with_app(work: Callable[[Any], Coroutine[Any, Any, T]]) -> T:
    """Do something with an app over the settings' database."""
    from bot.wiring import open_app

    async def doing() -> T:
        async with open_app(settings()) as opened:
            return await work(opened)

    return asyncio.run(doing())
