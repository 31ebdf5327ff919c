"""Casework: one engine of lifecycle, legal clocks, parties and signatures for every kind of case."""
