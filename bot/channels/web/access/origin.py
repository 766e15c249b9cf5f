"""Where a request comes from: the address of its sender, over which scheme, and to which host it was sent.

What a proxy says of it counts only when the proxy's address is in `STOCKTAKING_TRUSTED_PROXIES`: anybody can write
these headers. A proxy that writes one of `X-Forwarded-For` and `Forwarded` often passes on the other as the sender
wrote it; where the two name different senders neither is believed, and the request counts as the proxy's own.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from ipaddress import IPv4Network, IPv6Address, IPv6Network, ip_address
from urllib.parse import urlsplit

from aiohttp import web

__all__ = ["Network", "Origin", "counted", "is_own_host", "is_trusted", "origin_of"]

Network = IPv4Network | IPv6Network

DEFAULT_PORTS = {"https": ":443", "http": ":80"}

UNKNOWN = "unknown"
"""The address of a sender who has none, as on a Unix socket."""


@dataclass(frozen=True, slots=True)
class Origin:
    """`address`: the sender's, an IPv6 network of 64 bits standing for all of its addresses; `host` in lower case."""

    address: str
    secure: bool
    host: str


def origin_of(request: web.BaseRequest, trusted: Sequence[Network]) -> Origin:
    """Where a request comes from; `trusted` are the proxies that are believed."""
    peer = request.remote or UNKNOWN
    if not is_trusted(peer, trusted):
        return Origin(counted(peer), request.scheme == "https", request.host.lower())
    forwarded = request.forwarded[-1] if request.forwarded else {}
    scheme = _first(request.headers.get("X-Forwarded-Proto")) or forwarded.get("proto", "") or request.scheme
    host = _first(request.headers.get("X-Forwarded-Host")) or forwarded.get("host", "") or request.host
    return Origin(counted(_sender(request, peer, trusted)), scheme.lower() == "https", host.lower())


def is_own_host(host: str, addresses: Sequence[str]) -> bool:
    """Whether a host is that of one of these URLs, their scheme's usual port named or not."""
    return any(host in _hosts(address) for address in addresses)


def _hosts(address: str) -> set[str]:
    parts = urlsplit(address.lower())
    usual = DEFAULT_PORTS.get(parts.scheme, "")
    return {parts.netloc, parts.netloc.removesuffix(usual), f"{parts.netloc.removesuffix(usual)}{usual}"}


def _first(value: str | None) -> str:
    return (value or "").split(",")[0].strip()


def _sender(request: web.BaseRequest, peer: str, trusted: Sequence[Network]) -> str:
    """The last address of the chain that is no proxy of ours."""
    written = [_bare(part) for value in request.headers.getall("X-Forwarded-For", ()) for part in value.split(",")]
    standard = [_bare(hop.get("for", "")) for hop in request.forwarded]
    if written and standard and written[-1] != standard[-1]:
        return peer
    chain = written or standard
    for address in reversed(chain):
        if not is_trusted(address, trusted):
            return address if _is_address(address) else peer
    return chain[0] if chain else peer


def _bare(address: str) -> str:
    """An address without the port and the brackets that it may bear."""
    address = address.strip().strip('"')
    if address.startswith("["):
        return address[1:].partition("]")[0]
    return address.partition(":")[0] if address.count(":") == 1 else address


def _is_address(text: str) -> bool:
    try:
        ip_address(text)
    except ValueError:
        return False
    return True


def is_trusted(address: str, trusted: Sequence[Network]) -> bool:
    return _is_address(address) and any(ip_address(address) in network for network in trusted)


def counted(address: str) -> str:
    """As what an address is counted: whoever has one IPv6 address has a network of them."""
    if not _is_address(address):
        return address
    known = ip_address(address)
    if isinstance(known, IPv6Address):
        return str(known.ipv4_mapped or IPv6Network((int(known) >> 64 << 64, 64)))
    return str(known)
