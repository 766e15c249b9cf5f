"""Notices, announcements, deliveries, audiences, reminders, the inbox."""
