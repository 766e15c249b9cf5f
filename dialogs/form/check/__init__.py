"""The check before sending: answers as a record, what is missing, what does not go together; and taking back."""
