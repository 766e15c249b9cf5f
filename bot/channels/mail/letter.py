"""A letter as RFC 5322 wants it: plain text and HTML that say the same, with what mail programs look for.

Every header is set through `email`'s own policy, which refuses line breaks: nothing that somebody wrote can become
another header. Auto-Submitted (RFC 3834) keeps other programs from answering; List-Unsubscribe-Post (RFC 8058) is the
one-click way out.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime
from functools import cache
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape
from markupsafe import Markup

__all__ = ["WIRE", "Action", "Letter", "Paragraph", "Sender", "envelope_address", "message"]

CONTROLS = re.compile(r"[\x00-\x1f\x7f\u2028\u2029]+")
SPACES = re.compile(" {2,}")  # no-break ones stay: French has them before signs
MARKS = re.compile("[\u200e\u200f\u2066-\u2069]")
LONGEST_SUBJECT = 150


class _Wire(EmailPolicy):
    """How letters are written out, where the library's own way does harm.

    The address of the way out stays on one line: folded, a long one becomes an encoded word, which no mail program
    reads as an address. Subjects, and names in other scripts, are encoded by the older `email.header`: the newer one
    loses spaces between encoded words (in Python 3.11), and begins a long subject on a line of its own, where readers
    find a space before its first word.
    """

    def fold(self, name: str, value: Any) -> str:
        """One header as text."""
        if name == WAY_OUT:
            return f"{name}: {value}{self.linesep}"
        if name == "Subject":
            return f"{name}: {self._encoded(name, str(value))}{self.linesep}"
        if name == "From" and not value.addresses[0].display_name.isascii():
            (who,) = value.addresses
            return f"{name}: {self._encoded(name, who.display_name)} <{who.addr_spec}>{self.linesep}"
        return str(super().fold(name, value))

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header as bytes."""
        return self.fold(name, value).encode("ascii")

    def _encoded(self, name: str, text: str) -> str:
        return Header(text, "us-ascii" if text.isascii() else "utf-8", header_name=name).encode(linesep=self.linesep)


WAY_OUT = "List-Unsubscribe"
WIRE = _Wire(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Sender:
    """Whose letters they are: the address and name that they bear, and where answers go (empty: nowhere else)."""

    address: str
    name: str
    reply_to: str = ""

    @property
    def domain(self) -> str:
        return self.address.rpartition("@")[2]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A piece of a letter in both forms. `kind`: title, text, hint, quote or item."""

    kind: str
    text: str
    html: str


@dataclass(frozen=True, slots=True)
class Action:
    """What one can press, and where it leads."""

    label: str
    url: str


@dataclass(frozen=True, slots=True)
class Letter:
    """All that a letter says, in its reader's language. `foot`: who writes and why. `stop`: the way out."""

    subject: str
    language: str
    direction: str
    paragraphs: tuple[Paragraph, ...]
    actions: tuple[Action, ...]
    foot: tuple[str, ...]
    stop: Action


def message(letter: Letter, sender: Sender, to: str, *, id: str, one_click: str, at: datetime) -> EmailMessage:
    """The letter, ready to be sent. `id` is the part of its Message-ID before the `@`; `one_click` the address
    that takes the way out at once. ValueError: there is no writing to this address.
    """
    made = EmailMessage()
    made["From"] = Address(display_name=_line(sender.name), addr_spec=sender.address)
    made["To"] = Address(addr_spec=envelope_address(to))
    if sender.reply_to:
        made["Reply-To"] = Address(addr_spec=sender.reply_to)
    made["Subject"] = _line(MARKS.sub("", letter.subject))[:LONGEST_SUBJECT]
    made["Date"] = format_datetime(at)
    made["Message-ID"] = _message_id(id, sender.domain)
    made["Auto-Submitted"] = "auto-generated"
    made["X-Auto-Response-Suppress"] = "OOF, AutoReply"
    made[WAY_OUT] = f"<{one_click}>"
    made["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    made.set_content(_plain(letter), charset="utf-8")
    made.add_alternative(_html(letter), subtype="html", charset="utf-8")
    made["Content-Language"] = letter.language  # last: adding a second form moves such headers into the first
    return made


def _message_id(id: str, domain: str) -> str:
    """The Message-ID of a letter."""
    return f"<{id}@{domain}>"


def envelope_address(address: str) -> str:
    """An address as every mail server takes it: names of hosts in ASCII. ValueError: it cannot be written so."""
    local, at, host = address.rpartition("@")
    if not at or not local.isascii() or CONTROLS.search(address) or " " in address:
        raise ValueError("no address that mail servers take")
    return f"{local}@{host.encode('idna').decode('ascii')}"


def _line(text: str) -> str:
    return SPACES.sub(" ", CONTROLS.sub(" ", text)).strip()


def _plain(letter: Letter) -> str:
    """The letter as plain text: what it says, what one can do and where, and who wrote."""
    parts = [FORMS.get(each.kind, "{}").format(each.text) for each in letter.paragraphs]
    parts += [f"{action.label}:\n{action.url}" for action in letter.actions]
    foot = "\n".join((*letter.foot, f"{letter.stop.label}:", letter.stop.url))
    return "\n\n".join(parts) + f"\n\n-- \n{foot}\n"  # by the line with the two dashes readers know where a letter ends


FORMS = {"item": "* {}", "quote": "> {}"}


def _html(letter: Letter) -> str:
    paragraphs = [(each.kind, Markup(each.html)) for each in letter.paragraphs]
    return _templates().get_template("letter.html").render(letter=letter, paragraphs=paragraphs)


@cache
def _templates() -> Environment:
    return Environment(
        loader=PackageLoader("bot.channels.mail"),
        autoescape=select_autoescape(default=True, default_for_string=True),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
