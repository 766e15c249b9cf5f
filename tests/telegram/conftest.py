"""A Bot API server and the real service that talks to it."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from tests.botapi import BotApi
from tests.service import Service
from tests.telegram.opening import telegram


@pytest.fixture(scope="module")
def started() -> type[Service]:
    """How services are started; a file may say otherwise."""
    return Service


@pytest.fixture(scope="module")
async def open_bot(
    request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory, started: type[Service]
) -> AsyncIterator[tuple[BotApi, Service]]:
    """A server and its service; by polling unless the test says otherwise. Neither breaks a rule, nor breaks down.

    One for all tests of a file: each test has people of its own.
    """
    async with BotApi() as server:
        service = started(tmp_path_factory.mktemp("service"), **telegram(server, getattr(request, "param", "polling")))
        async with service:
            yield server, service
        assert "Traceback" not in service.log, service.log
