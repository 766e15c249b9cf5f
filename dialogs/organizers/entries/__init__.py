"""Entries looked for by what they are about."""
