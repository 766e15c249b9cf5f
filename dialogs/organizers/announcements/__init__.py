"""Announcements: composed, previewed, approved, sent, watched. A module for each thing an organizer does."""
