"""An organizer comes by a link and goes at once: over the real service, with the command list that Telegram shows."""

from __future__ import annotations

import asyncio
import json
from pathlib import Path
from typing import Any

import pytest

from tests.announcements.announcers import arrives, invited
from tests.botapi import BotApi
from tests.service import Service


def lists(server: BotApi, method: str) -> list[dict[str, Any]]:
    """The calls of a method that are about one chat's command list."""
    made = (call.params for call in server.calls if call.method == method)
    read: list[dict[str, Any]] = [
        {key: _value(each[key]) for key in ("scope", "commands") if key in each} for each in made
    ]
    return [each for each in read if each["scope"]["type"] == "chat"]


def _value(field: Any) -> Any:
    return json.loads(field) if isinstance(field, str) else field


def commands_of(server: BotApi, chat: int) -> set[str]:
    """What the list of this chat showed last."""
    made = [each for each in lists(server, "setMyCommands") if each["scope"]["chat_id"] == chat]
    return {command["command"] for command in made[-1]["commands"]} if made else set()


@pytest.mark.feature("H3", "H6")
async def test_a_link_works_once_and_who_is_dismissed_is_outside_at_once(server: BotApi, tmp_path: Path) -> None:
    settings = {"telegram_token": server.token, "telegram_api_url": server.url, "organizers": "1001"}
    async with Service(tmp_path, **settings) as service:
        olga, ben, carl = await asyncio.gather(*(arrives(server, name) for name in ("Olga", "Ben", "Carl")))
        link = await invited(olga, "reviewer")
        await ben.gets(ben.starts(link))
        assert "Welcome to the organizers. Your role: Reviewer" in ben.text
        await server.until(lambda: "stats" in commands_of(server, ben.id), 30)
        assert not {"calls", "announcements", "organizers", "log"} & commands_of(server, ben.id)

        # The link is used up, and says nothing of what it was for; commands of others do not exist.
        await carl.gets(carl.starts(link))
        assert "This invitation has been used" in carl.text
        assert "Reviewer" not in carl.text
        for command in ("/organize", "/stats", "/swordfish"):
            await carl.gets(carl.says(command))
            assert f"I do not know {command}" in carl.text

        # Ben has the figures open when his role is taken away.
        await ben.gets(ben.says("/stats"))
        figures = ben.shown[-1]
        await olga.gets(olga.says("/organizers"))
        await olga.gets(olga.taps("Change: Ben"))
        await olga.gets(olga.taps("Take the role away"))
        await olga.gets(olga.taps("Yes, remove it"))
        await ben.gets(ben.taps(".back", figures))
        assert "For organizers" not in ben.last
        await ben.gets(ben.says("/stats"))
        assert "I do not know /stats" in ben.text
        await server.until(
            lambda: ben.id in [each["scope"]["chat_id"] for each in lists(server, "deleteMyCommands")], 30
        )
        await olga.gets(olga.says("/log"))
        assert "Ben joined the organizers (Reviewer)" in olga.last
    assert "Traceback" not in service.log, service.log
