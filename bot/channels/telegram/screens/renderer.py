"""Screens as Telegram shows them: HTML within its limits, keyboards, choices that say what they are."""

from __future__ import annotations

import html
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from urllib.parse import quote

from aiogram.types import CopyTextButton, ForceReply, InlineKeyboardButton, InlineKeyboardMarkup, User

from bot.export.csv_cells import BOM
from bot.export.csv_tables import as_csv, plainly
from bot.turns.outcome import Outcome
from dialogs.charts import Picture
from dialogs.domain.messages import Code, M, Value
from dialogs.domain.offline import Document
from dialogs.screens import Choice, Expect, Kind, Line, Screen, Style
from locales.words import TELEGRAM, Words

__all__ = [
    "RenderContext",
    "RenderedMessage",
    "chosen_line",
    "leads_elsewhere",
    "plainer",
    "rendered_messages",
    "without_addresses",
]

LONGEST = 3_900
"""UTF-16 units of a message that are used: below Telegram's 4,096, so that tags and marks never matter."""

LONG_QUOTE = 2_500
"""Characters of a quoted text after which it is sent as a file."""

FRAMES = {
    Kind.PROGRESS: "<i>{}</i>",
    Kind.TITLE: "<b>{}</b>",
    Kind.TEXT: "{}",
    Kind.HINT: "<i>{}</i>",
    Kind.NOTE: "{}",
    Kind.ERROR: "<b>!</b> {}",
    Kind.ITEM: "• {}",
    Kind.QUOTE: "<blockquote>{}</blockquote>",
}

STYLES = {Style.PRIMARY: "primary", Style.DANGER: "danger"}


LONGEST_PLACEHOLDER = 64
LONGEST_COPY = 256
DEEP_LINK = re.compile(r"/start ([A-Za-z0-9_-]{1,64})")
TAG = re.compile(r"</?[a-z][^<>]*>")


@dataclass(slots=True)
class RenderContext:
    """What showing needs beside a screen: the words, and the bot as Telegram knows it (None: not yet known).

    Links to the bot bear its name, and searching within the chat needs a bot with inline mode.
    """

    words: Words
    me: User | None = None

    def link(self, payload: str) -> str | None:
        """The address that opens this bot with a payload."""
        return f"https://t.me/{self.me.username}?start={payload}" if self.me and self.me.username else None

    @property
    def searches(self) -> bool:
        return bool(self.me and self.me.supports_inline_queries)


@dataclass(frozen=True, slots=True)
class RenderedMessage:
    """One message: HTML, and the keyboard under it; or a text that is better sent as a file of a name, a picture, or a
    template that is made when it goes out.
    """

    html: str
    keyboard: InlineKeyboardMarkup | ForceReply | None = None
    file: str | None = None
    name: str = "stocktaking.json"
    picture: Picture | None = None
    language: str = "en"
    document: Document | None = None


def rendered_messages(screen: Screen, look: RenderContext, outcome: Outcome) -> list[RenderedMessage]:
    """The messages that show a screen; the last one bears the keyboard."""
    words, language = look.words, outcome.language
    files = [line.text for line in screen.lines if _is_file(line)]
    lines = [_linked(line, look) for line in screen.lines if not _is_file(line)]
    blocks = [_block(line, words, language, outcome.zone) for line in lines]
    if outcome.access:
        blocks += list(_numbered(screen, words, language))
    if _only_typed(screen):
        blocks.append((Kind.HINT, f"/back: {words.say(M('choice.back'), language, markup=TELEGRAM)}"))
    texts = list(_packed(blocks)) or ["…"]
    found = [RenderedMessage(text) for text in texts[:-1]]
    found += [RenderedMessage("", file=str(text)) for text in files]
    if screen.table is not None:
        text = BOM + as_csv(screen.table, lambda value: plainly(value, words, language))
        found.append(RenderedMessage("", file=text, name=f"{screen.table.name}.csv"))
    found += [RenderedMessage("", document=each) for each in screen.documents if each.send]
    if screen.picture is not None:
        alt = words.say(screen.picture.alt, language, markup=TELEGRAM)
        found.insert(0, RenderedMessage(alt, picture=screen.picture, language=language))
    keyboard = _placeholder(screen, words, language) or _keyboard(screen, look, language)
    return [*found, RenderedMessage(texts[-1], keyboard, language=language)]


def plainer(letter: RenderedMessage) -> RenderedMessage:
    """The same words without mark-up, and buttons without styles, for servers that know less. Those that copy go: what
    they copy stands in the text.
    """
    text = html.unescape(TAG.sub("", letter.html))
    if not isinstance(letter.keyboard, InlineKeyboardMarkup):
        return RenderedMessage(text)
    kept = [[button for button in row if button.copy_text is None] for row in letter.keyboard.inline_keyboard]
    rows = [[button.model_copy(update={"style": None}) for button in row] for row in kept if row]
    return RenderedMessage(text, InlineKeyboardMarkup(inline_keyboard=rows) if rows else None)


def leads_elsewhere(letter: RenderedMessage) -> bool:
    """Whether buttons below it open addresses, which Telegram may refuse."""
    keyboard = letter.keyboard
    return isinstance(keyboard, InlineKeyboardMarkup) and any(b.url for row in keyboard.inline_keyboard for b in row)


def without_addresses(letter: RenderedMessage, why: str) -> RenderedMessage:
    """The same without the buttons that open addresses; `why` stands below it."""
    assert isinstance(letter.keyboard, InlineKeyboardMarkup)  # only such a letter leads elsewhere
    kept = [[button for button in row if not button.url] for row in letter.keyboard.inline_keyboard]
    keyboard = InlineKeyboardMarkup(inline_keyboard=[row for row in kept if row])
    return replace(letter, html=f"{letter.html}\n\n{why}", keyboard=keyboard)


def _linked(line: Line, look: RenderContext) -> Line:
    """A command that would be sent on to somebody else, as the link that does the same."""
    found = DEEP_LINK.fullmatch(line.text.text) if isinstance(line.text, Code) else None
    link = look.link(found[1]) if found else None
    return Line(line.kind, Code(link)) if link else line


def _is_file(line: Line) -> bool:
    return line.kind is Kind.QUOTE and isinstance(line.text, str) and len(line.text) > LONG_QUOTE


def _block(line: Line, words: Words, language: str, zone: str | None) -> tuple[Kind, str]:
    text = line.text[: LONGEST // 2] + "…" if isinstance(line.text, str) and units(line.text) > LONGEST else line.text
    return line.kind, FRAMES[line.kind].format(words.say(text, language, zone=zone, markup=TELEGRAM))


def _packed(blocks: list[tuple[Kind, str]]) -> Iterator[str]:
    """Blocks as messages within the limit: items close together, everything else as paragraphs."""
    text, before = "", None
    for kind, block in blocks:
        gap = "\n" if kind is before and kind in (Kind.ITEM, Kind.NOTE) else "\n\n"
        if text and units(text) + units(block) + 2 > LONGEST:
            yield text
            text = ""
        text = f"{text}{gap}{block}" if text else block
        before = kind
    if text:
        yield text


def units(text: str) -> int:
    """The length of a text as Telegram counts it, in UTF-16 units."""
    return len(text.encode("utf-16-le")) // 2


def _numbered(screen: Screen, words: Words, language: str) -> Iterator[tuple[Kind, str]]:
    """Every choice as a line of text, for people who read by ear."""
    for row in screen.rows:
        for choice in row:
            label = words.say(choice.label, language, markup=TELEGRAM)
            number = f"{choice.number}. " if choice.number is not None else ""
            yield Kind.ITEM, f"{number}{_mark(choice)}{label}"


def _mark(choice: Choice) -> str:
    return "✓ " if choice.chosen else ""


def _keyboard(screen: Screen, look: RenderContext, language: str) -> InlineKeyboardMarkup | None:
    mirrored = look.words.direction(language) == "rtl"
    rows = [[_button(choice, screen.stamp, look, language) for choice in row] for row in screen.rows]
    rows += [[button] for button in (*_sharing(screen, look, language), *_searching(screen, look, language))]
    shown = [row[::-1] if mirrored else row for row in rows if row]
    return InlineKeyboardMarkup(inline_keyboard=shown) if shown else None


def _button(choice: Choice, place: str, look: RenderContext, language: str) -> InlineKeyboardButton:
    text = f"{_mark(choice)}{look.words.say(choice.label, language)}"
    style = STYLES.get(choice.style)
    if choice.url is not None:
        return InlineKeyboardButton(text=text, url=choice.url, style=style)
    if choice.copies is not None:
        copied = _copied(choice.copies, look)
        if len(copied) <= LONGEST_COPY:
            return InlineKeyboardButton(text=text, copy_text=CopyTextButton(text=copied), style=style)
    return InlineKeyboardButton(text=text, callback_data=f"{place}|{choice.code}", style=style)


def _copied(text: str, look: RenderContext) -> str:
    found = DEEP_LINK.fullmatch(text)
    return (look.link(found[1]) if found else None) or text


def _sharing(screen: Screen, look: RenderContext, language: str) -> Iterator[InlineKeyboardButton]:
    """Beside a link that is to be copied, a way to send it to somebody at once."""
    for choice in (choice for row in screen.rows for choice in row):
        found = DEEP_LINK.fullmatch(choice.copies or "")
        link = look.link(found[1]) if found else None
        if link is not None:
            share = f"https://t.me/share/url?url={quote(link, safe='')}"
            yield InlineKeyboardButton(text=look.words.say(M("telegram.share"), language), url=share)


def _searching(screen: Screen, look: RenderContext, language: str) -> Iterator[InlineKeyboardButton]:
    """Lists too long to be shown are searched while one types."""
    paged = any(choice.code.startswith(".page:") for row in screen.rows for choice in row)
    if look.searches and screen.rows and (paged or screen.expects is Expect.SEARCH):
        text = look.words.say(M("telegram.search"), language)
        yield InlineKeyboardButton(text=text, switch_inline_query_current_chat="")


def _only_typed(screen: Screen) -> bool:
    """Whether nothing but words is wanted, and the only button leads back."""
    return screen.placeholder is not None and [c.code for row in screen.rows for c in row] == [".back"]


def _placeholder(screen: Screen, words: Words, language: str) -> ForceReply | None:
    """Words in the empty input field. Telegram takes either these or buttons: so only where nothing is to be chosen,
    and the way back is a command in the text.
    """
    if screen.placeholder is None or not _only_typed(screen):
        return None
    text = words.say(screen.placeholder, language)[:LONGEST_PLACEHOLDER]
    return ForceReply(force_reply=True, input_field_placeholder=text)


def chosen_line(label: Value, words: Words, language: str) -> str:
    """What was chosen, to stand in the old message."""
    return f"<b>✓ {words.say(label, language, markup=TELEGRAM)}</b>"
