"""Joining two apps as an honest person does: a code from the one, written in the other, and a yes in both."""

from __future__ import annotations

import re

from tests.driver import Person

__all__ = ["asks", "code_of", "join"]


async def code_of(maker: Person) -> str:
    """The code that an app shows for another one."""
    await maker.does("join")
    found = re.search(r"/join (\S+)", maker.text)
    assert found, maker.text
    return found[1]


async def asks(other: Person, maker: Person) -> None:
    """The other app has written the maker's code and said yes."""
    await other.does("join", await code_of(maker))
    await other.taps("yes")
    assert other.screen.name == "joining_waits", other.text


async def join(other: Person, maker: Person) -> None:
    """Both have said yes: the other app is the maker's."""
    await asks(other, maker)
    await maker.taps("look")
    await maker.taps("yes")
    maker.sees("joined now")
