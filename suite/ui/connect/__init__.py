"""Choosing the database: what a fresh desk shows first, and a part of the settings."""
