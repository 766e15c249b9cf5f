"""Addresses that a push may go to: those of the public internet, and networks that the settings allow.

Names are resolved here, and the connection goes to the very addresses that were looked at: a name that leads
elsewhere a moment later leads nowhere.
"""

from __future__ import annotations

import socket
from collections.abc import Sequence
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from aiohttp import DefaultResolver
from aiohttp.abc import AbstractResolver, ResolveResult

__all__ = ["GuardedResolver", "PrivateAddressError", "is_allowed"]


class PrivateAddressError(OSError):
    """The receiver's name leads into a network that is not allowed."""


def is_allowed(address: str, networks: Sequence[IPv4Network | IPv6Network]) -> bool:
    """Whether a connection may go to this IP address."""
    ip: IPv4Address | IPv6Address = ip_address(address.partition("%")[0])
    if isinstance(ip, IPv6Address) and ip.ipv4_mapped is not None:
        ip = ip.ipv4_mapped
    if any(ip.version == network.version and ip in network for network in networks):
        return True
    return ip.is_global and not ip.is_multicast


class GuardedResolver(AbstractResolver):
    """aiohttp's resolver, less the addresses that are not allowed."""

    def __init__(self, networks: Sequence[IPv4Network | IPv6Network]) -> None:
        self._networks = networks
        self._inner = DefaultResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        found = await self._inner.resolve(host, port, family)
        allowed = [each for each in found if is_allowed(each["host"], self._networks)]
        if not allowed:
            raise PrivateAddressError(f"{host} leads to no public address")
        return allowed

    async def close(self) -> None:
        await self._inner.close()
