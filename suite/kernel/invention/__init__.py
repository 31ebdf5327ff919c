"""Invented people and numbers for sample rosters: the same seed gives the same people."""
