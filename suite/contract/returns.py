"""What a plugin declares of returns (填报): forms that districts, the city or bodies hand in for each period.

The cells of a form are figures (`FigureSeries`): what is handed in stands among the recorded figures from
then on, so that every indicator that reads the figure opens to the returns that it sums.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from suite.contract.indicators import Side


class Every(StrEnum):
    """How often a form is handed in."""

    MONTH = "month"
    QUARTER = "quarter"
    YEAR = "year"


#: Who hands in: every district, the counties without the zones, or the city itself; else each body of a kind.
DISTRICT, COUNTY, CITY = "district", "county", "city"
PLACES = (DISTRICT, COUNTY, CITY)


@dataclass(frozen=True, kw_only=True)
class FormCell:
    """One number of a form: a figure of which title and unit are taken.

    known: a side that the suite can count by itself; it is filled in, and another number asks for a reason.
    sum_of: keys of the cells that it adds up. of_period: what the period alone says (its hours). Neither of
    the two is typed. at_most: key of the cell that it is a part of, above which it is refused. low, high: the
    plausible band for one who hands in; outside it a reason is asked. places: decimals. optional: may stay
    empty, and is not recorded then. jump: whether a leap against the last period asks for a reason.
    """

    series: str
    section: str = ""
    known: Side | None = None
    sum_of: tuple[str, ...] = ()
    of_period: Callable[[dt.date, dt.date], Decimal] | None = None
    at_most: str | None = None
    low: Decimal | None = None
    high: Decimal | None = None
    places: int = 0
    optional: bool = False
    jump: bool = True

    @property
    def computed(self) -> bool:
        """Whether it follows from other cells or from the period, so that nobody types it."""
        return bool(self.sum_of) or self.of_period is not None


@dataclass(frozen=True, kw_only=True)
class ReturnForm:
    """A form: who hands it in, how often, until when, and its numbers.

    by: `DISTRICT`, `COUNTY`, `CITY`, or the key of a record kind whose bodies on the roster hand in one each.
    due: parameter with the working days after the period's end; by default that of all forms of this
    frequency. early: may be handed in while its period runs, as a budget is. since: the first period.

    Example: `ReturnForm(key="lawyers.monthly", title="律师业务统计月报", every=Every.MONTH,
    cells=(FormCell(series="lawyers.criminal_cases"), …), help="…")`
    """

    key: str
    title: str
    every: Every
    cells: tuple[FormCell, ...]
    by: str = DISTRICT
    due: str | None = None
    early: bool = False
    since: str = "2026-01"
    article: str = ""
    help: str = ""

    @property
    def owner(self) -> str:
        """The plugin that declares it; also the profession that rights are scoped by."""
        return self.key.split(".", 1)[0]

    @property
    def of_bodies(self) -> bool:
        """Whether bodies hand it in, not places."""
        return self.by not in PLACES

    @property
    def due_parameter(self) -> str:
        """The parameter that says how many working days after the period's end it is due."""
        return self.due or f"core.return.due_{self.every}"

    @cached_property
    def by_series(self) -> dict[str, FormCell]:
        """Series key → cell."""
        return {cell.series: cell for cell in self.cells}
