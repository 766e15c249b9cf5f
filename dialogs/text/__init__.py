"""Text as such: normalisation, languages, a small subset of HTML, the words that are understood."""
