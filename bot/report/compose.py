"""The report made of what was read: chapters, figures, indexes, texts, all in one language."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping

from bot.report import chapters as laid_out
from bot.report.figures import figures, heat_map
from bot.report.model import Report, Section
from bot.report.request import ReportRequest
from bot.report.saying import Saying
from dialogs.domain.messages import Code, M, Message, Moment
from dialogs.domain.report import CLOSING, OPENING
from locales.words import SOURCE, Words
from storage.report.published import Source

__all__ = ["WORDS", "compose", "sheet"]

WORDS = ("contents", "figures", "entries", "share", "reference", "comments", "online")
"""What the forms say themselves."""

Texts = Mapping[tuple[str, str], str]


def compose(
    source: Source,
    texts: Texts,
    request: ReportRequest,
    words: Words,
    *,
    register: str = "",
    step: Callable[[int], None] = lambda done: None,
) -> Report:
    """The whole report. `register`: the address of the public register, if it has one; `step` hears of progress."""
    saying = Saying(words, request.language)
    entries = source.entries
    section = _sections(texts, saying)
    newest = max((entry.received for entry in entries), default=source.opened)
    stamp = M("report.stamp", len(entries), call=Code(request.call), date=Moment(newest, date_only=True))
    opening = _opening(request, section, saying)
    return Report(
        call=request.call,
        language=request.language,
        direction=saying.direction,
        title=saying.plain(M("report.title", year=Code(str(source.year)))),
        subtitle=saying.plain(M("report.draft") if request.draft else M("report.subtitle")),
        stamp=saying.plain(stamp),
        dated=newest.date().isoformat(),
        sections=tuple(opening),
        figures=figures(source, saying),
        heat_map=heat_map(entries, saying),
        chapters=laid_out.chapters(entries, request, saying, section, _addresses(register, request.language), step),
        indexes=laid_out.indexes(entries, saying),
        closing=tuple(found for name in CLOSING if (found := section(name, _heading(name, saying)))),
        words=_words(saying),
        watermark=saying.plain(M("report.draft")) if request.draft else "",
    )


def sheet(source: Source, request: ReportRequest, words: Words, *, register: str = "") -> Report:
    """One entry alone: its title is the title, and there is nothing but it."""
    whole = compose(source, {}, request, words, register=register)
    chapter = next(chapter for chapter in whole.chapters if chapter.entries)
    alone = chapter.entries[0]
    return Report(
        call=whole.call,
        language=whole.language,
        direction=whole.direction,
        title=alone.reference,
        subtitle=whole.title,
        stamp=f"{chapter.code} {chapter.title}".strip(),
        dated=whole.dated,
        sections=(),
        figures=(),
        heat_map=whole.heat_map,
        chapters=(chapter,),
        indexes=(),
        closing=(),
        words=whole.words,
        watermark=whole.watermark,
    )


def _words(saying: Saying) -> dict[str, str]:
    own = {name: saying.plain(Message(f"report.word.{name}")) for name in WORDS}
    return {**own, "title": saying.label("title"), "organization": saying.label("org_name")}


def _addresses(register: str, language: str) -> Callable[[str], str]:
    """Where an entry's page is, in the report's language."""
    return lambda reference: f"{register}/register/{language}/{reference}" if register else ""


def _opening(
    request: ReportRequest, section: Callable[[str, str], Section | None], saying: Saying
) -> Iterator[Section]:
    if request.draft:
        note = saying.plain(M("report.draft_note"))
        yield Section(saying.plain(M("report.draft")), (note,), saying.language, saying.direction)
    for name in OPENING:
        if (found := section(name, _heading(name, saying))) is not None:
            yield found


def _heading(name: str, saying: Saying) -> str:
    return saying.plain(Message(f"report.section.{name}"))


def _sections(texts: Texts, saying: Saying) -> Callable[[str, str], Section | None]:
    """A text as organizers wrote it: in the report's language, else in English. The disclaimer has words of its own."""

    def section(name: str, heading: str) -> Section | None:
        for language in (saying.language, SOURCE):
            if text := texts.get((name, language)):
                return Section(heading, tuple(_paragraphs(text.splitlines())), language, saying.direction_of(language))
        if name == "disclaimer":
            return Section(heading, (saying.plain(M("report.disclaimer")),), saying.language, saying.direction)
        return None

    return section


def _paragraphs(lines: Iterable[str]) -> Iterator[str]:
    return (line.strip() for line in lines if line.strip())
