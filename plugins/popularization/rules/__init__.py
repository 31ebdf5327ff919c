"""Validators of popularization: pure functions that return problems.

There is no licence here and the numbers are the house's own, so nearly every rule only warns.
"""
