"""The book of backups: which were taken of this database, and which were proven by a restore."""
