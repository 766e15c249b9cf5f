"""What people and lists call options besides their labels, by the vocabulary key of the label."""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType

from dialogs.knowledge.country_names import OTHER_NAMES
from dialogs.knowledge.data_files import facts

__all__ = ["ALSO"]


def _also() -> dict[str, tuple[str, ...]]:
    """Of kinds of organisation and other options, languages, action lines, countries: the one list for every reader."""
    return {
        **{f"option.org_type.{code}": tuple(names) for code, names in facts("organisation_kinds").items()},
        **{f"option.{code}": tuple(names) for code, names in facts("option_names").items()},
        **{f"language.{code}": tuple(names) for code, names in facts("language_names").items()},
        **{f"action_line.{code}": tuple(names) for code, names in facts("action_line_names").items()},
        **{f"country.{code}": names for code, names in OTHER_NAMES.items()},
    }


ALSO: Mapping[str, tuple[str, ...]] = MappingProxyType(_also())
