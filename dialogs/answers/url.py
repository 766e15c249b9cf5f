"""Web addresses: completed to `https://`, with host names in any script. No address is ever visited."""

from __future__ import annotations

import re
from typing import Any
from urllib.parse import SplitResult, urlsplit

import idna

from dialogs.answers.address import plain_address
from dialogs.answers.results import Accepted, Context, Reading, Refusal
from dialogs.answers.text import clean
from dialogs.domain.messages import Code, M, Message
from dialogs.domain.questionnaire import Question

__all__ = ["check_url", "read_url"]

LONGEST = 2_000
"""Characters; what browsers and the export's readers all take."""

SCHEME = re.compile(r"^([a-z][a-z0-9+.-]*):(?=/|[a-z])", re.IGNORECASE)
WEB = re.compile(r"^(https?):\s*/{0,3}", re.IGNORECASE)
BEGUN = re.compile(r"(https?:)\s*(/{1,3})\s+|(www\.)\s+", re.IGNORECASE)
"""A beginning that a keyboard put a space behind."""

OPENING, CLOSING, AROUND = "<([{\"'“”«„‹", ">)]}\"'“”»›", ".,;:!?،。，、…"
PAIRS = dict(zip(")]}>", "([{<", strict=True))


def read_url(question: Question, text: str, context: Context) -> Reading:
    """One web address, with or without its scheme; also out of a short sentence that holds just one."""
    plain = BEGUN.sub(lambda begun: "".join(filter(None, begun.groups())), plain_address(clean(text)))
    words = [word for word in map(_bare, plain.split()) if word]
    if len(words) > 1:
        addresses = list(dict.fromkeys(word for word in words if _begins_as_one(word)))
        if len(addresses) != 1:
            return Refusal(M("reading.url.several") if addresses else M("reading.url.spaces"))
        words = addresses
    if not words:
        return Refusal(M("reading.url.no_dot", address=Code("")))
    return _single(question, words[0], context)


def _begins_as_one(word: str) -> bool:
    return WEB.match(word) is not None or word.casefold().startswith("www.")


def _bare(word: str) -> str:
    """Without the signs around it; a closing bracket stays when its opening one is in the address."""
    word = word.lstrip(OPENING + AROUND)
    bare = word.rstrip(AROUND)
    while len(bare) <= LONGEST and bare and bare[-1] in CLOSING:
        opening = PAIRS.get(bare[-1])
        if opening and bare.count(bare[-1]) <= bare.count(opening):
            break
        bare = bare[:-1].rstrip(AROUND)
    return bare


def _single(question: Question, word: str, context: Context) -> Reading:
    if len(word) > LONGEST:
        most = question.limits.max_chars or LONGEST
        return Refusal(M("reading.url.too_long", len(word), max=most))
    address = _completed(word)
    message = check_url(question, address, context)
    if message is not None:
        return Refusal(message)
    if address.casefold() == word.casefold():
        return Accepted(address)
    return Accepted(address, M("reading.url.understood", address=Code(address)))


def _completed(word: str) -> str:
    """With `https://` in front when no scheme is given; scheme and host in small letters."""
    web = WEB.match(word)
    if web is None:
        if SCHEME.match(word) and not re.match(r"^[^/:]+\.[^/:]+:\d", word):
            return word
        return _completed(f"https://{word.lstrip('/')}")
    rest = word[web.end() :]
    host, slash, path = rest.partition("/")
    return f"{web.group(1).lower()}://{host.lower()}{slash}{path}"


def check_url(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with a stored web address."""
    if not isinstance(value, str) or re.search(r"\s", value):
        return M("reading.url.spaces")
    most = question.limits.max_chars or LONGEST
    if len(value) > most:
        return M("reading.url.too_long", len(value), max=most)
    parts = _split(value)
    if parts is None:
        return M("reading.url.invalid", address=Code(value[:100]))
    if parts.scheme not in ("http", "https"):
        return M("reading.url.scheme", scheme=Code(parts.scheme[:20]))
    return _host_missed(value, parts)


def _split(value: str) -> SplitResult | None:
    try:
        parts = urlsplit(value)
        parts.port  # noqa: B018 - raises for ports that are none
    except ValueError:
        return None
    return parts


def _host_missed(value: str, parts: SplitResult) -> Message | None:
    host = parts.hostname or ""
    if parts.username is not None or "@" in parts.netloc:
        return M("reading.url.is_email", address=Code(parts.netloc[:100]))
    if "." not in host.strip("."):
        return M("reading.url.no_dot", address=Code(host[:100]))
    return None if _is_host(host) else M("reading.url.invalid", address=Code(value[:100]))


def _is_host(host: str) -> bool:
    """Whether a host could be one: labels in any script that IDNA knows, and an ending that is no number."""
    try:
        encoded = idna.encode(host.rstrip("."), uts46=True, transitional=False).decode()
    except (idna.IDNAError, UnicodeError):
        return False
    ending = encoded.rpartition(".")[2]
    return bool(re.fullmatch(r"[a-z][a-z0-9-]*[a-z0-9]", ending, re.IGNORECASE))
