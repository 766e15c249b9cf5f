"""The criteria of a call in words."""

from __future__ import annotations

from collections.abc import Mapping

from dialogs.domain.messages import Code, Listing, M, Message, Value
from dialogs.domain.scores import Criterion, Middle, Rubric

__all__ = ["LABELS", "MIDDLES", "figure", "label_of", "listed"]

LABELS: Mapping[str, Message] = {
    "relevance": M("criterion.relevance"),
    "impact": M("criterion.impact"),
    "innovation": M("criterion.innovation"),
    "inclusion": M("criterion.inclusion"),
    "sustainability": M("criterion.sustainability"),
    "replicability": M("criterion.replicability"),
    "partnership": M("criterion.partnership"),
    "clarity": M("criterion.clarity"),
}
MIDDLES: Mapping[Middle, Message] = {Middle.MEDIAN: M("choice.median"), Middle.MEAN: M("choice.mean")}


def label_of(name: str) -> Value:
    """What a criterion is called: in the reader's language where it is a known one."""
    return LABELS.get(name, name)


def listed(rubric: Rubric) -> Listing:
    """All criteria with their weights."""
    return Listing(tuple(_weighed(each) for each in rubric.criteria))


def _weighed(criterion: Criterion) -> Message:
    name = label_of(criterion.name)
    if not criterion.weight:
        return M("scoring.by_itself", name=name)
    return M("scoring.weighed", name=name, weight=criterion.weight)


def figure(score: float) -> Code:
    """A score, 1.0 to 5.0."""
    return Code(f"{score:.1f}")
