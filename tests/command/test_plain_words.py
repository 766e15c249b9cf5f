"""What commands and settings say: in words of the field, before anything is made that would have to be made again."""

from __future__ import annotations

import re

import pytest
from typer.testing import CliRunner

from bot.cli.main import app
from bot.settings import Settings, SettingsError

pytestmark = pytest.mark.feature("B10")


def test_the_command_says_its_version() -> None:
    said = CliRunner().invoke(app, ["--version"])
    assert said.exit_code == 0 and re.fullmatch(r"stocktaking \d+\.\d+\.\d+\n", said.output)


@pytest.mark.parametrize(
    ("option", "value"),
    [("--bot", "my bot"), ("--bot", "x"), ("--web", "stocktaking.itu.int"), ("--web", "https://itu.int/?a=1")],
)
@pytest.mark.parametrize("command", ["links", "unreached"])
def test_links_that_would_lead_nowhere_are_not_made(command: str, option: str, value: str) -> None:
    said = CliRunner().invoke(app, ["contacts", command, "--output", "/nowhere/x.csv", option, value])
    assert said.exit_code == 2 and value in said.output


@pytest.mark.parametrize(
    ("name", "value", "says"),
    [
        ("organizers", "@anna", "STOCKTAKING_ORGANIZERS: expected a whole number"),
        ("http_port", "99999", "STOCKTAKING_HTTP_PORT: expected at most 65535"),
    ],
)
def test_a_wrong_setting_is_named_in_plain_words(
    monkeypatch: pytest.MonkeyPatch, name: str, value: str, says: str
) -> None:
    monkeypatch.setenv(f"STOCKTAKING_{name.upper()}", value)
    with pytest.raises(SettingsError, match=re.escape(says)):
        Settings.read()
