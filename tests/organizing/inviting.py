"""Bringing organizers in, as they come in real life: by a one-time link."""

from __future__ import annotations

import re

from tests.driver import Person

__all__ = ["invitation", "joins"]


async def invitation(owner: Person, role: str) -> str:
    """What a new organizer writes to the bot to become one."""
    await owner.does("organizers")
    await owner.taps(".invite")
    await owner.taps(role)
    found = re.search(r"/start (org-\S+)", owner.text)
    assert found, owner.text
    return found[1]


async def joins(owner: Person, person: Person, role: str) -> Person:
    """The person follows an invitation of the owner."""
    await person.does("start", await invitation(owner, role))
    if person.screen.name == "language":
        await person.taps("English")
    assert person.screen.name == "organize", person.text
    return person
