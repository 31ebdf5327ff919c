"""Numbers of cases and papers: by the year, one after another, without gaps."""

from __future__ import annotations

from sqlalchemy import text

from suite.kernel.executor.work import Transaction


def next_number(work: Transaction, series: str, year: int, profession: str) -> str:
    """The next number of a declared series, taken within the running transaction.

    The row is held until commit: a second desk waits, and what is rolled back leaves no gap.
    """
    place = work.connection.execute(
        text(
            "INSERT INTO core_number_series (key, year, profession, last) VALUES (:key, :year, :owner, 1) "
            "ON CONFLICT (key, year) DO UPDATE SET last = core_number_series.last + 1 RETURNING last"
        ),
        {"key": series, "year": year, "owner": profession},
    ).scalar_one()
    return work.catalog.series[series].number(year, int(place))
