"""What a typed text means when it names a choice of the screen, rather than answering the open question."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import NamedTuple

from dialogs.answers.fold import fold
from dialogs.events import Chose, Commanded
from dialogs.messages import Message, Tongue
from dialogs.screens import Choice, Screen
from dialogs.talk import Talk

__all__ = ["meant"]

LONGEST = 60
"""Characters: a longer text is an answer, never the name of a button."""


class Way(NamedTuple):
    """What a word such as "back" leads to: the first of these choices on the screen, else a command."""

    codes: tuple[str, ...]
    command: str | None = None


INTENTS: Mapping[str, Way] = {
    "back": Way((".back",), "back"),
    "skip": Way((".skip",)),
    "done": Way((".done", ".send")),
    "next": Way((".next", ".done")),
    "help": Way((".help",), "help"),
    "menu": Way((".home",), "start"),
    "keep": Way((".keep", ".mine")),
    "undo": Way((".undo",)),
    "restart": Way((".restart",)),
    "submit": Way((".send",)),
    "cancel": Way((), "cancel"),
    "continue": Way((".next", ".done"), "continue"),
    "new": Way((".new",)),
    "update": Way((".update",)),
    "yes": Way(("discard", "forget", "on", ".agree", ".better", ".yes")),
    "no": Way((".none", ".drafts", ".keep", "off", ".mine")),
    "none": Way((".none", ".skip")),
}
"""Words by what they want; the words themselves stand in the catalogues (`intent.back`)."""


def meant(talk: Talk, screen: Screen, text: str) -> Chose | Commanded | None:
    """The choice or command that a text stands for; None when it is an answer."""
    folded = fold(text)
    if not folded or len(folded) > LONGEST:
        return None
    offered = [choice for row in screen.rows for choice in row]
    code = _numbered(talk, offered, folded) or _named(talk, offered, folded)
    if code is not None:
        return Chose(code, screen.place, talk.at)
    return _wanted(talk, offered, folded)


def _numbered(talk: Talk, offered: Iterable[Choice], folded: str) -> str | None:
    """The number of a choice. At a question numbers are answers, but for options offered back."""
    if talk.place.name == "filling" and not talk.args.get("candidates"):
        return None
    return next((c.code for c in offered if c.number is not None and str(c.number) == folded), None)


def _named(talk: Talk, offered: Iterable[Choice], folded: str) -> str | None:
    """The label of a choice. At a question, labels of options are for its reader: only ways on are taken."""
    at_question = talk.place.name == "filling" and not talk.args.get("candidates")
    for choice in offered:
        if at_question and not choice.code.startswith("."):
            continue
        if folded in _labels(talk, choice):
            return choice.code
    return None


def _labels(talk: Talk, choice: Choice) -> Iterable[str]:
    label = choice.label
    if isinstance(label, Message):
        inner = (v.key for v in label.values.values() if isinstance(v, Message))
        keys = (label.key, *inner)
        return {fold(known) for key in keys for known in talk.world.vocabulary.labels.get(key, ())}
    if isinstance(label, str):
        return (fold(label),)
    if isinstance(label, Tongue):
        known = talk.world.vocabulary.labels.get(f"language.{label.code}", ())
        return {fold(label.code), *(fold(name) for name in known)}
    return ()


def _wanted(talk: Talk, offered: Iterable[Choice], folded: str) -> Chose | Commanded | None:
    """A word for a way on. "Yes" and "no" at a question are answers to it."""
    name = talk.world.vocabulary.intents.get(folded)
    way = INTENTS.get(name) if name else None
    if way is None or (name in ("yes", "no") and talk.place.name == "filling" and not talk.args.get("better")):
        return None
    codes = {choice.code for choice in offered}
    code = next((code for code in way.codes if code in codes), None)
    if code is not None:
        return Chose(code, "", talk.at)
    return Commanded(way.command, talk.at) if way.command else None
