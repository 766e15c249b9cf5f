"""Review: what is told to whom."""
