"""Invented rosters of lawyers for demonstrations: realistic in shape and a little untidy, as real ones are.

Nobody in them exists. Proportions follow the national statistics of lawyers of 2022. Every function takes
a `SampleRequest` and yields one row (heading → cell) after another; the same request, the same rows.
"""

from plugins.lawyers.sample.body_rows import branch_rows, firm_rows, unit_rows
from plugins.lawyers.sample.lawyer_rows import lawyer_rows
from plugins.lawyers.sample.trainee_rows import trainee_rows

__all__ = ["branch_rows", "firm_rows", "lawyer_rows", "trainee_rows", "unit_rows"]
