"""Lists of contacts: read, kept, and turned into links, figures and the list of those whom only e-mail reaches."""
