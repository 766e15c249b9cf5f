"""The questionnaire as organizers make it: out to a spreadsheet and back, kept, published, walked and compared."""
