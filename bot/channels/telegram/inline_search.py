"""Searching while one types, as Telegram's inline results: the options of the open question, else published entries.

An entry that is picked goes into the chat where its picker types, with its address: that is how entries are shared.
"""

from __future__ import annotations

from aiogram.methods import AnswerInlineQuery
from aiogram.types import InlineQueryResultArticle, InlineQueryResultUnion, InputTextMessageContent
from sqlmodel import Session

from bot.app import App
from bot.channels.telegram.intake.parse_update import Asked
from dialogs.domain.conversation import Conversation
from dialogs.domain.messages import Code, M, Value
from dialogs.domain.organizers.entry_search import FoundEntry
from locales.words import SOURCE
from storage.entries import published_search
from storage.people import conversations, people

__all__ = ["InlineSearch"]

CHANNEL = "telegram"
MOST = 50
"""Telegram's limit for one answer."""
ENTRIES = 20
LONGEST = 120
"""Characters of a title that are shown in the list; an app shows about one line."""


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
        if not results:
            language = conversation.person.language if conversation is not None else SOURCE
            results = await self._entries(asked.text, language)
        return AnswerInlineQuery(inline_query_id=asked.query, results=results, cache_time=0, is_personal=True)

    def _result(self, number: int, label: Value, language: str) -> InlineQueryResultArticle:
        text = self.app.words.say(label, language)
        return InlineQueryResultArticle(
            id=str(number), title=text, input_message_content=InputTextMessageContent(message_text=text)
        )

    async def _entries(self, text: str, language: str) -> list[InlineQueryResultUnion]:
        found = await self.app.database.read(lambda session: published_search.begun(session, text, ENTRIES))
        return [self._entry(entry, language) for entry in found]

    def _entry(self, entry: FoundEntry, language: str) -> InlineQueryResultArticle:
        site = self.app.settings.public_url
        address = f"{site}/register/{language}/{entry.reference}" if site else ""
        reference, address_ = Code(entry.reference), Code(address) if address else ""
        said = M(
            "explore.shared",
            title=entry.title,
            organisation=entry.organisation,
            reference=reference,
            address=address_,
        )
        text = self.app.words.say(said, language).strip()
        return InlineQueryResultArticle(
            id=entry.reference,
            title=entry.title[:LONGEST],
            description=entry.organisation[:LONGEST],
            input_message_content=InputTextMessageContent(message_text=text),
        )

    async def _conversation(self, address: str) -> Conversation | None:
        turns = self.app.turns

        def find(session: Session) -> Conversation | None:
            person = people.person_at(session, CHANNEL, address)
            return conversations.load(session, person, turns.now(), turns.portions) if person is not None else None

        return await self.app.database.read(find)
