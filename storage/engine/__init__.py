"""The database engines behind one interface: SQLite and PostgreSQL, errors, locks, snapshots, migration."""
