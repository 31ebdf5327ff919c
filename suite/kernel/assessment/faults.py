"""Faults of a sheet that is read: those a person can mend with their places, of the rest their number."""

from __future__ import annotations

from collections.abc import Sequence

from suite.contract.problems import Problem

MOST_FAULTS = 200
#: The code of the line that says how many more there are.
MORE = "faults.more"


def bounded(problems: Sequence[Problem], field: str) -> list[Problem]:
    """The first faults with their place, and how many more there are; `field` is what they are about."""
    more = len(problems) - MOST_FAULTS
    told = list(problems[:MOST_FAULTS])
    if more > 0:
        told.append(Problem(code=MORE, text=f"另有 {more:,} 处，请一并改正。", field=field))
    return told
