"""Numbers of cases and papers: by the year, one after another, without gaps."""

from __future__ import annotations

from suite.contract.casework import NumberSeries
from suite.kernel.executor.work import Transaction
from suite.kernel.ledgers.numbering import take_numbers


def next_number(work: Transaction, series: str, year: int, profession: str) -> str:
    """The next number of a declared series, taken within the running transaction."""
    return next_of(work, work.catalog.series[series], year, profession)


def next_of(work: Transaction, series: NumberSeries, year: int, profession: str) -> str:
    """The next number of a series, declared or derived."""
    return series.number(year, take_numbers(work, series.key, year, profession)[0])
