"""Which tests run which line, and how long each takes: so that a mutant costs seconds and not the suite."""

from __future__ import annotations

import json
import random
import sys
from collections import defaultdict
from collections.abc import Generator
from dataclasses import dataclass
from pathlib import Path

import coverage
import pytest

from tests.mutation.mutants import Mutant

__all__ = ["CoverageMap"]

PURE = ("dialogs", "locales")
TESTS = (
    "answers", "contacts", "dialogs", "domain", "knowledge", "locales", "organizing", "questionnaire", "register",
    "review", "rights", "scheduling",
)  # fmt: skip
ELSEWHERE = {"Service", "BotApi", "async_playwright", "open_page"}
"""What runs the code in another process, where its lines are not counted: tests beside one of these are left out."""
PATIENCE = 60.0
"""Seconds of tests that are run for one mutant at most, by what they took before."""


@dataclass(frozen=True)
class CoverageMap:
    """How the tests took it without a mutant."""

    tests: dict[str, dict[int, list[str]]]
    """The tests that run it, by file and line."""
    seconds: dict[str, float]

    @classmethod
    def read(cls, file: Path) -> CoverageMap:
        found = json.loads(file.read_text("utf-8"))
        by_line = {name: {int(line): tests for line, tests in lines.items()} for name, lines in found["tests"].items()}
        return cls(by_line, found["seconds"])

    def tests_of(self, mutant: Mutant) -> list[str]:
        """Those that run its line, else, as for a constant, any of its module; the quickest first, within PATIENCE."""
        lines = self.tests.get(mutant.file, {})
        found = lines.get(mutant.line) or sorted({test for tests in lines.values() for test in tests})
        random.Random(str(mutant)).shuffle(found)
        chosen, total = [], 0.0
        for test in sorted(found, key=lambda test: self.seconds.get(test, 1.0) // 0.2):
            total += self.seconds.get(test, 1.0)
            if total > PATIENCE:
                break
            chosen.append(test)
        return chosen


class _Recorder:
    """Leaves out what runs elsewhere, tells coverage which test is on, and notes how long it took."""

    def __init__(self, counted: coverage.Coverage) -> None:
        self.counted = counted
        self.seconds: dict[str, float] = defaultdict(float)

    def pytest_collection_modifyitems(self, items: list[pytest.Item]) -> None:
        items[:] = [
            item
            for item in items
            if isinstance(item, pytest.Function)
            and "postgresql" not in item.name
            and not ELSEWHERE & set(vars(item.module))
        ]

    @pytest.hookimpl(wrapper=True)
    def pytest_runtest_protocol(self, item: pytest.Item) -> Generator[None, object, object]:
        self.counted.switch_context(item.nodeid)
        return (yield)

    def pytest_runtest_logreport(self, report: pytest.TestReport) -> None:
        self.seconds[report.nodeid] += report.duration


def record(file: Path) -> int:
    """Run the tests of the folder one is in, once, and write the map; pytest's exit code."""
    counted = coverage.Coverage(data_file=None, source=list(PURE))
    recorder = _Recorder(counted)
    counted.start()
    code = pytest.main(["-n", "0", "-p", "no:cacheprovider", *(f"tests/{name}" for name in TESTS)], plugins=[recorder])
    counted.stop()
    data, here = counted.get_data(), Path.cwd()
    tests = {
        str(Path(name).relative_to(here)): {
            line: sorted(set(contexts) - {""}) for line, contexts in data.contexts_by_lineno(name).items()
        }
        for name in data.measured_files()
    }
    file.write_text(json.dumps({"tests": tests, "seconds": recorder.seconds}), "utf-8")
    return int(code)


if __name__ == "__main__":
    sys.exit(record(Path(sys.argv[1])))
