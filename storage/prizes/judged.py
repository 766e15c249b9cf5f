"""What jurors and the public said of nominees: kept whole or not at all, and counted."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from itertools import pairwise
from statistics import median

from sqlmodel import Session, col, delete, select

from dialogs.domain.entries.prize import Standing
from storage.prizes.standings import standings
from storage.tables import PrizeScoreRow, PrizeVoteRow

__all__ = ["Ranked", "keep_scores", "keep_votes", "ranked"]

Scores = Mapping[tuple[str, str], int]
"""By reference and criterion."""


class Ranked:
    """A nominee: the median of its jurors' sums (None: nobody scored), its votes, and whether others have as many."""

    def __init__(self, reference: str, category: int, state: Standing, scores: float | None, votes: int | None) -> None:
        self.reference, self.category, self.state = reference, category, state
        self.scores, self.votes, self.tied = scores, votes, False


def keep_scores(session: Session, juror: str, references: Iterable[str], scores: Scores) -> None:
    """A juror's scores for these entries, in place of those they gave them before."""
    mine = (col(PrizeScoreRow.juror) == juror, col(PrizeScoreRow.reference).in_(list(references)))
    session.execute(delete(PrizeScoreRow).where(*mine))
    session.add_all(
        PrizeScoreRow(reference=reference, juror=juror, criterion=criterion, score=score)
        for (reference, criterion), score in scores.items()
    )


def keep_votes(session: Session, votes: Mapping[str, int]) -> None:
    """The outcome of the vote for these entries, in place of an earlier one."""
    session.execute(delete(PrizeVoteRow).where(col(PrizeVoteRow.reference).in_(list(votes))))
    session.add_all(PrizeVoteRow(reference=reference, votes=number) for reference, number in votes.items())


def ranked(session: Session, call: str) -> list[Ranked]:
    """A call's nominees: by category, then votes, then scores. Equal ones are said to be tied: people decide."""
    rows = standings(session, call)
    references = [row.reference for row in rows]
    votes = {
        row.reference: row.votes
        for row in session.exec(select(PrizeVoteRow).where(col(PrizeVoteRow.reference).in_(references)))
    }
    sums: dict[str, dict[str, int]] = {}
    for score in session.exec(select(PrizeScoreRow).where(col(PrizeScoreRow.reference).in_(references))):
        jurors = sums.setdefault(score.reference, {})
        jurors[score.juror] = jurors.get(score.juror, 0) + score.score
    found = [
        Ranked(
            row.reference,
            row.category,
            Standing(row.state),
            median(sums[row.reference].values()) if row.reference in sums else None,
            votes.get(row.reference),
        )
        for row in rows
    ]
    found.sort(key=lambda each: (each.category, -(each.votes or 0), -(each.scores or 0), each.reference))
    for first, second in pairwise(found):
        if (first.category, first.votes, first.scores) == (second.category, second.votes, second.scores):
            first.tied = second.tied = first.tied or first.votes is not None or first.scores is not None
    return found
