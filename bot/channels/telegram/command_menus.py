"""Organizers' menus: in their own chats the command list shows what their role may do; nobody else's shows it."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Mapping
from dataclasses import dataclass

from aiogram.methods import DeleteMyCommands, SetMyCommands
from aiogram.types import BotCommand, BotCommandScopeChat
from sqlmodel import Session

from bot.app import App
from bot.channels.telegram.api_client import ApiClient, Refused
from bot.channels.telegram.bot_profile import COMMANDS
from bot.channels.telegram.screens.screen_sender import CHANNEL
from dialogs.domain.messages import Message
from dialogs.domain.roles import Role
from dialogs.organizers import menu
from storage.organizers import organizers, telegram_menus
from storage.people import people
from storage.tables import PersonRow

__all__ = ["CommandMenus"]

log = logging.getLogger(__name__)

EVERY = 2.0
"""Seconds between looks, a few small queries each. The right itself is checked at every command."""


@dataclass(frozen=True, slots=True)
class Menu:
    """An organizer's commands, and the language that they are described in."""

    role: Role
    names: tuple[str, ...]
    language: str


class CommandMenus:
    """Keeps the lists of organizers' chats in step with their roles."""

    def __init__(self, app: App, sender: ApiClient) -> None:
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
        for address in await self.app.database.read(telegram_menus.made) - set(wanted):
            await self._take_away(address)
        for address, wish in wanted.items():
            if self._shown.get(address) != wish:
                await self._make(address, wish)

    async def _make(self, address: str, wish: Menu) -> None:
        # Noted first: a list that may have been made is taken away one day, too.
        await self.app.database.write(lambda session: telegram_menus.note(session, address, wish.role))
        commands = [self._command(name, wish.language) for name in (*wish.names, *COMMANDS)]
        await self._try(SetMyCommands(commands=commands, scope=BotCommandScopeChat(chat_id=int(address))))
        self._shown[address] = wish

    async def _take_away(self, address: str) -> None:
        await self._try(DeleteMyCommands(scope=BotCommandScopeChat(chat_id=int(address))))
        await self.app.database.write(lambda session: telegram_menus.taken_away(session, address))
        self._shown.pop(address, None)

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
            found[address] = Menu(each.role, names, session.get_one(PersonRow, each.person).language)
    return found
