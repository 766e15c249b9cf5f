"""`python -m tests.mutation 300 --seed 1`: plant so many mutants, and tell those that no test noticed.

`--again` takes the map of the last time, where only tests have changed since.
"""

from __future__ import annotations

import argparse
import os
import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from queue import SimpleQueue

from tests.mutation.coverage_map import PATIENCE, PURE, CoverageMap
from tests.mutation.mutants import Mutant, sample

ROOT = Path(__file__).parents[2]
COPIED = ("bot", "dialogs", "locales", "storage", "tests", "docs", "README.md", "CHANGELOG.md", "pyproject.toml")
PROMISED = 85
"""Percent of the mutants that fail a test."""
HANGS = 5 * PATIENCE
"""Seconds after which a mutant that runs on is stopped, and counts as noticed: it never ends."""


def copied_to(folder: Path) -> Path:
    """A copy of what the tests need, for one mutant after the other."""
    folder.mkdir(parents=True)
    for name in COPIED:
        source = ROOT / name
        (shutil.copytree if source.is_dir() else shutil.copy)(source, folder / name)
    return folder


def python(folder: Path, *words: str, timeout: float | None = None) -> int:
    """Run something in a copy, saying nothing; its exit code, and 1 when it did not end in time."""
    environment = os.environ | {"PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(folder)}
    try:
        return subprocess.run(
            [sys.executable, *words], cwd=folder, env=environment, capture_output=True, timeout=timeout, check=False
        ).returncode
    except subprocess.TimeoutExpired:
        return 1


def noticed(mutant: Mutant, folder: Path, known: CoverageMap) -> bool:
    """Whether a test fails of it."""
    tests = known.tests_of(mutant)
    if not tests:
        return False
    before = mutant.plant(folder)
    try:
        return python(folder, "-m", "pytest", "-x", "-n", "0", "-p", "no:cacheprovider", *tests, timeout=HANGS) != 0
    finally:
        mutant.write(folder, before)


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.mutation")
    parser.add_argument("how_many", nargs="?", type=int, default=300)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--in", dest="folder", type=Path, default=ROOT / ".mutants", help="where the copies are made")
    parser.add_argument("--workers", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--again", action="store_true", help="take the map of the last run")
    args = parser.parse_args()

    copies: SimpleQueue[Path] = SimpleQueue()
    for number in range(args.workers):
        shutil.rmtree(args.folder / str(number), ignore_errors=True)
        copies.put(copied_to(args.folder / str(number)))
    map_file = args.folder / "map.json"
    if not args.again or not map_file.exists():
        print("Running the tests once without any mutant ...", flush=True)
        if python(args.folder / "0", "-m", "tests.mutation.coverage_map", str(map_file.resolve())):
            print("They fail already: mend them first.")
            return 2
    known = CoverageMap.read(map_file)

    def tried(mutant: Mutant) -> bool:
        folder = copies.get()
        try:
            return noticed(mutant, folder, known)
        finally:
            copies.put(folder)

    mutants = sample(ROOT, PURE, args.how_many, args.seed)
    missed = 0
    with ThreadPoolExecutor(args.workers) as pool:
        for number, (mutant, dead) in enumerate(zip(mutants, pool.map(tried, mutants), strict=True), 1):
            missed += not dead
            if not dead:
                print(f"survived: {mutant}", flush=True)
            if number % 50 == 0 or number == len(mutants):
                print(
                    f"{number} planted, {number - missed} noticed ({100 * (number - missed) // number} %)", flush=True
                )
    return int(100 * (len(mutants) - missed) < PROMISED * len(mutants))


if __name__ == "__main__":
    sys.exit(main())
