"""Pictures that people send, without what they say about the people: where it was taken, by whose camera, and when."""
