"""Frozen sets: the rows behind their numbers, and why a number is another one since."""
