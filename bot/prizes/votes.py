"""The outcome of the public vote, held elsewhere: a CSV of references and votes, checked before any of it is kept."""

from __future__ import annotations

import csv
import io
from collections.abc import Collection, Iterator

__all__ = ["VotesError", "read"]

MOST = 10**9
"""Votes that an entry can have."""


class VotesError(Exception):
    """What is wrong, a line a row; nothing was kept."""


def read(text: str, nominees: Collection[str], total: int | None = None) -> dict[str, int]:
    """Votes by reference. VotesError: a row is not understood, unknown, doubled, or a nominee or the sum is amiss."""
    votes: dict[str, int] = {}
    wrong = list(_rows(text, nominees, votes))
    wrong += [f"{reference} has no row" for reference in sorted(set(nominees) - set(votes))]
    if total is not None and not wrong and sum(votes.values()) != total:
        wrong.append(f"the votes add up to {sum(votes.values()):,}, not to {total:,}")
    if wrong:
        raise VotesError("\n".join(wrong[:50]))
    return votes


def _rows(text: str, nominees: Collection[str], votes: dict[str, int]) -> Iterator[str]:
    for number, row in enumerate(csv.reader(io.StringIO(text.removeprefix("\ufeff"), newline="")), 1):
        cells = [cell.strip() for cell in row]
        if not any(cells) or (number == 1 and cells[:2] == ["reference", "votes"]):
            continue
        reference, said = cells[0], cells[1] if len(cells) > 1 else ""
        if reference not in nominees:
            yield f"row {number}: {reference} is no nominee"
        elif reference in votes:
            yield f"row {number}: {reference} stands here twice"
        elif not (said.isascii() and said.isdigit() and int(said[:12]) <= MOST):
            yield f"row {number}: {said or 'nothing'} is no number of votes"
        else:
            votes[reference] = int(said)
