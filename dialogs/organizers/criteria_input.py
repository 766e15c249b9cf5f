"""Criteria as organizers write them: `Relevance 3`, a line each."""

from __future__ import annotations

import re
from collections.abc import Iterator

from dialogs.domain.criteria import LABELS
from dialogs.domain.messages import M, Message
from dialogs.domain.scores import HEAVIEST, LONGEST_CRITERION, MOST_CRITERIA, Criterion, Rubric, is_rubric
from dialogs.text.normalize import normalize, western_digits
from dialogs.text.vocabulary import Vocabulary

__all__ = ["USUAL", "named", "read_criteria"]

USUAL = (
    *(Criterion("relevance", 3), Criterion("impact", 3), Criterion("inclusion", 2)),
    *(Criterion("sustainability", 2), Criterion("innovation", 1)),
)
"""What is offered with one tap."""

PARTS = re.compile(r"[\n;؛；]")
COMMAS = re.compile(r"[,،，、]")
WEIGHED = re.compile(r"(?P<name>.*?)[\s:=×x*：]*(?P<weight>(?<!\d)\d{1,3})?\s*")
LONGEST = MOST_CRITERIA * (LONGEST_CRITERION + 10)


def read_criteria(text: str, vocabulary: Vocabulary) -> tuple[Criterion, ...] | Message:
    """Criteria with weights, a line each or parted by semicolons or commas; without a number the weight is 1.

    A known criterion is known by its name in any language. The Message says what is wrong.
    """
    if len(text) <= LONGEST:
        parted = PARTS if PARTS.search(text.strip()) else COMMAS
        pieces = (piece.strip() for piece in parted.split(western_digits(text)))
        found = tuple(criterion for piece in pieces if piece for criterion in _one(piece, vocabulary))
        if is_rubric(Rubric(found)):
            return found
    return M("calls.bad_criteria", most=MOST_CRITERIA, longest=LONGEST_CRITERION, heaviest=HEAVIEST)


def _one(piece: str, vocabulary: Vocabulary) -> Iterator[Criterion]:
    match = WEIGHED.fullmatch(piece)
    if match is not None:
        name = " ".join(match["name"].split())
        yield Criterion(named(name, vocabulary), int(match["weight"] or 1))


def named(name: str, vocabulary: Vocabulary) -> str:
    """The code of the known criterion that is called so in any language; else the name as it is."""
    folded = normalize(name)
    for code, label in LABELS.items():
        said = (normalize(vocabulary.speaking.say(label, language)) for language in vocabulary.languages)
        if folded == code or folded in said:
            return code
    return name.strip()
