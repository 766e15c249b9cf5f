"""Pushing entries to receivers outside: the outbox, its receivers, and what could not be delivered."""
