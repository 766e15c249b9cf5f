"""How much somebody may do in a while: token buckets, by the sender's address and by session.

An address may be a whole office's or a conference's, so its limits are far above one person's; a session's are far
above what anybody types and taps.
"""

from __future__ import annotations

import math
import time
from collections import OrderedDict
from collections.abc import Callable

from aiohttp import web

from bot.settings import Rate, Settings

__all__ = ["LIMITS", "Buckets", "Busy", "Limits"]

REMEMBERED = 50_000
"""Buckets of a kind that are kept: the one that was not used for the longest time goes first."""


class Busy(web.HTTPTooManyRequests):
    """Too much at once; `seconds` says after which time there is room again."""

    def __init__(self, seconds: float) -> None:
        super().__init__()
        self.seconds = max(1, math.ceil(seconds))
        self.headers["Retry-After"] = str(self.seconds)


class Buckets:
    """A bucket a key, of one rate. `clock` gives seconds."""

    def __init__(self, rate: Rate, clock: Callable[[], float] = time.monotonic) -> None:
        self._rate, self._clock = rate, clock
        self._buckets: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> None:
        """Take a token out of this key's bucket; Busy when it is empty."""
        now = self._clock()
        tokens, at = self._buckets.get(key, (float(self._rate.burst), now))
        tokens = min(self._rate.burst, tokens + (now - at) * self._rate.a_second)
        if tokens < 1:
            raise Busy((1 - tokens) / self._rate.a_second)
        self._buckets[key] = (tokens - 1, now)
        self._buckets.move_to_end(key)
        while len(self._buckets) > REMEMBERED:
            self._buckets.popitem(last=False)


class Limits:
    """The buckets of a site."""

    def __init__(self, settings: Settings) -> None:
        self.requests = Buckets(settings.web_requests_per_address)
        self.posts = Buckets(settings.web_posts_per_session)
        self.people = Buckets(settings.web_people_per_address)
        self.uploads = Buckets(settings.web_uploads_per_session)


LIMITS = web.AppKey("limits", Limits)
