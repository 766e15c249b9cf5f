"""aiogram in a third of its time: its types are made when one is first used, not all of them at the start.

`aiogram.types` builds the validators of all its six hundred models while it is imported, which is two thirds of the
seconds that this takes; a bot uses some sixty of them. pydantic builds a model by itself when it is first used, if
it can find the names in the model's annotations. So the building is put off, and every module is given the names
(aiogram imports them for type checkers only).
"""

from __future__ import annotations

import sys
from typing import Any, Literal, Optional, Union

from pydantic import BaseModel

__all__ = ["import_aiogram"]


def import_aiogram() -> None:
    """Import `aiogram.types`, once, before anything else of aiogram is."""
    if "aiogram.types" in sys.modules:
        return
    building = BaseModel.__dict__["model_rebuild"]
    BaseModel.model_rebuild = classmethod(_later)  # type: ignore[assignment]
    try:
        from aiogram import types
    finally:
        BaseModel.model_rebuild = building  # type: ignore[method-assign]
    _introduce({name: getattr(types, name) for name in types.__all__})


def _later(cls: type[BaseModel], /, **_: Any) -> None:
    """Leave a model to be built at its first use."""


def _introduce(names: dict[str, Any]) -> None:
    """Make the names of the annotations known in every module of the types."""
    from aiogram.client.default import Default

    known = {"List": list, "Optional": Optional, "Union": Union, "Literal": Literal, "Default": Default, **names}
    for module in [module for name, module in sys.modules.items() if name.startswith("aiogram.types.")]:
        for name, value in known.items():
            module.__dict__.setdefault(name, value)
