"""Pushing entries to the Stocktaking platform and to others: over HTTPS, signed, in order, until they arrive."""
