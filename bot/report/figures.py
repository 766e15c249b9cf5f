"""The report's figures: its entries counted by what the register filters them by, so that both say the same numbers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence

from bot.report.model import Figure, Group, HeatMap
from bot.report.saying import Saying
from dialogs.domain.messages import Code, M, Message
from dialogs.knowledge import action_lines, goals
from dialogs.questionnaire import facets
from dialogs.questionnaire.register import values_of
from storage.report.published import PublishedEntry, Source

__all__ = ["figures", "heat_map"]

COUNTED = (
    *("region", "organization", "reach", "status", "line", "goal", "beneficiary"),
    *("technology", "inclusion", "openness", "evidence"),
)
"""The facets that are counted, as the published editions did, then what is asked since 2027; in the figures' order."""

IN_ORDER = ("line", "goal")
"""Facets whose values have an order that people know; the others stand the largest first."""

NOT_GIVEN = ""


def figures(source: Source, saying: Saying) -> tuple[Figure, ...]:
    """A figure for each facet, and the call against those before."""
    counted = (_figure(facet, source.entries, saying) for facet in COUNTED)
    return (*(figure for figure in counted if figure is not None), *_calls(source, saying))


def _figure(facet: str, every: Sequence[PublishedEntry], saying: Saying) -> Figure | None:
    """Of the entries whose questionnaire asks for it, and it says so where not all do; None where none does."""
    entries = [entry for entry in every if facets.is_asked(facet, entry.edition)]
    if every and not entries:
        return None
    counts = Counter(value for entry in entries for value in _values(facet, entry))
    groups = tuple(
        _group(_label(facet, value, saying), counts[value], len(entries), saying) for value in _ordered(facet, counts)
    )
    named = {value: count for value, count in counts.items() if value != NOT_GIVEN}
    notes = [M("report.asked", asked=len(entries), whole=len(every))] if len(entries) < len(every) else []
    notes += [M("report.several")] if sum(counts.values()) > len(entries) else []
    title = saying.plain(Message(f"report.figure.{facet}"))
    lead = _lead(facet, named, len(entries), saying)
    return Figure(facet, title, lead, groups, " ".join(saying.plain(note) for note in notes))


def _group(label: str, count: int, whole: int, saying: Saying) -> Group:
    return Group(label, count, saying.plain(count), saying.share(count, whole))


def _values(facet: str, entry: PublishedEntry) -> Iterable[str]:
    """What an entry is counted under. Of the lines those that stand alone: C7's applications for C7."""
    found = entry.facets.get(facet, set())
    if facet == "line" and any(code in found for code in action_lines.SUBLINES):
        found = found - {"C7"}
    return found or {NOT_GIVEN}


def _ordered(facet: str, counts: Counter[str]) -> Iterator[str]:
    known = [value for value in _all(facet) if counts[value] or (facet in IN_ORDER and value != "C7")]
    if facet not in IN_ORDER:
        known.sort(key=lambda value: -counts[value])
    yield from known
    if counts[NOT_GIVEN]:
        yield NOT_GIVEN


def _all(facet: str) -> Sequence[str]:
    """Every value; of the lines those that stand alone, and C7 itself for who names none of its applications."""
    return (*action_lines.SELECTABLE, "C7") if facet == "line" else values_of(facet)


def _label(facet: str, value: str, saying: Saying) -> str:
    return saying.facet(facet, value) if value != NOT_GIVEN else saying.plain(M("report.not_given"))


def _lead(facet: str, counts: dict[str, int], whole: int, saying: Saying) -> str:
    """What one sees: which group is the largest. Nothing when two are, or there is none."""
    first, *rest = Counter(counts).most_common(2) or [("", 0)]
    if not first[1] or (rest and rest[0][1] == first[1]):
        return ""
    return saying.say(M("report.most", name=_label(facet, first[0], saying), count=first[1], whole=whole))


def _calls(source: Source, saying: Saying) -> Iterator[Figure]:
    """Nothing to compare with in the first year."""
    if len(source.calls) < 2:
        return
    whole = sum(count for _, count in source.calls)
    groups = tuple(
        _group(saying.plain(M("report.call", call=Code(code))), count, whole, saying) for code, count in source.calls
    )
    yield Figure("call", saying.plain(M("report.figure.call")), "", groups)


def heat_map(entries: Sequence[PublishedEntry], saying: Saying) -> HeatMap:
    """Lines by goals: how many entries name both."""
    lines, columns = action_lines.SELECTABLE, tuple(str(goal) for goal in goals.GOALS)
    both = Counter(
        (line, goal) for entry in entries for line in _values("line", entry) for goal in entry.facets.get("goal", ())
    )
    return HeatMap(
        saying.plain(M("report.heat_map")),
        saying.plain(M("report.heat_map_note")),
        tuple((line, saying.plain(Message(f"action_line.{line}.short"))) for line in lines),
        tuple((goal, saying.plain(Message(f"goal.{goal}"))) for goal in columns),
        tuple(tuple(both[line, goal] for goal in columns) for line in lines),
    )
