"""Updates of a channel: which were handled, which wait to be taken."""
