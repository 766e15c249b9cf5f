"""Searching while one types: the options of the open question, as Telegram's inline results."""

from __future__ import annotations

from aiogram.methods import AnswerInlineQuery
from aiogram.types import InlineQueryResultArticle, InlineQueryResultUnion, InputTextMessageContent
from sqlmodel import Session

from bot.app import App
from bot.channels.telegram.intake.parse_update import Asked
from dialogs.messages import Value
from dialogs.state import Conversation
from storage.people import conversations, people

__all__ = ["InlineSearch"]

CHANNEL = "telegram"
MOST = 50
"""Telegram's limit for one answer."""


class InlineSearch:
    """Finds options by what somebody has typed so far. A result that is chosen is sent as a message of its own."""

    def __init__(self, app: App) -> None:
        self.app = app

    async def answer(self, asked: Asked) -> AnswerInlineQuery:
        """The answer to an inline query: personal and not kept, as the open question changes with every message."""
        conversation = await self._conversation(asked.address)
        results: list[InlineQueryResultUnion] = []
        if conversation is not None:
            found = self.app.turns.search(conversation, asked.text)
            results = [self._result(n, label, conversation.person.language) for n, label in enumerate(found[:MOST])]
        return AnswerInlineQuery(inline_query_id=asked.query, results=results, cache_time=0, is_personal=True)

    def _result(self, number: int, label: Value, language: str) -> InlineQueryResultArticle:
        text = self.app.words.say(label, language)
        return InlineQueryResultArticle(
            id=str(number), title=text, input_message_content=InputTextMessageContent(message_text=text)
        )

    async def _conversation(self, address: str) -> Conversation | None:
        turns = self.app.turns

        def find(session: Session) -> Conversation | None:
            person = people.person_at(session, CHANNEL, address)
            return conversations.load(session, person, turns.now(), turns.portions) if person is not None else None

        return await self.app.database.read(find)
