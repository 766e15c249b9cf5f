"""The metrics in Prometheus' own format. prometheus-client is imported here and nowhere else, when first asked."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from pathlib import Path

from prometheus_client import CollectorRegistry, ProcessCollector, generate_latest
from prometheus_client.exposition import CONTENT_TYPE_LATEST as CONTENT_TYPE
from prometheus_client.metrics_core import CounterMetricFamily, GaugeMetricFamily, HistogramMetricFamily, Metric
from prometheus_client.registry import Collector

from bot.app import App
from bot.metrics import counts
from bot.rate_limit import Budget
from storage.engine.database import DatabaseError, sqlite_file
from storage.messaging.backlog import MANY, backlog

__all__ = ["CONTENT_TYPE", "render"]

PATIENCE = 3.0
"""Seconds that the database may take; without its answer the page has `stocktaking_database_up 0` and the rest."""


class Page(Collector):
    """All that is known at one moment. `backlog`: letters that are due; None when the database does not answer."""

    def __init__(self, app: App, budget: Budget | None, backlog: int | None) -> None:
        self.app = app
        self.budget = budget
        self.backlog = backlog

    def collect(self) -> Iterator[Metric]:
        yield from _counted()
        yield GaugeMetricFamily(
            "stocktaking_database_up", "Whether the database answered this request.", self.backlog is not None
        )
        if self.backlog is not None:
            yield GaugeMetricFamily(
                "stocktaking_courier_backlog", f"Letters due and not sent, up to {MANY}.", self.backlog
            )
        if self.budget is not None:
            yield from _budget(self.budget)
        yield from _disks(self.app)


async def render(app: App, budget: Budget | None) -> bytes:
    """The page as it is now."""
    registry = CollectorRegistry()
    ProcessCollector(registry=registry)
    registry.register(Page(app, budget, await _backlog(app)))
    return generate_latest(registry)


async def _backlog(app: App) -> int | None:
    now = app.turns.now()
    try:
        async with asyncio.timeout(PATIENCE):
            return await app.database.read(lambda session: backlog(session, now))
    except (DatabaseError, TimeoutError):
        return None


def _counted() -> Iterator[Metric]:
    turns = CounterMetricFamily("stocktaking_updates", "Updates by channel and outcome.", labels=("channel", "outcome"))
    for (channel, outcome), number in counts.TURNS.items():
        turns.add_metric((channel, outcome), number)
    yield turns
    seconds = counts.TURN_SECONDS
    yield HistogramMetricFamily(
        "stocktaking_turn_seconds",
        "Seconds from the beginning of a turn to its commit.",
        buckets=seconds.buckets,
        sum_value=seconds.sum,
    )
    for name, what, label, found in (
        ("stocktaking_http_responses", "Answers over HTTP by status.", "status", counts.RESPONSES),
        ("stocktaking_telegram_refusals", "What Telegram refused, by reason.", "reason", counts.REFUSED_BY_TELEGRAM),
    ):
        family = CounterMetricFamily(name, what, labels=(label,))
        for value, number in found.items():
            family.add_metric((value,), number)
        yield family


def _budget(budget: Budget) -> Iterator[Metric]:
    yield GaugeMetricFamily("stocktaking_send_rate", "Messages a second that may be sent.", budget.rate)
    yield GaugeMetricFamily("stocktaking_send_waiting", "Messages that wait for their turn.", budget.waiting)
    yield GaugeMetricFamily("stocktaking_send_halted_seconds", "Seconds Telegram told us to wait.", budget.halted)


def _disks(app: App) -> Iterator[Metric]:
    free = GaugeMetricFamily("stocktaking_disk_free_bytes", "Free space where things are kept.", labels=("what",))
    database = sqlite_file(app.settings.database_url)
    folders: list[tuple[str, Path]] = [("files", app.settings.files)]
    if database is not None:
        folders.append(("database", database.parent))
    for what, folder in folders:
        free.add_metric((what,), shutil.disk_usage(folder).free)
    yield free
