"""Calls: looked at, opened, moved, closed."""
