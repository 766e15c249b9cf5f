"""What a typed text means when it names a choice of the screen, rather than answering the open question."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from dialogs.domain.events import Chose, Commanded
from dialogs.domain.messages import LanguageName, Message
from dialogs.screens import Choice, Screen
from dialogs.step_context import StepContext
from dialogs.text.normalize import normalize

__all__ = ["match_choice"]

LONGEST = 60
"""Characters: a longer text is an answer, never a word for a way on."""

LONGEST_LABEL = 300
"""Characters: labels may have a title in them; no button is longer than this."""

LONGEST_TYPED = 4 * LONGEST_LABEL
"""Characters as they were typed, with marks and spaces that folding takes away: a longer text is not even folded."""

QUESTION_MARKS = re.compile(r"[?？؟¿]{1,5}")
"""Nothing but question marks asks for help."""

NUMBER = re.compile(r"\d+")
"""A number among the folded words of a label."""


class IntentTarget(NamedTuple):
    """What a word such as "back" leads to: the first of these choices on the screen, else a command."""

    codes: tuple[str, ...]
    command: str | None = None


INTENTS: Mapping[str, IntentTarget] = {
    "back": IntentTarget((".back",), "back"),
    "skip": IntentTarget((".skip",)),
    "done": IntentTarget((".done",)),
    "next": IntentTarget((".next", ".done")),
    "help": IntentTarget((".help",), "help"),
    "menu": IntentTarget((".home",), "start"),
    "keep": IntentTarget((".keep", ".mine")),
    "undo": IntentTarget((".undo",)),
    "restart": IntentTarget((".restart",)),
    "submit": IntentTarget((".send",)),
    "cancel": IntentTarget((), "cancel"),
    "continue": IntentTarget((".next", ".done"), "continue"),
    "new": IntentTarget((".new",)),
    "update": IntentTarget((".update",)),
    "yes": IntentTarget(("discard", "forget", "on", ".agree", ".better", ".yes")),
    "no": IntentTarget((".none", ".drafts", ".keep", "off", ".mine")),
    "none": IntentTarget((".none", ".skip")),
}
"""Words by what they want; the words themselves stand in the catalogues (`intent.back`)."""


def match_choice(ctx: StepContext, screen: Screen, text: str) -> Chose | Commanded | None:
    """The choice or command that a text stands for; None when it is an answer."""
    offered = [choice for row in screen.rows for choice in row]
    if QUESTION_MARKS.fullmatch(text.strip()):
        return _way(ctx, offered, INTENTS["help"])
    folded = normalize(text) if len(text) <= LONGEST_TYPED else ""
    if not folded or len(folded) > LONGEST_LABEL:
        return None
    code = _numbered(ctx, offered, folded) or _named(ctx, offered, folded)
    if code is not None:
        return Chose(code, screen.stamp, ctx.at)
    return _wanted(ctx, offered, folded) if len(folded) <= LONGEST else None


def _numbered(ctx: StepContext, offered: Iterable[Choice], folded: str) -> str | None:
    """The number of a choice. At a question numbers are answers, but for options offered back."""
    if ctx.position.name == "filling" and not ctx.args.get("candidates"):
        return None
    return next((c.code for c in offered if c.number is not None and str(c.number) == folded), None)


def _named(ctx: StepContext, offered: Sequence[Choice], folded: str) -> str | None:
    """The label of a choice, first as it stands on the button, then without the values in it: `Skip 5 questions
    here` is the button also when there are 4 by now. At a question, labels of options are for its reader: only
    ways on are taken."""
    at_question = ctx.position.name == "filling" and not ctx.args.get("candidates")
    ways = [choice for choice in offered if not at_question or choice.code.startswith(".")]
    bare = " ".join(NUMBER.sub(" ", folded).split())
    for choice in ways:
        if folded in _shown(ctx, choice):
            return choice.code
    for choice in ways:
        if {folded, bare if _has_number(choice) else folded} & set(_labels(ctx, choice)):
            return choice.code
    return None


def _has_number(choice: Choice) -> bool:
    label = choice.label
    return isinstance(label, Message) and (label.count is not None or bool(label.values))


def _shown(ctx: StepContext, choice: Choice) -> Iterable[str]:
    """The label as each language writes it; nothing that names nothing. One without values is written down already."""
    vocabulary, label = ctx.world.vocabulary, choice.label
    if isinstance(label, Message) and not _has_number(choice) and label.key in vocabulary.labels:
        return _labels(ctx, choice)
    said = (normalize(vocabulary.speaking.say(label, language)) for language in vocabulary.languages)
    return {words for words in said if words}


def _labels(ctx: StepContext, choice: Choice) -> Iterable[str]:
    label = choice.label
    if isinstance(label, Message):
        inner = (v.key for v in label.values.values() if isinstance(v, Message))
        keys = (label.key, *inner)
        return {normalize(known) for key in keys for known in ctx.world.vocabulary.labels.get(key, ())}
    if isinstance(label, str):
        return (normalize(label),)
    if isinstance(label, LanguageName):
        known = ctx.world.vocabulary.labels.get(f"language.{label.code}", ())
        return {normalize(label.code), *(normalize(name) for name in known)}
    return ()


def _at_a_question(name: str | None, codes: Collection[str]) -> str | None:
    """At a question "yes", "no" and "none" are answers to it: an option may say so, else it is left out there.
    "No" alone, where something else is asked that can be left out, leaves it out."""
    if name not in ("yes", "no", "none"):
        return name
    if name == "none":
        return name if ".none" in codes else None
    if "no" in codes or name == "yes":
        return None
    return "skip" if name == "no" else name


def _wanted(ctx: StepContext, offered: Sequence[Choice], folded: str) -> Chose | Commanded | None:
    """A word for a way on."""
    name = ctx.world.vocabulary.intents.get(folded)
    codes = {choice.code for choice in offered}
    if ctx.position.name == "filling" and not ctx.args.get("better"):
        name = _at_a_question(name, codes)
    way = INTENTS.get(name) if name else None
    return _way(ctx, offered, way) if way is not None else None


def _way(ctx: StepContext, offered: Sequence[Choice], way: IntentTarget) -> Chose | Commanded | None:
    """The first of the choices that a word leads to and the screen offers, else its command."""
    codes = {choice.code for choice in offered}
    code = next((code for code in way.codes if code in codes), None)
    if code is not None:
        return Chose(code, "", ctx.at)
    return Commanded(way.command, ctx.at) if way.command else None
