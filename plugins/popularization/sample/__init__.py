"""Invented rosters of popularization: the same request gives the same rows.

The units are the departments that a city has, counties and villages are real; numbers and people are
invented.
"""

from plugins.popularization.sample.honours import household_rows, model_village_rows, site_rows
from plugins.popularization.sample.units import unit_rows
from plugins.popularization.sample.villagers import villager_rows
from plugins.popularization.sample.volunteers import volunteer_rows

__all__ = [
    "household_rows",
    "model_village_rows",
    "site_rows",
    "unit_rows",
    "villager_rows",
    "volunteer_rows",
]
