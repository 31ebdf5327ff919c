"""Numbers of cases and papers: by the year, one after another, without gaps."""

from __future__ import annotations

from sqlalchemy import text

from suite.contract.casework import NumberSeries
from suite.kernel.executor.work import Transaction


def next_number(work: Transaction, series: str, year: int, profession: str) -> str:
    """The next number of a declared series, taken within the running transaction."""
    return next_of(work, work.catalog.series[series], year, profession)


def next_of(work: Transaction, series: NumberSeries, year: int, profession: str) -> str:
    """The next number of a series, declared or derived.

    The row is held until commit: a second desk waits, and what is rolled back leaves no gap.
    """
    place = work.connection.execute(
        text(
            "INSERT INTO core_number_series (key, year, profession, last) VALUES (:key, :year, :owner, 1) "
            "ON CONFLICT (key, year) DO UPDATE SET last = core_number_series.last + 1 RETURNING last"
        ),
        {"key": series.key, "year": year, "owner": profession},
    ).scalar_one()
    return series.number(year, int(place))
