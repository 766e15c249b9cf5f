"""E-mail addresses: their form checked, likely slips asked about. No name server is ever asked."""

from __future__ import annotations

import re
from typing import Any

from rapidfuzz.distance import OSA

from dialogs.answers.address import plain_address
from dialogs.answers.results import Accepted, Context, Doubtful, Reading, Refusal
from dialogs.answers.text import clean
from dialogs.domain.messages import Code, M, Message
from dialogs.domain.questionnaire import Question
from dialogs.knowledge.countries import MEMBERS

__all__ = ["check_email", "normal_address", "read_email"]

PROVIDERS = (
    *("gmail.com", "googlemail.com", "yahoo.com", "yahoo.fr", "yahoo.es", "yahoo.co.uk", "yahoo.co.in"),
    *("hotmail.com", "hotmail.fr", "hotmail.es", "hotmail.co.uk", "outlook.com", "outlook.fr", "outlook.es"),
    *("icloud.com", "protonmail.com", "proton.me", "yandex.ru", "yandex.com", "rambler.ru", "foxmail.com"),
    *("orange.fr", "wanadoo.fr", "laposte.net", "zoho.com", "zohomail.com", "rediffmail.com"),
)
"""Providers so large that an address one slip away is more likely a slip than a neighbour."""

REAL_NEIGHBOURS = frozenset({"mail.com", "ymail.com", "email.com", "gmx.com", "inbox.com"})
"""Domains that exist and take mail although they are a letter from a larger one."""

BRANDS = frozenset({"yahoo", "hotmail", "outlook", "live", "msn", "yandex", "zoho", "ymail", "rediffmail"})
"""Providers with domains of many countries: `yahoo.co.id`, `hotmail.se`."""

TYPOS_OF_COM = frozenset({"co", "cm", "om"})
"""Endings of countries that are oftener a slip in `.com`."""

ENDINGS = {
    **dict.fromkeys((".con", ".cpm", ".vom", ".xom", ".ocm", ".cmo", ".comm", ".coml", ".conm"), ".com"),
    **dict.fromkeys((".ogr", ".orgg", ".rog", ".irg", ".prg", ".otg"), ".org"),
    **dict.fromkeys((".ent", ".nte", ".nett"), ".net"),
    **dict.fromkeys((".itn", ".nit"), ".int"),
}
"""Endings that are no top-level domain, and what was meant."""

BETWEEN = re.compile(r"[\s<>()\[\],;:\"“”«»،؛，；、]+")
"""What no address has in it. Texts are split there: a pattern for addresses takes the square of a long word's time."""

LONGEST = 320
"""Characters: 64 before the `@` and 255 behind it (RFC 5321); nothing longer is handed to the library."""


def read_email(question: Question, text: str, context: Context) -> Reading:
    """One address, also out of a sentence or `Name <address>`; a likely slip is asked about, not mended."""
    tidied = _tidied(text)
    words = (word for word in BETWEEN.split(tidied) if "@" in word[1:-1])
    found = list(dict.fromkeys(word.strip(".'!?。") for word in words))
    if len(found) > 1:
        return Refusal(M("reading.email.several"))
    if not found:
        return Refusal(M("reading.email.no_at") if "@" not in tidied else _invalid(tidied))
    address = normal_address(found[0])
    if address is None:
        return Refusal(_invalid(found[0]))
    return _accepted(address)


SPELT_AT = re.compile(r"\s*[\[({<]\s*(?:at|arobase|arroba|собака)\s*[\])}>]\s*", re.IGNORECASE)
SPELT_DOT = re.compile(r"\s*[\[({<]\s*(?:dot|point|punto|точка)\s*[\])}>]\s*", re.IGNORECASE)
MAILTO = re.compile(r"mailto:\s*", re.IGNORECASE)
APART = re.compile(r"\s*(\S+)\s?@\s?(\S+)\s*")
"""An address alone in a text, with a space that a keyboard put beside its `@`."""

COMMA = re.compile(r"([^\s,@]{1,64}@[\w-]{1,63})[,،，]([A-Za-z]{2,6})\.?")
"""An address alone in a text, with a comma for the point before its ending."""

TOO_LONG_TO_TIDY = 4_000
"""Characters: nothing is looked for in a longer text."""


def _tidied(text: str) -> str:
    """The text with plain signs, and with the `@` where it belongs."""
    plain = plain_address(clean(text[:TOO_LONG_TO_TIDY]))
    plain = MAILTO.sub("", SPELT_DOT.sub(".", SPELT_AT.sub("@", plain)))
    if (slip := COMMA.fullmatch(plain.strip())) is not None:
        return f"{slip[1]}.{slip[2]}"
    alone = APART.fullmatch(plain) if plain.count("@") == 1 else None
    return f"{alone[1]}@{alone[2]}" if alone else plain


def _accepted(address: str) -> Reading:
    name, _, domain = address.rpartition("@")
    better = _meant(domain)
    if better is None:
        return Accepted(address)
    return Doubtful(address, M("reading.email.slip", better=Code(better), typed=Code(domain)), f"{name}@{better}")


def normal_address(text: str) -> str | None:
    """An address in its normal form, or None when it is none. The library is loaded late: a start must be quick."""
    if len(text) > LONGEST:
        return None
    from email_validator import EmailNotValidError, validate_email

    try:
        return validate_email(text, check_deliverability=False).normalized
    except EmailNotValidError:
        return None


def _invalid(text: str) -> Message:
    """The first thing that keeps a text with `@` from being an address."""
    text = text.strip()[:100]
    _, _, domain = text.rpartition("@")
    if domain.strip() and "." not in domain:
        return M("reading.email.no_dot", domain=Code(domain.strip()[:60]))
    return M("reading.email.invalid", address=Code(text))


def _meant(domain: str) -> str | None:
    """The domain that was probably meant, or None when there is nothing to ask."""
    domain = domain.casefold()
    if domain in PROVIDERS or domain in REAL_NEIGHBOURS or _is_branch(domain):
        return None
    for ending, right in ENDINGS.items():
        if domain.endswith(ending):
            domain_right = domain.removesuffix(ending) + right
            return _near_provider(domain_right) or domain_right
    return _near_provider(domain)


def _is_branch(domain: str) -> bool:
    """Whether a domain is a large provider's in some country."""
    brand, _, ending = domain.partition(".")
    country = ending.removeprefix("com.").removeprefix("co.")
    return brand in BRANDS and ending not in TYPOS_OF_COM and country.upper() in (*MEMBERS, "EU", "HK", "TW")


def _near_provider(domain: str) -> str | None:
    near = [known for known in PROVIDERS if OSA.distance(domain, known, score_cutoff=1) == 1]
    return near[0] if near else None


def check_email(question: Question, value: Any, context: Context) -> Message | None:
    """What is wrong with a stored address. A slip that its person confirmed is none."""
    if not isinstance(value, str) or "@" not in value:
        return M("reading.email.no_at")
    return None if normal_address(value) is not None else _invalid(value)
