"""One script, word for word the same in the browser, in the terminal and on Telegram; more where a page has room."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from pathlib import Path

import pytest

from tests.contract import browser, script, telegram, terminal
from tests.contract.script import Shown

CHANNELS: dict[str, Callable[[Sequence[str], Path], Awaitable[list[Shown]]]] = {
    "terminal": terminal.plays,
    "browser": browser.plays,
    "telegram": telegram.plays,
}


@pytest.mark.timeout(240)
@pytest.mark.feature("H2", "N14", "O6")
@pytest.mark.parametrize("channel", CHANNELS)
async def test_the_script_passes_word_for_word(channel: str, tmp_path: Path, request: pytest.FixtureRequest) -> None:
    steps = script.read()
    said = [step.said for step in steps]
    shown = await CHANNELS[channel](said, tmp_path)
    if channel == "terminal" and request.config.getoption("--write-script", default=False):
        script.write(said, shown, await browser.plays(said, tmp_path / "browser"))
        steps = script.read()
    assert len(shown) == len(steps), f"{len(shown)} screens for {len(steps)} lines that were typed"
    for step, screen in zip(steps, shown, strict=True):
        assert screen == (step.page if channel == "browser" else step.shown), f"after {step.said!r}"
