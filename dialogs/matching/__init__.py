"""Matching what was typed with what is offered: names, numbers, prefixes, near misses."""
