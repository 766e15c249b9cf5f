"""People: accounts, sessions, conversations, what was handled and shown, linking, erasure."""
