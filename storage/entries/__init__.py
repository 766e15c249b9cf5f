"""Drafts, entries, their files, and who may touch them."""
