"""Telling open pages that something new was said, so that every tab shows the same."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import AsyncIterator, Iterator
from contextlib import contextmanager

__all__ = ["Hub"]

PULSE = 25.0
"""Seconds between signs of life, below what proxies wait for."""


class Hub:
    """Who listens, by address."""

    def __init__(self) -> None:
        self._listeners: dict[str, set[asyncio.Event]] = defaultdict(set)
        self._closed = False

    @property
    def addresses(self) -> list[str]:
        """Those at whom a page is open."""
        return list(self._listeners)

    def tell(self, address: str) -> None:
        """Something new was said to this address."""
        for listener in self._listeners.get(address, ()):
            listener.set()

    def close(self) -> None:
        """Let every listener go."""
        self._closed = True
        for address in list(self._listeners):
            self.tell(address)

    async def news(self, address: str) -> AsyncIterator[bool]:
        """True each time there is news, False as a sign of life; ends when the hub is closed."""
        with self._listening(address) as listener:
            while not self._closed:
                try:
                    await asyncio.wait_for(listener.wait(), PULSE)
                except TimeoutError:
                    yield False
                    continue
                listener.clear()
                if not self._closed:
                    yield True

    @contextmanager
    def _listening(self, address: str) -> Iterator[asyncio.Event]:
        listener = asyncio.Event()
        self._listeners[address].add(listener)
        try:
            yield listener
        finally:
            self._listeners[address].discard(listener)
            if not self._listeners[address]:
                del self._listeners[address]
