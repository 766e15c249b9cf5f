"""`stocktaking doctor`: what is set, reachable and missing, in words that an organizer understands.

Nothing stops the look: what cannot be used is one finding, and the rest is looked at all the same. Nothing is changed.
"""

from __future__ import annotations

from bot.doctor import database, environment, machine, network
from bot.doctor import deep as everything
from bot.doctor.finding import Finding
from bot.settings import Settings

__all__ = ["Finding", "examine"]


async def examine(*, deep: bool = False) -> list[Finding]:
    """Look at everything the service needs; `deep`: at everything that is kept, too, which may take minutes."""
    settings, mistakes = Settings.read_what_can_be()
    return [
        *environment.look(settings, mistakes),
        *await database.look(settings),
        *machine.look(settings),
        *await network.look(settings),
        *await network.look_at_mail(settings),
        *(await everything.look(settings) if deep else ()),
    ]
