"""The yearly calls, late codes, statistics."""
