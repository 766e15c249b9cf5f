"""`stocktaking contacts`."""
