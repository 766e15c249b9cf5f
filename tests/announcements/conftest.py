"""The organizers' stage, for announcements."""

from __future__ import annotations

from tests.organizing.conftest import anna, olga, server, stage

__all__ = ["anna", "olga", "server", "stage"]
