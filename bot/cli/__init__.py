"""The organizers' side from the command line. The log knows it as "the command line"."""
