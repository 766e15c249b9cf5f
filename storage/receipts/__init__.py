"""Receipts that can be checked: signed, chained, without a word of anybody."""
