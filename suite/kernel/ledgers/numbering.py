"""Numbers by the year, one after another; those of a ledger go on after what came in with one."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable

from sqlalchemy import text

from suite.contract.ledgers import Ledger
from suite.kernel.executor.work import Transaction

OWN = re.compile(r"(\d{4})-(\d{1,6})")


def take_numbers(work: Transaction, key: str, year: int, profession: str, many: int = 1) -> range:
    """The next places of a series, taken within the running transaction.

    The row is held until commit: a second desk waits, and what is rolled back leaves no gap.
    """
    last = work.connection.execute(
        text(
            "INSERT INTO core_number_series (key, year, profession, last) "
            "VALUES (:key, :year, :owner, :many) ON CONFLICT (key, year) "
            "DO UPDATE SET last = core_number_series.last + :many RETURNING last"
        ),
        {"key": key, "year": year, "owner": profession, "many": many},
    ).scalar_one()
    return range(int(last) - many + 1, int(last) + 1)


def raise_series(work: Transaction, key: str, year: int, profession: str, last: int) -> None:
    """Let a series go on after a place that was given elsewhere."""
    work.connection.execute(
        text(
            "INSERT INTO core_number_series (key, year, profession, last) "
            "VALUES (:key, :year, :owner, :place) ON CONFLICT (key, year) DO UPDATE SET last = :place "
            "WHERE core_number_series.last < :place"
        ),
        {"key": key, "year": year, "owner": profession, "place": last},
    )


def entry_numbers(work: Transaction, ledger: Ledger, years: Iterable[int], given: Iterable[str]) -> list[str]:
    """A number for each entry without one, by its year; after those that were `given` in the own form."""
    last: dict[int, int] = {}
    for number in given:
        found = OWN.fullmatch(number)
        if found is not None:
            year = int(found[1])
            last[year] = max(last.get(year, 0), int(found[2]))
    for year, place in sorted(last.items()):
        raise_series(work, ledger.key, year, ledger.owner, place)
    wanted = list(years)
    taken = {
        year: iter(take_numbers(work, ledger.key, year, ledger.owner, many))
        for year, many in sorted(Counter(wanted).items())
    }
    return [f"{year}-{next(taken[year]):04d}" for year in wanted]
