"""Announcements: their life, their texts' fields and buttons, and what keeps one from being sent."""
