"""An event loop in a thread of its own, for work that would hold up everybody on the service's loop.

A unit of work on PostgreSQL runs where its connection's loop runs, the computing in it too. What computes much is given
to this loop, which has connections of its own; the service's loop only waits for the result, and serves others.
"""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Awaitable, Callable
from typing import TypeVar

__all__ = ["ReadThread"]

T = TypeVar("T")


class ReadThread:
    """The thread is started when it is first needed."""

    def __init__(self, name: str) -> None:
        self._name = name
        self._lock = threading.Lock()
        self._loop: asyncio.AbstractEventLoop | None = None
        self._thread: threading.Thread | None = None

    async def run(self, work: Callable[[], Awaitable[T]]) -> T:
        """Have `work` done there. Whoever gives up waiting stops it."""

        async def there() -> T:
            return await work()

        return await asyncio.wrap_future(asyncio.run_coroutine_threadsafe(there(), self._started()))

    async def close(self, last: Callable[[], Awaitable[None]]) -> None:
        """Do the last thing there, and end the thread. Nothing is done when it never began."""
        loop, thread = self._loop, self._thread
        if loop is None or thread is None:
            return
        try:
            await self.run(last)
        finally:
            self._loop = self._thread = None
            loop.call_soon_threadsafe(loop.stop)
            await asyncio.to_thread(thread.join)
            loop.close()

    def _started(self) -> asyncio.AbstractEventLoop:
        with self._lock:
            if self._loop is None:
                self._loop = asyncio.new_event_loop()
                self._thread = threading.Thread(target=self._loop.run_forever, name=self._name, daemon=True)
                self._thread.start()
            return self._loop
