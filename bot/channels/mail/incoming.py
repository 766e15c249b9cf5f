"""What comes in by mail, read without trust: a letter of ours that came back, an answer to one, or something else.

Anybody can send anything here: too long, nested without end, in a charset that does not exist. Headers are taken as
they stand, since the library's parsers of addresses take seconds for hostile ones, and no pattern looks further than a
bound. Nothing is answered by a program, so no two programs can talk to each other.
"""

from __future__ import annotations

import hashlib
import re
from dataclasses import dataclass
from email import message_from_bytes
from email.message import Message
from email.policy import compat32
from html import unescape

from bot.channels.mail.bounce import Bounce, bounce_of

__all__ = ["LONGEST", "Automatic", "Incoming", "Other", "Reply", "read"]

LONGEST = 500_000
"""Bytes of a message that are read. Pictures and files that somebody adds come after the words."""
DEEPEST = 16
"""Parts of a message that hold parts: each costs a look at every line, and a level of the reader's stack."""
MOST_PARAMETERS = 20_000
"""Semicolons of a message: the library cuts a header at each of them, and copies the rest."""
LONGEST_READ = 100_000
"""Characters in which the words of an answer are looked for."""
LONGEST_TEXT = 3_000
"""Characters of an answer that are passed on, as in the chat; what follows is cut off, and that is said."""
ADDRESS = re.compile(r"[^\s<>@,;:\"]{1,64}@[^\s<>@,;:\"]{1,190}")
IN_BRACKETS = re.compile(rf"<({ADDRESS.pattern})>")
OUR_LINKS = re.compile(r"(https?://[^\s/]{1,300})?/letter/[\w-]{16,64}(/stop)?")
UNSEEN = re.compile(r"<(style|script|title)\b[^<>]*>[^<]*</\1\s*>", re.IGNORECASE)
BREAK = re.compile(r"<(?:br|/p|/div|/li|/tr|/h\d)\b[^<>]*>", re.IGNORECASE)
TAG = re.compile(r"<[^<>]*>")
QUOTED = re.compile(r"^\s*>")
PARTS = re.compile(rb"(?:multipart|message)/", re.IGNORECASE)
BY_A_PROGRAM = ("auto_reply", "bulk", "junk", "list")
MARKS = ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id", "List-Unsubscribe")


@dataclass(frozen=True, slots=True)
class Reply:
    """What somebody answers. `answers`: ids of the letters that it names; `writer`: where it claims to come from."""

    id: str
    answers: str
    writer: str
    text: str


@dataclass(frozen=True, slots=True)
class Automatic:
    """A program wrote it: somebody is away, a letter will come later."""


@dataclass(frozen=True, slots=True)
class Other:
    """Not for us: whoever reads this mailbox should look at it."""


Incoming = Bounce | Reply | Automatic | Other


def read(content: bytes) -> Incoming:
    """What a message is. It never raises, whatever it is given."""
    content = content[:LONGEST]
    if len(PARTS.findall(content)) > DEEPEST or content.count(b";") > MOST_PARAMETERS:
        return Other()
    try:
        found = message_from_bytes(content, policy=compat32)
        return _told_apart(found, content)
    except (ValueError, LookupError, TypeError, AttributeError, RecursionError):
        return Other()  # no message that anybody's program would write


def _told_apart(found: Message, content: bytes) -> Incoming:
    bounce = bounce_of(found)
    if bounce is not None:
        return bounce
    if _is_by_a_program(found):
        return Automatic()
    answers = f"{_header(found, 'References')} {_header(found, 'In-Reply-To')}"
    writer, text = _header(found, "From"), _said(found)
    address = IN_BRACKETS.search(writer) or ADDRESS.search(writer)
    if "@" not in answers or address is None or not text:
        return Other()
    id = _header(found, "Message-ID") or hashlib.sha256(content).hexdigest()
    return Reply(id, answers, address[0].strip("<>"), text)


def _is_by_a_program(found: Message) -> bool:
    """RFC 3834, and what programs older than it do."""
    return (
        _header(found, "Auto-Submitted").partition(";")[0].strip().lower() not in ("", "no")
        or _header(found, "Precedence").lower() in BY_A_PROGRAM
        or any(
            name in found for name in ("X-Autoreply", "X-Autorespond", "X-Auto-Reply", "List-Id", "List-Unsubscribe")
        )
        or _header(found, "Return-Path") == "<>"
        or found.get_content_type() == "multipart/report"
    )


def _said(found: Message) -> str:
    """The words of an answer, without what it quotes, and without the secrets of the letter that it quotes."""
    shown = [part for part in found.walk() if not part.is_multipart() and _is_shown(part)]
    plain = next((part for part in shown if part.get_content_type() == "text/plain"), None)
    html = next((part for part in shown if part.get_content_type() == "text/html"), None)
    words = _decoded(plain) if plain is not None else _of_html(_decoded(html)) if html is not None else ""
    own: list[str] = []
    for line in OUR_LINKS.sub("", words).splitlines():
        if not QUOTED.match(line):
            own.append(line.rstrip())
        elif own and own[-1].endswith((":", "：")):
            own.pop()  # "On Monday somebody wrote:"
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(own)).partition("\n-- \n")[0].partition("\n--\n")[0].strip()
    return text if len(text) <= LONGEST_TEXT else f"{text[:LONGEST_TEXT]}…"


def _of_html(html: str) -> str:
    """The words of a page, up to what it quotes."""
    own = re.split(r"<blockquote\b", html, maxsplit=1, flags=re.IGNORECASE)[0]
    return unescape(TAG.sub("", BREAK.sub("\n", UNSEEN.sub("", own))))


def _is_shown(part: Message) -> bool:
    return not _header(part, "Content-Disposition").lower().startswith("attachment")


def _decoded(part: Message) -> str:
    payload = part.get_payload(decode=True)
    data = payload[: 4 * LONGEST_READ] if isinstance(payload, bytes) else b""
    charset = part.get_content_charset() or "utf-8"
    try:
        text = data.decode(charset, errors="replace")
    except (LookupError, ValueError):
        text = data.decode("utf-8", errors="replace")
    text = text[:LONGEST_READ].replace("\r\n", "\n")
    return "".join(sign for sign in text if sign in "\n\t" or sign.isprintable())


def _header(found: Message, name: str) -> str:
    return " ".join(str(found.get(name, "")).split())[-8_000:]
