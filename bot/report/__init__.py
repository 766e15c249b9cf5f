"""The yearly report: one value with all its words and figures, and its four forms."""
