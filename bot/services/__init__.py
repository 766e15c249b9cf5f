"""Use cases that more than one way in calls."""
