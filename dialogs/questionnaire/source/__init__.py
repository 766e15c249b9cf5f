"""The questionnaire as a file: read, checked, its mistakes shown where they were made."""
