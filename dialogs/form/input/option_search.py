"""Searching the open question's options by the beginning of their names, for channels where one can while typing."""

from __future__ import annotations

from dialogs.domain.messages import Value
from dialogs.form.answer_format import option_shown
from dialogs.matching.option import Option
from dialogs.questionnaire.options import options_of
from dialogs.step_context import StepContext
from dialogs.text.normalize import normalize

__all__ = ["search"]

LONGEST = 256
"""Characters that an app hands on while one types (Telegram's bound); no name is longer."""


def search(ctx: StepContext, text: str) -> list[Value]:
    """What matches `text` among the options of the question that is open, best first; all of them for an empty text.

    A name matches in any language, or a code: by its beginning, then by the beginning of one of its words.
    """
    if ctx.position.name != "filling" or ctx.draft is None or len(text) > LONGEST:
        return []
    stop = ctx.journey.by_key.get(str(ctx.args.get("q", "")))
    if stop is None:
        return []
    wanted = normalize(text)
    ranked = [(_rank(ctx, option, wanted), option) for option in options_of(stop, ctx.journey.facts)]
    found = sorted(((rank, option) for rank, option in ranked if rank is not None), key=lambda item: item[0])
    return [option_shown(stop.question, option.code) for _, option in found]


def _rank(ctx: StepContext, option: Option, wanted: str) -> int | None:
    """How well an option matches, 0 best; None: not at all."""
    names = _names(ctx, option)
    if any(name.startswith(wanted) for name in names):
        return 0
    if any(word.startswith(wanted) for name in names for word in name.split()):
        return 1
    return None


def _names(ctx: StepContext, option: Option) -> set[str]:
    labels = ctx.world.vocabulary.labels
    known = {normalize(name) for key in option.keys for name in labels.get(key, ())}
    return {normalize(option.code), *known}
