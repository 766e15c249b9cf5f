"""The organizers' console: the chat's deeds on pages, by the same use cases and with the same rights."""
