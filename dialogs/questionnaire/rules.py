"""Whether the parts of a questionnaire fit together: everything that reading one field alone cannot show."""

from __future__ import annotations

from collections.abc import Sequence

from dialogs.questionnaire.parts import ReadSection

__all__ = ["judge"]


def judge(sections: Sequence[ReadSection]) -> None:
    """Note every mistake between the parts, each where it stands."""
