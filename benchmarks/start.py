"""How soon a second `make run` shows the web chat: `python -m benchmarks.start [STARTS]`.

Starts the service over a database that is there already, asks for the first page until it comes, and prints the
seconds of each start and their median. Exit code 1 when the median is above two seconds.
"""

from __future__ import annotations

import os
import resource
import signal
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from pathlib import Path

from tests.service import free_port

PROMISED = 2.0
"""Seconds."""

ROOT = Path(__file__).parents[1]


def start(folder: Path) -> tuple[float, float]:
    """Seconds from the command to the whole first page, and those of the processor: all that counts on a busy machine.

    The second figure includes the end of the service.
    """
    port = free_port()
    environment = os.environ | {
        "STOCKTAKING_HTTP_PORT": str(port),
        "STOCKTAKING_DATABASE_URL": f"sqlite:///{folder}/stocktaking.sqlite3",
        "STOCKTAKING_FILES": str(folder / "files"),
    }
    environment.pop("STOCKTAKING_TELEGRAM_TOKEN", None)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    begun = time.perf_counter()
    service = subprocess.Popen(
        ["make", "-s", "run"],
        cwd=ROOT,
        env=environment,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        shown = until_shown(f"http://127.0.0.1:{port}/", begun)
    finally:
        os.killpg(service.pid, signal.SIGTERM)
        service.wait()
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return shown, used.ru_utime + used.ru_stime - before.ru_utime - before.ru_stime


def until_shown(address: str, begun: float) -> float:
    while time.perf_counter() - begun < 60:
        try:
            with urllib.request.urlopen(address, timeout=5) as page:
                page.read()
                return time.perf_counter() - begun
        except urllib.error.URLError:
            time.sleep(0.02)
    raise TimeoutError(address)


def main(starts: int) -> int:
    with tempfile.TemporaryDirectory() as folder:
        first, _ = start(Path(folder))
        found = [start(Path(folder)) for _ in range(starts)]
    median = statistics.median(seconds for seconds, _ in found)
    each = ", ".join(f"{seconds:.2f}" for seconds, _ in found)
    processor = statistics.median(used for _, used in found)
    print(f"first start {first:.2f} s; then {each}; median {median:.2f} s; processor {processor:.2f} s")
    return 0 if median <= PROMISED else 1


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 5))
