"""One push over HTTPS, and what its answer means."""

from __future__ import annotations

import contextlib
import email.utils
import time
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from enum import Enum, auto
from ipaddress import IPv4Network, IPv6Network, ip_address
from urllib.parse import urlsplit

import aiohttp

from bot.push.guarded_resolver import GuardedResolver, PrivateAddressError, is_allowed
from bot.push.receiver import Receiver
from bot.push.signature import headers

__all__ = ["Outcome", "Result", "deliver", "make_session"]

LONGEST = 20.0
"""Seconds that a receiver may take (Standard Webhooks recommends 15 to 30)."""
MOST_WAITED = 24 * 3600.0
"""Seconds of a Retry-After that are heeded."""


class Outcome(Enum):
    TAKEN = auto()
    REFUSED = auto()  # this event; others may do
    UNREACHED = auto()  # the receiver does not answer, is broken or asks for patience: no use in sending more now
    GONE = auto()  # for good


@dataclass(frozen=True, slots=True)
class Result:
    """`cause`: a status or the kind of error. `retry_after`: seconds that the receiver asks us to wait."""

    outcome: Outcome
    cause: str = ""
    retry_after: float | None = None


def make_session(networks: Sequence[IPv4Network | IPv6Network], longest: float = LONGEST) -> aiohttp.ClientSession:
    """The client of all pushes: it keeps no cookies, heeds no proxy variables and looks each name up anew."""
    return aiohttp.ClientSession(
        connector=aiohttp.TCPConnector(resolver=GuardedResolver(networks), use_dns_cache=False),
        timeout=aiohttp.ClientTimeout(total=longest),
        cookie_jar=aiohttp.DummyCookieJar(),
        trust_env=False,
        headers={"User-Agent": "WSIS-Stocktaking", "Content-Type": "application/json"},
    )


async def deliver(
    client: aiohttp.ClientSession,
    receiver: Receiver,
    networks: Sequence[IPv4Network | IPv6Network],
    id: str,
    body: bytes,
) -> Result:
    """Send a message. It raises nothing but a cancellation; its answer's body is not read."""
    if not _may_go_to(receiver.url, networks):
        return Result(Outcome.UNREACHED, "private address")
    signed = headers(id, int(time.time()), body, receiver.keys)
    try:
        async with client.post(receiver.url, data=body, headers=signed, allow_redirects=False) as answer:
            return _meaning(answer.status, answer.headers.get("Retry-After"))
    except PrivateAddressError:
        return Result(Outcome.UNREACHED, "private address")
    except (TimeoutError, aiohttp.ClientError, OSError, ValueError) as error:
        private = isinstance(getattr(error, "os_error", None), PrivateAddressError)
        return Result(Outcome.UNREACHED, "private address" if private else type(error).__name__)


def _may_go_to(url: str, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    """An address in numbers is asked of no resolver, so it is looked at here."""
    host = urlsplit(url).hostname or ""
    with contextlib.suppress(ValueError):
        return is_allowed(str(ip_address(host)), networks)
    return True


def _meaning(status: int, retry_after: str | None) -> Result:
    if 200 <= status < 300:
        return Result(Outcome.TAKEN)
    if status == 410:
        return Result(Outcome.GONE, "410")
    wait = _seconds(retry_after)
    busy = status == 429 or status >= 500 or wait is not None
    return Result(Outcome.UNREACHED if busy else Outcome.REFUSED, str(status), wait)


def _seconds(text: str | None) -> float | None:
    """A Retry-After in seconds: it is a number or a date (RFC 9110, 10.2.3)."""
    if not text:
        return None
    if text.strip().isascii() and text.strip().isdigit():
        return min(MOST_WAITED, float(text[:12]))
    with contextlib.suppress(ValueError, TypeError):
        at = email.utils.parsedate_to_datetime(text)
        left = (at if at.tzinfo else at.replace(tzinfo=UTC)) - datetime.now(UTC)
        return min(MOST_WAITED, max(0.0, left.total_seconds()))
    return None
