"""Announcements from the command line."""
