"""A stage for conversations about letters, with a reviewer and an author who has sent an entry."""

from __future__ import annotations

from tests.organizing.conftest import olga, stage
from tests.review.conftest import anna, remi

__all__ = ["anna", "olga", "remi", "stage"]
