"""A whole database as one file: snapshots, restoring, copying to another engine."""
