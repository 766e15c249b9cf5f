"""Plain values: dates, Geneva's time, stored data read back, texts compared word by word."""
