"""The files to copy: they parse, run a command that exists, and name only settings that exist."""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
import yaml

from bot.settings import PREFIX, Settings

ROOT = Path(__file__).parents[2]
DEPLOY = ROOT / "deploy"
TEXTS = [*DEPLOY.iterdir(), ROOT / "compose.yaml", ROOT / "README.md", ROOT / "docs" / "operating.md"]
KNOWN = {PREFIX + name.upper() for name in Settings.model_fields}
NOT_THE_PROGRAMS = {"STOCKTAKING_UPSTREAM"}
"""Caddy's own, in compose.yaml."""

ANALYZE = shutil.which("systemd-analyze")
CADDY = shutil.which("caddy")


def named(text: str) -> set[str]:
    """The settings that a text names."""
    return set(re.findall(r"\bSTOCKTAKING_[A-Z][A-Z_]*[A-Z]\b", text)) - NOT_THE_PROGRAMS


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_every_setting_that_is_named_exists(path: Path) -> None:
    assert named(path.read_text("utf-8")) <= KNOWN


def test_the_readme_has_every_setting() -> None:
    assert named((ROOT / "README.md").read_text("utf-8")) == KNOWN


def test_compose_puts_it_on_a_database_behind_a_proxy_without_rights() -> None:
    services = yaml.safe_load((ROOT / "compose.yaml").read_text("utf-8"))["services"]
    ours = services["stocktaking"]
    assert ours["read_only"] is True and ours["cap_drop"] == ["ALL"]
    assert "ports" not in ours and "ports" not in services["database"]
    assert (ROOT / ours["build"]["dockerfile"]).is_file()
    assert ours["depends_on"]["database"]["condition"] == "service_healthy"
    assert "healthcheck" in services["database"]
    assert {"STOCKTAKING_PUBLIC_URL", "STOCKTAKING_TRUSTED_PROXIES"} <= set(ours["environment"])


def test_the_container_runs_the_command_as_nobody_special_and_copies_what_exists() -> None:
    text = (DEPLOY / "Containerfile").read_text("utf-8")
    assert re.search(r'^CMD \["stocktaking", "run"\]$', text, re.MULTILINE)
    assert re.search(r"^USER stocktaking$", text, re.MULTILINE)
    assert "/ready" in text[text.index("HEALTHCHECK") :]
    copied = [name for line in re.findall(r"^COPY (?!--from)(.+) \S+$", text, re.MULTILINE) for name in line.split()]
    assert all((ROOT / name).exists() for name in copied), copied
    ignored = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert ignored[0] == "*" and {f"!{name}" for name in copied} <= set(ignored)


@pytest.mark.skipif(ANALYZE is None, reason="no systemd-analyze on this machine")
@pytest.mark.parametrize("unit", ["stocktaking.service", "stocktaking-backup.service", "stocktaking-backup.timer"])
def test_systemd_takes_the_units(unit: str, tmp_path: Path) -> None:
    for path in DEPLOY.glob("stocktaking*"):
        text = path.read_text("utf-8").replace("/opt/stocktaking/.venv/bin/stocktaking", "/bin/true")
        (tmp_path / path.name).write_text(text, "utf-8")
    found = subprocess.run([str(ANALYZE), "verify", tmp_path / unit], capture_output=True, text=True, check=False)
    ours = [line for line in found.stderr.splitlines() if "stocktaking" in line and "Failed to" not in line]
    assert ours == [], found.stderr


@pytest.mark.skipif(CADDY is None, reason="no caddy on this machine")
def test_caddy_takes_its_file() -> None:
    subprocess.run([str(CADDY), "validate", "--config", DEPLOY / "Caddyfile"], check=True, capture_output=True)


def test_the_caddyfile_is_whole() -> None:
    """Without Caddy at hand: its blocks are closed, and it hides what is the machine's own."""
    lines = [line.partition(" #")[0] for line in (DEPLOY / "Caddyfile").read_text("utf-8").splitlines()]
    code = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
    assert code.count("{") == code.count("}")
    assert "reverse_proxy {$STOCKTAKING_UPSTREAM:127.0.0.1:8080} {" in code
    assert "@private path /metrics /ready /health" in code and "respond @private 404" in code
