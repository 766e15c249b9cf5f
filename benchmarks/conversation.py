"""What one answered step costs, beside bare bots: `python -m benchmarks.conversation [PEOPLE ...]` (`make bench`).

People answer 30 questions by webhook in lock step: each as soon as the next question is there. The service runs in a
process of its own, the tests' strict Bot API server with the people in this one. Ours goes first on SQLite, then on
PostgreSQL, both durable; the same questions, with their texts and keyboards, are then asked by bots that keep nothing.
The measure is the processor's time of the service's process, for that hangs least on what else the machine does; the
ratios of one run are what is promised. The web chat (POST, 303, GET) is measured with ten people.

Writes the table in docs/performance.md with `--write`. Exit code 1 below the bars.
"""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

from benchmarks.walk import STEPS, Crowd, Figures, Process, Step, begin_entry, read_steps, scouted, walked, write_steps
from tests.postgres import MISSING, Server, binaries
from tests.samples import ANSWERS
from tests.service import FromNothing, free_port
from tests.telegram.opening import telegram
from tests.web.plain import plain

BARS = {"SQLite": 2.0, "PostgreSQL": 3.0}
"""Times the processor's time of a step on bare aiogram, at most."""
STATEMENTS = 6.0
"""SQL statements of a step at most, without the bounds of transactions."""
WEB = 5.0
"""Milliseconds of the processor for an answer in the web chat, at most."""

AIOGRAM = "aiogram, nothing kept"
PEERS = {
    AIOGRAM: ("benchmarks.peers.aiogram_bot",),
    "python-telegram-bot, nothing kept": ("benchmarks.peers.telegram_bot",),
    "python-telegram-bot, pickled each second": ("benchmarks.peers.telegram_bot", "answers.pickle"),
}
PEOPLE = (10,)
WEB_PEOPLE = 10
DOCUMENT = Path(__file__).parents[1] / "docs" / "performance.md"
IDLE = 5.0
"""Seconds for which it is counted what the service asks the store while nobody answers."""
BEGIN, END = "<!-- benchmarks.conversation -->\n", "<!-- end -->\n"

ROOT = Path(__file__).parents[1]
BOUNDS = ("BEGIN", "SAVEPOINT", "RELEASE", "ROLLBACK", "COMMIT")
COUNTED = "BENCHMARK_STATEMENTS"


class Measured(FromNothing):
    """The service, measured; the statements that it was told to count."""

    def __init__(self, folder: Path, *, counted: bool = False, **settings: str) -> None:
        super().__init__(folder, root=ROOT, **settings)
        if counted:
            self.environment[COUNTED] = str(folder / "statements")

    async def _begin(self, words: tuple[str, ...], out: Path, errors: Path) -> asyncio.subprocess.Process:
        with out.open("ab") as output, errors.open("ab") as complaints:
            return await asyncio.create_subprocess_exec(
                *(sys.executable, "-m", "benchmarks.measured_service", *words),
                stdout=output,
                stderr=complaints,
                env=self.environment,
                cwd=self.root,
            )

    @property
    def measured(self) -> Process:
        assert self.process is not None
        return Process(self.process.pid)

    async def statements(self) -> list[str]:
        """Those since the last time, without the bounds of transactions."""
        file = self.folder / "statements"
        file.unlink(missing_ok=True)
        os.kill(self.measured.pid, signal.SIGUSR1)
        while not file.exists():  # noqa: ASYNC110  another process makes it
            await asyncio.sleep(0.05)
        return [each for each in file.read_text().split("\n;\n") if each and not each.startswith(BOUNDS)]


@asynccontextmanager
async def ours(folder: Path, server: Crowd, url: str, *, counted: bool = False) -> AsyncIterator[Measured]:
    """Our service, called by webhook."""
    settings = {**telegram(server, "webhook"), "telegram_rate": "1000", "web_requests_per_address": "1000000/100000"}
    if url:
        settings["database_url"] = url
    async with Measured(folder, counted=counted, **settings) as service:
        await server.until(lambda: server.webhook is not None, 30)
        yield service


@asynccontextmanager
async def peer(folder: Path, server: Crowd, module: str, *more: str) -> AsyncIterator[Process]:
    """Another bot, called by webhook."""
    port = free_port()
    words = (str(port), server.url, server.token, str(folder / "steps.json"), *(str(folder / each) for each in more))
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", module, *words), stdout=asyncio.subprocess.PIPE, cwd=ROOT
    )
    assert process.stdout is not None
    await process.stdout.readline()
    server.webhook = {"url": f"http://127.0.0.1:{port}/telegram", "secret_token": ""}
    try:
        yield Process(process.pid)
    finally:
        process.terminate()
        await process.wait()


async def statements_of(folder: Path, url: str, steps: list[Step]) -> float:
    """SQL statements a step, of one person, with all that is done after an answer."""
    async with Crowd() as server, ours(folder, server, url, counted=True) as service:
        await scouted(server)  # loads what is loaded once
        figures = await asyncio.gather(_counted(server, service, steps))
    return figures[0]


async def _counted(server: Crowd, service: Measured, steps: list[Step]) -> float:
    """What the clock asks for by itself is measured first, while nobody answers, and taken away."""
    person = server.person("Somebody")
    await begin_entry(server, person)
    await asyncio.sleep(0.5)
    await service.statements()
    await asyncio.sleep(IDLE)
    idle, begun = len(await service.statements()) / IDLE, time.perf_counter()
    for step in steps:
        await server.answers(person, step.answer)
        await server.quiet(person.id, 0.05)
    await asyncio.sleep(0.5)
    asked = len(await service.statements()) - idle * (time.perf_counter() - begun)
    return asked / len(steps)


async def web_answers(service: Measured) -> Figures:
    """An answer in the web chat: the form, the redirect and the page."""
    waits: list[float] = []

    async def walk() -> None:
        async with plain(service.url) as browser:
            await browser.asks("GET", "/")
            await browser.posts(command="new")
            for _ in range(STEPS):
                begun = time.perf_counter()
                await browser.posts(text=ANSWERS[browser.screen])
                waits.append(time.perf_counter() - begun)

    await walk()  # what is made once
    waits.clear()
    used, begun = service.measured.seconds, time.perf_counter()
    await asyncio.gather(*(walk() for _ in range(WEB_PEOPLE)))
    lasted, taken = time.perf_counter() - begun, WEB_PEOPLE * STEPS
    return Figures(WEB_PEOPLE, taken, service.measured.seconds - used, lasted, 0.0, waits)


async def measure(folder: Path, many: tuple[int, ...]) -> tuple[dict[str, list[Figures]], dict[str, float]]:
    """The figures of each bot, by crowd; and the statements a step of ours."""
    found: dict[str, list[Figures]] = {}
    statements: dict[str, float] = {}
    urls = {"SQLite": ""}
    if binaries() is not None:
        urls["PostgreSQL"] = (postgres := Server(durable=True)).new_database()
    else:
        print(MISSING)
    for engine, url in urls.items():
        async with Crowd() as server, ours(folder / engine, server, url) as service:
            write_steps(await scouted(server), folder / "steps.json")
            steps = read_steps(folder / "steps.json")
            found[engine] = [await walked(server, service.measured, n, steps, ours=True) for n in many]
            found[f"web chat on {engine}"] = [await web_answers(service)]
        other = postgres.new_database() if url else ""
        statements[engine] = await statements_of(folder / f"{engine}-counted", other, steps)
    for name, words in PEERS.items():
        async with Crowd() as server, peer(folder, server, *words) as process:
            await walked(server, process, 1, steps, ours=False)  # what is made once
            found[name] = [await walked(server, process, n, steps, ours=False) for n in many]
    return found, statements


def table(found: dict[str, list[Figures]], statements: dict[str, float]) -> list[str]:
    bare = {figures.people: figures.step for figures in found[AIOGRAM]}
    lines = [
        "| | people | processor a step | times aiogram | steps a second | p50, p99 | SQL | calls |",
        "|---|---|---|---|---|---|---|---|",
    ]
    for name, all_of_it in found.items():
        for figures in all_of_it:
            times = f"{figures.step / bare[figures.people]:.1f}" if figures.people in bare else ""
            p50, p99 = figures.percentiles
            sql = f"{statements[name]:.1f}" if name in statements else ""
            lines.append(
                f"| {name} | {figures.people} | {figures.step:.1f} ms | {times} | {figures.rate:.0f} | "
                f"{p50:.0f} ms, {p99:.0f} ms | {sql} | {figures.calls:.1f} |"
            )
    return lines


def below(found: dict[str, list[Figures]], statements: dict[str, float]) -> list[str]:
    """Which bars are not met."""
    bare = {figures.people: figures.step for figures in found[AIOGRAM]}
    worst = {
        engine: max(figures.step / bare[figures.people] for figures in found[engine])
        for engine in BARS
        if engine in found
    }
    misses = [f"{e}: {t:.1f} times aiogram, promised {BARS[e]:.1f}" for e, t in worst.items() if t > BARS[e]]
    misses += [f"{e}: {n:.1f} statements, promised {STATEMENTS:.0f}" for e, n in statements.items() if n > STATEMENTS]
    for name, all_of_it in found.items():
        if name.startswith("web chat") and (step := all_of_it[0].step) > WEB:
            misses.append(f"{name}: {step:.1f} ms an answer, promised {WEB:.0f}")
    return misses


def write(lines: list[str]) -> None:
    """Put the table into the document."""
    before, _, rest = DOCUMENT.read_text().partition(BEGIN)
    _, _, after = rest.partition(END)
    DOCUMENT.write_text("".join([before, BEGIN, *(f"{line}\n" for line in lines), END, after]))


def main(words: list[str]) -> int:
    many = tuple(int(word) for word in words if word.isdigit()) or PEOPLE
    with tempfile.TemporaryDirectory() as folder:
        found, statements = asyncio.run(measure(Path(folder), many))
    lines = table(found, statements)
    print("\n".join(lines))
    if "--write" in words:
        write(lines)
    misses = below(found, statements)
    print("\n".join(misses))
    return 1 if misses else 0


if __name__ == "__main__":
    with contextlib.suppress(KeyboardInterrupt):
        sys.exit(main(sys.argv[1:]))
