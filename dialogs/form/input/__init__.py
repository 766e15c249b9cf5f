"""What people send at a question: choices, lists, several messages, edits, words that are no answer."""
