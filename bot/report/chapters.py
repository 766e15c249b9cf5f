"""The report's chapters and indexes: each entry whole under its main Action Line, named under its others."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

from bot.report.model import Chapter, Entry, Field, Index, Section
from bot.report.request import FACTS, TEXTS, ReportRequest
from bot.report.saying import Saying
from dialogs.domain.entries.prize import Standing
from dialogs.domain.messages import Code, Country, Listing, M, Message
from dialogs.domain.report import LINE
from dialogs.knowledge import action_lines, goals
from dialogs.questionnaire.register import goals_in, lines_in, public_answers
from dialogs.text.language_detection import UNDETERMINED
from locales.sorting import sort_key
from storage.report.published import PublishedEntry

__all__ = ["OTHER", "chapters", "indexes", "lines_of", "shown"]

OTHER = "C7"
"""The chapter of entries that name C7 and none of its applications. It is there only when one does."""
NONE = ""
"""The chapter of entries that name no line: no published entry is left out."""

Introduction = Callable[[str, str], Section | None]


def chapters(
    entries: Sequence[PublishedEntry],
    request: ReportRequest,
    saying: Saying,
    introduction: Introduction,
    address: Callable[[str], str],
    step: Callable[[int], None] = lambda done: None,
) -> tuple[Chapter, ...]:
    """A chapter for each line that stands alone, also for those that have nothing. `step` hears of entries laid out."""
    ordered = sorted(entries, key=_order(request.order, saying))
    return tuple(_chapter(code, ordered, request, saying, introduction, address, step) for code in _codes(entries))


def _codes(entries: Sequence[PublishedEntry]) -> Iterator[str]:
    bare = any(lines_of(entry)[:1] == (OTHER,) for entry in entries)
    for code in action_lines.SELECTABLE:
        if bare and code == action_lines.SUBLINES[0]:
            yield OTHER
        yield code
    if not all(lines_of(entry) for entry in entries):
        yield NONE


def _chapter(
    code: str,
    ordered: Sequence[PublishedEntry],
    request: ReportRequest,
    saying: Saying,
    introduction: Introduction,
    address: Callable[[str], str],
    step: Callable[[int], None],
) -> Chapter:
    title = saying.plain(Message(f"action_line.{code}") if code else M("report.no_line"))
    own: list[Entry] = []
    also: list[str] = []
    for entry in ordered:
        first, *others = lines_of(entry) or (NONE,)
        if first == code:
            own.append(shown(entry, request, saying, address(entry.reference)))
            step(1)
        elif code in others:
            also.append(entry.reference)
    named = Listing(tuple(Code(reference) for reference in also))
    return Chapter(
        code,
        title,
        introduction(f"{LINE}{code}", title),
        saying.plain(M("report.chapter_entries", len(own)) if own else M("report.chapter_none")),
        tuple(own),
        tuple(also),
        saying.say(M("report.also", references=named)) if also else "",
    )


def lines_of(entry: PublishedEntry) -> tuple[str, ...]:
    """The lines that stand alone of an entry, the main one first; C7 itself only when no application of it is named."""
    named = lines_in(entry.answers)
    alone = tuple(code for code in named if code in action_lines.SELECTABLE)
    if OTHER in named and not any(code in action_lines.SUBLINES for code in named):
        alone = (*alone, OTHER)
    main = str(entry.answers.get("main_line") or "")
    if main == OTHER:
        main = next((code for code in alone if code.startswith(OTHER)), "")
    return (main, *(code for code in alone if code != main)) if main in alone else alone


def _order(order: str, saying: Saying) -> Callable[[PublishedEntry], Any]:
    def of(text: str) -> Any:
        return sort_key(text, saying.language)

    keys: Mapping[str, Callable[[PublishedEntry], Any]] = {
        "country": lambda entry: (of(saying.plain(Country(entry.country or "INT"))), of(entry.title), entry.reference),
        "title": lambda entry: (of(entry.title), entry.reference),
        "organization": lambda entry: (of(entry.organization), of(entry.title), entry.reference),
        "reference": lambda entry: entry.reference,
    }
    return keys[order]


def shown(entry: PublishedEntry, request: ReportRequest, saying: Saying, address: str) -> Entry:
    """An entry as the report shows it: those of its public answers that the report has room for."""
    answers = public_answers(entry.answers)
    language = _language(entry, "title")
    fields = [field for name in request.fields for field in _fields(entry, name, answers, saying)]
    comments = _comments(request, entry.reference)
    return Entry(
        entry.reference,
        entry.title,
        language,
        saying.direction_of(language),
        saying.say(M("register.by", organisation=entry.organization, country=Country(entry.country or "INT"))),
        tuple(field for field in fields if field.name in FACTS),
        tuple(field for field in fields if field.name in TEXTS),
        address,
        comments,
        saying.plain(prize_said(*entry.prize)) if entry.prize is not None else "",
    )


def prize_said(standing: Standing, category: int) -> Message:
    """What an entry won, as it is said wherever it is shown."""
    return M(f"prize.{standing.value}", category=Message(f"prize_category.{category}"))


def _fields(entry: PublishedEntry, name: str, answers: Mapping[str, Any], saying: Saying) -> Iterator[Field]:
    """The answers to a question; one for each goal where it is asked once a goal."""
    for key, value in answers.items():
        question, _, goal = key.partition("@")
        if question == name or (name == "goals" and key == "goals_suggested" and "goals" not in answers):
            yield _field(entry, name, goal, goals_in(entry.answers) if name == "goals" else value, key, saying)


def _field(entry: PublishedEntry, name: str, goal: str, value: Any, key: str, saying: Saying) -> Field:
    label = saying.plain(M("report.goals")) if name == "goals" else saying.label(name)
    if goal:
        label = saying.say(
            M("report.for_goal", label=label, goal=M("choice.coded", code=Code(goal), label=Message(f"goal.{goal}")))
        )
    own = name in TEXTS
    language = _language(entry, key) if own else saying.language
    given = list(value) if isinstance(value, tuple) else value
    text = str(value) if own else saying.answer(name, given, entry.edition)
    link = text if name.endswith("_url") else ""
    return Field(name, label, text, language, saying.direction_of(language), link)


def _language(entry: PublishedEntry, key: str) -> str:
    if key == "title_en":
        return "en"
    language = entry.languages.get(key, entry.language)
    return entry.language if language == UNDETERMINED else language


def _comments(request: ReportRequest, reference: str) -> str:
    if not request.comments_to:
        return ""
    to = request.comments_to
    return f"{to.rstrip('/')}/{reference}" if "://" in to else f"mailto:{to}?subject={reference}"


def indexes(entries: Sequence[PublishedEntry], saying: Saying) -> tuple[Index, ...]:
    """By country, goal and organization. Names are in the language's order, goals in their own."""
    return (
        _index("country", entries, saying, lambda entry: [saying.facet("country", code) for code in _countries(entry)]),
        _index("goal", entries, saying, lambda entry: [saying.facet("goal", goal) for goal in goals_in(entry.answers)]),
        _index("organization", entries, saying, lambda entry: [entry.organization]),
    )


def _countries(entry: PublishedEntry) -> Sequence[str]:
    return sorted(entry.facets.get("country", ()))


def _index(
    name: str, entries: Sequence[PublishedEntry], saying: Saying, names: Callable[[PublishedEntry], Sequence[str]]
) -> Index:
    found: dict[str, list[str]] = {}
    for entry in entries:
        for each in names(entry):
            found.setdefault(each, []).append(entry.reference)
    known = [saying.facet("goal", str(goal)) for goal in goals.GOALS]
    order = [each for each in known if each in found] if name == "goal" else saying.in_order(found)
    return Index(
        name, saying.plain(Message(f"report.index.{name}")), tuple((each, tuple(found[each])) for each in order)
    )
