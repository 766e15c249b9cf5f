"""Filling in without a network: the questionnaire as a file, and the file read back into the draft."""
