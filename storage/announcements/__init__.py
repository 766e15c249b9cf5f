"""Announcements: texts, audiences, what organizers do with them, and who watches one being sent."""
