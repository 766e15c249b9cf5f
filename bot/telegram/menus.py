"""Organizers' menus: in their own chats the command list shows what their role may do; nobody else's shows it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping

from aiogram.methods import DeleteMyCommands, SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat
from sqlmodel import Session

from bot.app import App
from bot.telegram.delivering import CHANNEL
from bot.telegram.presenting import COMMANDS
from bot.telegram.sending import Refused, Sender
from dialogs.messages import Message
from dialogs.organizing import menu
from storage import organizers, people
from storage.tables import PersonRow

__all__ = ["Menus"]

log = logging.getLogger(__name__)

EVERY = 15.0
"""Seconds between looks. The right itself is checked at every command: this is only what the list shows."""

Menu = tuple[tuple[str, ...], str]
"""Commands, and the language that they are described in."""


class Menus:
    """Keeps the lists of organizers' chats in step with their roles."""

    def __init__(self, app: App, sender: Sender) -> None:
        self.app = app
        self.sender = sender
        self._shown: dict[str, Menu] = {}

    async def run(self) -> None:
        """Look and set for ever."""
        while True:
            try:
                await self._in_step(await self.app.database.read(_wanted))
            except Exception as error:  # noqa: BLE001  the next look is as good
                log.warning("organizers' menus could not be set: %r", error)
            await asyncio.sleep(EVERY)

    async def _in_step(self, wanted: Mapping[str, Menu]) -> None:
        for address in set(self._shown) - set(wanted):
            await self._try(DeleteMyCommands(scope=BotCommandScopeChat(chat_id=int(address))))
            del self._shown[address]
        for address, (names, language) in wanted.items():
            if self._shown.get(address) != (names, language):
                commands = [self._command(name, language) for name in (*names, *COMMANDS)]
                await self._try(SetMyCommands(commands=commands, scope=BotCommandScopeChat(chat_id=int(address))))
                self._shown[address] = (names, language)

    def _command(self, name: str, language: str) -> BotCommand:
        return BotCommand(command=name, description=self.app.words.say(Message(f"command.{name}"), language))

    async def _try(self, method: SetMyCommands | DeleteMyCommands) -> None:
        try:
            await self.sender.call(method)
        except Refused as refusal:
            log.info("an organizer's menu was refused: %s", refusal)


def _wanted(session: Session) -> dict[str, Menu]:
    """Each organizer's Telegram address, with the commands of their role."""
    found: dict[str, Menu] = {}
    for each in organizers.everyone(session):
        address = people.address(session, each.person, CHANNEL)
        if address is not None:
            names = (menu.ENTRY.name, *(entry.name for entry in menu.entries_for(each.role)))
            found[address] = (names, session.get_one(PersonRow, each.person).language)
    return found
