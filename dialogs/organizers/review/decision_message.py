"""What an author reads when it is announced what became of their entry; and what organizers read of it beforehand."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from dialogs.domain.entries.entry import EntryState
from dialogs.domain.messages import Code, M, Message
from dialogs.screens import Kind, Line

__all__ = ["decision_lines", "parted_lines"]

TITLES: Mapping[EntryState, Message] = {
    EntryState.PUBLISHED: M("decision.published"),
    EntryState.DECLINED: M("decision.declined"),
    EntryState.WITHDRAWN: M("decision.withdrawn"),
    EntryState.MERGED: M("decision.merged"),
}


def parted_lines(reference: str, title: str) -> Iterator[Line]:
    """That an entry is not merged into another any more, to an author who was told that it was."""
    yield Line(Kind.TITLE, M("decision.parted"))
    yield Line(Kind.TEXT, M("decision.about", reference=Code(reference), title=title))


def decision_lines(
    state: EntryState, reference: str, title: str, *, words: str = "", publish: bool = True, into: str = ""
) -> Iterator[Line]:
    """The message, line by line; nothing for a state that is not told."""
    if state not in TITLES:
        return
    yield Line(Kind.TITLE, TITLES[state])
    yield Line(Kind.TEXT, M("decision.about", reference=Code(reference), title=title))
    if state is EntryState.PUBLISHED:
        yield Line(Kind.TEXT, M("decision.is_shown") if publish else M("decision.is_not_shown"))
    if state is EntryState.MERGED and into:
        yield Line(Kind.TEXT, M("decision.leads_to", reference=Code(into)))
    if words:
        yield Line(Kind.QUOTE, words)
    if state is EntryState.DECLINED:
        yield Line(Kind.HINT, M("decision.what_now"))
