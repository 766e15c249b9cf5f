"""`pytest tests/contract --write-script` writes what is shown anew, instead of checking it."""

from __future__ import annotations

import pytest


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--write-script", action="store_true", help="write tests/contract/script.md anew")
