"""Public channels: people read what is posted there; a bot posts when it is an administrator who may."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Any

from tests.botapi.people import Person
from tests.botapi.refusals import Refusal, bad, forbidden

if TYPE_CHECKING:
    from tests.botapi.server import BotApi

__all__ = ["Channel"]

NEEDED = (
    *("can_manage_chat", "can_delete_messages", "can_manage_video_chats", "can_restrict_members"),
    *("can_promote_members", "can_change_info", "can_invite_users", "can_post_stories", "can_edit_stories"),
    *("can_delete_stories", "can_post_messages", "can_edit_messages"),
)
"""An administrator's rights, as Telegram tells them (Bot API, `ChatMemberAdministrator`)."""


class Channel(Person):
    """`shown` is what stands there, oldest first. `rights`: the bot's, by Telegram's names; None: it is no member."""

    def __init__(self, server: BotApi, id: int, name: str, owner: Person) -> None:
        super().__init__(server, id, name.removeprefix("@"), "en")
        self.username = name.removeprefix("@")
        self.owner = owner
        self.rights: frozenset[str] | None = None

    @property
    def chat(self) -> dict[str, Any]:
        return {"id": self.id, "type": "channel", "title": self.name, "username": self.username}

    @property
    def refusal(self) -> Refusal | None:
        """Why the bot may not post here."""
        if self.rights is None:
            return forbidden("bot is not a member of the channel chat")
        if "can_post_messages" not in self.rights:
            return bad("need administrator rights in the channel chat")
        return None

    @property
    def bot(self) -> None:
        """Nobody is named as the sender of a post."""

    @property
    def lets_delete(self) -> bool:
        return "can_delete_messages" in (self.rights or ())

    def check_markup(self, markup: Any) -> None:
        """In a channel there are no keyboards in place of the readers' own, and nobody is made to reply."""
        if markup and "inline_keyboard" not in markup:
            raise bad("inline keyboard expected")

    async def appoints_bot(self, *rights: str) -> None:
        """Make the bot an administrator with these rights."""
        before, self.rights = self._member, frozenset(rights)
        await self._changed(before)

    async def dismisses_bot(self) -> None:
        before, self.rights = self._member, None
        await self._changed(before)

    @property
    def _member(self) -> dict[str, Any]:
        bot, rights = self.server.me, self.rights
        if rights is None:
            return {"user": bot, "status": "left"}
        can = {right: right in rights for right in NEEDED}
        return {"user": bot, "status": "administrator", "can_be_edited": False, "is_anonymous": False, **can}

    async def _changed(self, before: dict[str, Any]) -> None:
        people = {"chat": self.chat, "from": self.owner.user}
        change = {**people, "date": int(time.time()), "old_chat_member": before, "new_chat_member": self._member}
        await self.server.push({"my_chat_member": change}, ("chat", self.id))

    async def sends(self, **content: Any) -> dict[str, Any]:
        """The owner posts. The bot hears of it when it is a member; nobody is named as the sender."""
        message = self.server.make_message(self.chat, None, **content)
        self.shown.append(message)
        if self.rights is not None:
            await self.server.push({"channel_post": message}, ("chat", self.id))
        return message
