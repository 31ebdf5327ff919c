"""Backups, proofs by a restore, restores, moves to another database: what keeps the data when something dies.

Stands above `bootstrap`, since a proof takes the whole program: rosters, numbers and trace of a scratch
database must be what they were. Both faces call it; the window lets it run on a worker.
"""
