"""The channels through which people are written to unasked, and what a delivery says of the one that it takes."""

from __future__ import annotations

from dataclasses import dataclass

__all__ = ["MAIL", "PUSHED", "TELEGRAM", "Reached"]

TELEGRAM = "telegram"
MAIL = "mail"

PUSHED = (TELEGRAM, MAIL)
"""Channels that messages can be sent to, whoever spoke last; a browser is none."""


@dataclass(frozen=True, slots=True)
class Reached:
    """Where somebody is written to: the channel, and their address there as a text."""

    channel: str
    address: str
