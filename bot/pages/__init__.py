"""Pages beside the chat, rendered on the server: the public register and its data."""
