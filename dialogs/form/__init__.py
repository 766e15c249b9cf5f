"""The question and everything around it: asking, reading input, leaving a question, the check, sending."""
