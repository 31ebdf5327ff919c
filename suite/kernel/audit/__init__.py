"""The trace: sealing, verifying, and reading it as sentences."""
