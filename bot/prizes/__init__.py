"""The Prizes: packets for jurors, their score sheets read back, the public vote taken in."""
