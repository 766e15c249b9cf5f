"""Reminders: the rules by which they come, and what organizers set about them."""
