"""Small faults planted in the pure modules, one by one: each should fail a test. Run by `make mutants`."""
