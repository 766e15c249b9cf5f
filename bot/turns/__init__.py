"""One turn of a conversation: an event comes in, one transaction keeps what it did, screens go out."""
