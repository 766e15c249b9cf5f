"""`stocktaking entries`, `review` and `register`."""
