"""What a coverage says of one unit, and the sums of many: values in, values out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from enum import StrEnum


class Standing(StrEnum):
    """How a unit is covered, from good to bad."""

    COVERED = "covered"
    EXPIRING = "expiring"
    PAPER = "paper"
    UNCOVERED = "uncovered"


@dataclass(frozen=True, kw_only=True)
class Told:
    """What is known of one unit: covered by how many on the day, by how many that are more than paper, and by
    how many at the end of the time of warning; whether it was served as the rule asks (True where no rule
    asks); whether it is covered without anybody of its own; how many it needs, where one does not do."""

    standing: int
    sound: int
    later: int
    served: bool = True
    otherwise: bool = False
    need: int = 1

    @property
    def gap(self) -> int:
        """How many are missing."""
        return max(self.need - self.standing, 0)


def needed(size: int | None, least: int, per: int | None) -> int:
    """How many a unit of a size needs: the least, and one for every `per` of its size or part of them.

    A size that is not known asks for no more than the least.
    """
    return least if size is None or per is None else max(least, -(-size // per))


def standing_of(told: Told) -> Standing:
    """Uncovered; on paper only; about to end; covered. What is on paper only is told before its end is.

    A unit that is covered without anybody of its own needs no agreement, so none can end.
    """
    if told.otherwise:
        return Standing.COVERED
    if not told.standing:
        return Standing.UNCOVERED
    if not told.sound or not told.served or told.gap:
        return Standing.PAPER
    if not told.later:
        return Standing.EXPIRING
    return Standing.COVERED


@dataclass(frozen=True, kw_only=True)
class Tally:
    """How many units stand how."""

    covered: int = 0
    expiring: int = 0
    paper: int = 0
    uncovered: int = 0

    @property
    def total(self) -> int:
        """All of them."""
        return self.covered + self.expiring + self.paper + self.uncovered

    @property
    def formal(self) -> int:
        """Those with somebody on the day, on paper or not (有形覆盖)."""
        return self.total - self.uncovered

    @property
    def effective(self) -> int:
        """Those that are more than paper (有效覆盖)."""
        return self.covered + self.expiring

    def of(self, standing: Standing) -> int:
        """How many stand so."""
        return int(getattr(self, standing.value))


def tally(standings: Iterable[Standing]) -> Tally:
    """Count them."""
    counts = dict.fromkeys(Standing, 0)
    for standing in standings:
        counts[standing] += 1
    return Tally(**{standing.value: number for standing, number in counts.items()})


def capacity(staff: int, most: int, serving: int) -> int:
    """How many more units a body with so many people may serve; never less than none."""
    return max(staff * most - serving, 0)
