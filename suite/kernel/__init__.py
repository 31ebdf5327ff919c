"""Rules, commands and queries, by area."""
