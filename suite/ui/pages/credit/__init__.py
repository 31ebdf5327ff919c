"""信用: what must be made public, credit records, repairs."""
