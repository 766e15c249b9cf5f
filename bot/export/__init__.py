"""Entries and tables on their way out: JSON, CSV, labels."""
