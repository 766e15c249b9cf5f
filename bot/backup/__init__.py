"""`stocktaking backup` and `stocktaking restore`."""
