"""A reviewer's comment at the question that it is about."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from dialogs.domain.messages import LanguageName, M, Message
from dialogs.screens import Kind, Line
from dialogs.step_context import StepContext

__all__ = ["comment_lines", "in_lines"]

PIECE = 1_500
"""Characters of a long text in one line: a channel that splits screens splits between lines."""


def comment_lines(ctx: StepContext, key: str) -> Iterable[Line]:
    """What a reviewer wants in the answer to the open question."""
    correction = ctx.conversation.correction
    comment = correction.comment(key) if correction is not None else None
    if comment is None:
        return ()
    head: Message = M("correction.reviewer_says")
    if comment.language not in ("und", ctx.language):
        head = M("correction.reviewer_says_in", language=LanguageName(comment.language, own=False))
    return (Line(Kind.TEXT, head), *in_lines(comment.text, Kind.QUOTE))


def in_lines(text: str, kind: Kind) -> Iterator[Line]:
    """A long text whole, in lines that no channel has to cut."""
    rest = text
    while len(rest) > PIECE:
        cut = max(rest.rfind(mark, PIECE // 2, PIECE) for mark in ("\n", ". ", " "))
        cut = cut + 1 if cut > 0 else PIECE
        yield Line(kind, rest[:cut].rstrip())
        rest = rest[cut:].lstrip()
    if rest:
        yield Line(kind, rest)
