"""From what somebody is told to a letter by mail, with the links that it carries.

A letter about a draft has one personal link, to that draft alone. Everything else leads to the site as anybody finds
it. All letters carry a way out that needs no log-in.
"""

from __future__ import annotations

import secrets
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import datetime

from sqlmodel import Session

from bot.channels.mail.letter import Action, Letter, Paragraph, Sender, envelope_address, message
from bot.delivery.ledger import Parcel, Skipped
from dialogs.domain.messages import Code, M, Message
from dialogs.domain.notice import NoticeKind
from dialogs.screens import Choice, Kind, Line, Screen, Style
from dialogs.text import html_subset
from locales.words import HTML, Words
from storage.announcements import announcements
from storage.mail import letter_tokens
from storage.messaging import letter_ids
from storage.messaging.deliveries import Claimed
from storage.messaging.notices import Notice
from storage.messaging.reach import OWN_AFFAIRS
from storage.organizers import organizers
from storage.tables import MailboxRow, PersonRow

__all__ = ["MailComposer"]

WHY = {"drafts": M("letters.why_drafts"), "desk": M("letters.why_desk")}
"""Why somebody gets a letter, by its topic; announcements have their own."""
KINDS = {Kind.TITLE: "title", Kind.HINT: "hint", Kind.QUOTE: "quote", Kind.ITEM: "item"}
STAYS = ("desk.reply",)
"""Lines that are about a reply in the chat, which a letter has none of."""
ANSWER = "letters.reply"
INSTEAD = {
    "desk.write_again": ANSWER,
    "round.until": "letters.round_until",
    "stale.how": "letters.stale_how",
}
"""Texts that speak of several buttons or of commands, and what a letter says in their place."""
CONTINUES = ("remind:continue:", "remind:keep:")
"""Choices that are about a draft, by the beginning of their code."""


class MailComposer:
    """`site` is the address of our pages, without a slash at its end; `owner` who runs them.

    `answered`: somebody reads what is written to where letters come from.
    """

    def __init__(
        self,
        words: Words,
        sender: Sender,
        site: str,
        *,
        owner: str = "",
        answered: bool = False,
        token: Callable[[], str] = lambda: secrets.token_urlsafe(24),
    ) -> None:
        self._words = words
        self._sender = sender
        self._site = site
        self._owner = owner
        self._answered = answered
        self._token = token

    def confirmation(self, session: Session, claimed: Claimed, now: datetime) -> Parcel | Skipped:
        """The first letter to an address: is it read by who gave it? Nothing else goes there before."""
        box, reader = session.get(MailboxRow, claimed.person), session.get(PersonRow, claimed.person)
        if box is None or reader is None or not box.agreed or box.confirmed is not None:
            return Skipped("no_longer_meant")
        token = self._minted(session, claimed.person, box.address, "desk", now, confirms=True)
        screen = Screen(
            "letters/confirm",
            (Line(Kind.TITLE, M("letters.confirm_title")), Line(Kind.TEXT, M("letters.confirm_text"))),
        )
        button = Action(self._words.say(M("letters.confirm_button"), reader.language), self._page(token))
        letter = self._letter(screen, (reader.language, reader.zone), (button,), M("letters.why_confirm"), token)
        return self._parcel(session, claimed, letter, box.address, token, now)

    def screen(
        self,
        session: Session,
        claimed: Claimed,
        notice: Notice,
        screen: Screen,
        reads: tuple[str, str | None],
        address: str,
        now: datetime,
    ) -> Parcel | Skipped:
        """A screen as a letter. Its first choice is the button; the others stand on the page that this leads to."""
        topic = notice.topic if notice.topic in OWN_AFFAIRS else "desk"
        first = next((choice for row in screen.rows for choice in row if choice.style is Style.PRIMARY), None)
        draft = _draft_of(screen)
        if draft is not None and organizers.role_of(session, claimed.person) is not None:
            draft = None  # who may do more than others comes by their own way
        token = self._minted(session, claimed.person, address, topic, now, draft=draft)
        url = self._page(token) if draft is not None else f"{self._site}/chat"
        label = first.label if first is not None and draft is not None else M("letters.open_site")
        actions = () if notice.kind == NoticeKind.RECEIPT.value else (Action(self._words.say(label, reads[0]), url),)
        letter = self._letter(screen, reads, actions, WHY[topic], token)
        return self._parcel(session, claimed, letter, address, token, now, notice.revision)

    def announcement(
        self,
        session: Session,
        claimed: Claimed,
        notice: Notice,
        texts: Mapping[str, str],
        address: str,
        now: datetime,
    ) -> Parcel | Skipped:
        """An announcement as a letter, in its reader's language."""
        reader = session.get_one(PersonRow, claimed.person)
        read_in, html = announcements.text_for(texts, reader.language, notice.language)
        plain = html_subset.readable(html)
        token = self._minted(session, claimed.person, address, notice.topic, now)
        actions = tuple(
            Action(announcements.text_for(each["label"], read_in, notice.language)[1], each["url"])
            for each in notice.buttons
        )
        letter = Letter(
            html_subset.excerpt(html, LONGEST_SUBJECT),
            read_in,
            self._words.direction(read_in),
            (Paragraph("text", plain, html_subset.for_pages(html)),),
            actions,
            self._foot(read_in, M("letters.why_news")),
            self._stop(read_in, token),
        )
        return self._parcel(session, claimed, letter, address, token, now, notice.revision)

    def _letter(
        self,
        screen: Screen,
        reads: tuple[str, str | None],
        actions: tuple[Action, ...],
        why: Message,
        token: str,
    ) -> Letter:
        language, zone = reads
        lines = [_for_a_letter(line) for line in screen.lines if _key(line) not in STAYS]
        lines = [line for line in lines if self._answered or _key(line) != ANSWER]
        title = next((line.text for line in lines if line.kind is Kind.TITLE), lines[0].text)
        paragraphs = tuple(
            Paragraph(
                KINDS.get(line.kind, "text"),
                self._words.say(line.text, language, zone=zone),
                self._words.say(line.text, language, zone=zone, markup=HTML),
            )
            for line in lines
        )
        return Letter(
            self._words.say(title, language, zone=zone),
            language,
            self._words.direction(language),
            paragraphs,
            actions,
            self._foot(language, why),
            self._stop(language, token),
        )

    def _foot(self, language: str, why: Message) -> tuple[str, ...]:
        who = M("letters.who", owner=self._owner or self._sender.name, site=Code(self._site))
        return tuple(self._words.say(each, language) for each in (who, why))

    def _stop(self, language: str, token: str) -> Action:
        return Action(self._words.say(M("letters.stop"), language), f"{self._page(token)}/stop")

    def _parcel(
        self,
        session: Session,
        claimed: Claimed,
        letter: Letter,
        address: str,
        token: str,
        now: datetime,
        revision: int = 1,
    ) -> Parcel | Skipped:
        try:
            made = message(
                letter,
                self._sender,
                address,
                id=letter_ids.of(session, claimed.id),
                one_click=f"{self._page(token)}/stop",
                at=now,
            )
            return Parcel(envelope_address(address), made, revision)
        except ValueError:  # no mail server would take such an address
            return Skipped("unreachable")

    def _minted(
        self,
        session: Session,
        person: int,
        address: str,
        topic: str,
        now: datetime,
        *,
        draft: str | None = None,
        confirms: bool = False,
    ) -> str:
        token = self._token()
        letter_tokens.mint(session, token, person, address, topic, now, draft=draft, confirms=confirms)
        return token

    def _page(self, token: str) -> str:
        return f"{self._site}/letter/{token}"


LONGEST_SUBJECT = 78
"""Characters of an announcement's first words that are its subject."""


def _for_a_letter(line: Line) -> Line:
    """A line of a screen, in the words for a letter."""
    key = INSTEAD.get(_key(line))
    return replace(line, text=replace(line.text, key=key)) if key and isinstance(line.text, Message) else line


def _key(line: Line) -> str:
    return line.text.key if isinstance(line.text, Message) else ""


def _draft_of(screen: Screen) -> str | None:
    """The draft that a screen's choices are about, if they are about one."""
    return next((draft for row in screen.rows for choice in row if (draft := _named(choice))), None)


def _named(choice: Choice) -> str | None:
    for beginning in CONTINUES:
        if choice.code.startswith(beginning):
            return choice.code.removeprefix(beginning) or None
    return None
