"""Validators of the lawyers' fields and rows: pure functions that return problems.

A rule of an uncertain text warns and never blocks; what cannot be true (two dates, two digits that
contradict each other) is an error. Numbers come from parameters.
"""
