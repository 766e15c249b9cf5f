"""The facts as they stand in the data files beside this module, each read once."""

from __future__ import annotations

from functools import cache
from pathlib import Path
from typing import Any

import yaml

__all__ = ["facts"]

HERE = Path(__file__).parent
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
"""libyaml's loader reads ten times faster; the plain one stands in where PyYAML was built without it."""


@cache
def facts(name: str) -> Any:
    """All of `<name>.yaml`, as plain lists and mappings. Don't change what it returns: it is shared."""
    return yaml.load((HERE / f"{name}.yaml").read_text("utf-8"), LOADER)
