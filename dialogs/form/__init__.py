"""The question that is open, and everything around it."""
