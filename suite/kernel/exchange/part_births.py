"""Birth dates of which a list says the month only (出生年月), where the identity number has the day."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Iterable

from suite.contract.declarations import RecordKind
from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.clean_dates import DATE_INCOMPLETE
from suite.kernel.exchange.previewed import PreviewRow
from suite.kernel.registry.born import BORN, birth_in

_PART = re.compile(r"(\d{4})(?:\D{0,2}(\d{1,2})\D*)?\D*")


def take_days(kind: RecordKind, rows: Iterable[PreviewRow], today: dt.date) -> None:
    """Take the number's birth date where what the list says of it is true as far as it goes; told.

    One that is not stays held: nobody can tell which of the two is wrong.
    """
    if not kind.has_person or BORN not in kind.by_key:
        return
    for row in rows:
        for place, problem in enumerate(row.problems):
            if problem.code == DATE_INCOMPLETE and problem.field == BORN:
                born = birth_in(row.values, today)
                given = str(problem.data.get("given", ""))
                if born is not None and _true_of(born, given):
                    row.values[BORN] = born
                    told = f"“{given}”没有日，按身份证号取 {born}。"
                    row.problems[place] = Problem(
                        code="date_from_number", text=told, field=BORN, severity=Severity.NOTICE
                    )


def _true_of(born: dt.date, given: str) -> bool:
    found = _PART.fullmatch(given)
    if found is None or int(found[1]) != born.year:
        return False
    # A spreadsheet keeps 1980.10 as the number 1980.1.
    return found[2] is None or int(found[2]) == born.month or (given[4:] == ".1" and born.month == 10)
