"""The apps that people use, each in its own package."""
