"""Read the worst texts: `python -m benchmarks.reading [PART OF A READER'S NAME]`.

Every reader, at every kind of question of this year's questionnaire and elsewhere, reads texts of 60, 600, 4,096 and
20,000 characters made of what is hardest to read (`tests/worst.py`). Prints the worst text of each reader and size in
milliseconds of the thread's own time; exit code 1 when a promise is broken.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable, Mapping
from functools import partial

from tests.worst import TEXTS, long_text
from tests.worst_places import READERS, at_question, questions, said_at

SIZES = (60, 600, 4_096, 20_000)

MOST = 50.0
"""The promise: milliseconds for any text."""

GROWTH, FROM = 2.0, 10.0
"""Five times the text may take so much more than five times as long; fewer milliseconds than that are not compared."""

TRIES = 4
"""Of a text that takes long, the quickest counts: what else the machine does is no work of ours."""


def readers() -> Mapping[str, Callable[[str], object]]:
    """Everything that reads, by name."""
    at = {f"question {what}": partial(said_at, at_question(key)) for key, what in questions().items()}
    return {**at, **READERS}


def milliseconds(read: Callable[[str], object], text: str) -> float:
    """How long a text takes, in milliseconds."""
    quickest = float("inf")
    for _ in range(TRIES):
        began = time.thread_time()
        read(text)
        quickest = min(quickest, (time.thread_time() - began) * 1000)
        if quickest < MOST / 5:
            break
    return quickest


def main(part: str = "") -> bool:
    """Measure and print; whether all promises are kept."""
    kept = True
    print(f"{'reader':34}" + "".join(f"{size:>9,}" for size in SIZES) + "   ms, and the worst text at the end")
    for name, read in readers().items():
        if part not in name:
            continue
        read("Kenya")  # what is made once is made now
        taken = {size: {text: milliseconds(read, long_text(text, size)) for text in TEXTS} for size in SIZES}
        worst = [max(taken[size].values()) for size in SIZES]
        slow = max(TEXTS, key=lambda text: max(taken[size][text] for size in SIZES))
        broken = ["too long"] * (max(worst) > MOST) + [f"grows: {text}" for text in TEXTS if _grows(taken, text)]
        kept = kept and not broken
        print(f"{name:34}" + "".join(f"{each:9.1f}" for each in worst) + f"   {slow}  {'; '.join(broken)}", flush=True)
    return kept


def _grows(taken: Mapping[int, Mapping[str, float]], text: str) -> bool:
    """Whether a text takes more than in proportion longer when there is more of it."""
    shorter, longer = SIZES[-2:]
    before, after = taken[shorter][text], taken[longer][text]
    return after > FROM and after > GROWTH * before * longer / shorter


if __name__ == "__main__":
    sys.exit(not main(*sys.argv[1:2]))
