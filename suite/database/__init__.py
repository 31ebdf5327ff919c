"""Engine, sessions, types, migrations, and what differs between SQLite and PostgreSQL."""
