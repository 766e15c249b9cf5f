"""Screens on their way out: rendered, merged, sent or edited, in order."""
