"""Contacts from lists, and who of them can be reached."""
