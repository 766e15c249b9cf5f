"""The questionnaire as a file to fill in without a network: written for a draft, and read when it comes back."""
