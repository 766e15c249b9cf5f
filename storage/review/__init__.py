"""Review: who has which entry, rounds with their authors, decisions, and the history of it all."""
