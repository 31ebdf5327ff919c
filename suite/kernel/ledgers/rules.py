"""What can be wrong with the values of an entry. Pure functions."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger

from suite.contract.code_sets import members
from suite.contract.codes import CodeList
from suite.contract.declarations import CheckContext, Field, FieldType
from suite.contract.problems import Problem, Severity
from suite.kernel.ledgers.sheet import LedgerSheet

MOST_WHOLE, MOST_FIGURE = 10**15, Decimal(10) ** 14
MOST_TEXT = 20_000
#: More records than this in one place of an entry belong into entries of their own.
MOST_SUBJECTS = 200


def value_problems(
    sheet: LedgerSheet, changes: Mapping[str, Any], codes: Mapping[str, CodeList], context: CheckContext
) -> Iterator[Problem]:
    """What the fields have against the values that change."""
    for key, value in changes.items():
        if value is None or value == ():
            continue
        field = sheet.by_key[key]
        yield from (problem.at(field=key) for problem in _of_value(field, value, codes, context))
    day = changes.get("day")
    if isinstance(day, dt.date) and day > context.today and not sheet.ledger.states:
        text = f"“{sheet.by_key['day'].title}”{day} 在今天之后，请核对。"
        yield Problem(code="date.future", text=text, field="day", severity=Severity.WARNING)


def order_problems(sheet: LedgerSheet, values: Mapping[str, Any]) -> Iterator[Problem]:
    """The last day of an entry is not before its first."""
    day, until = values.get("day"), values.get("until")
    if isinstance(day, dt.date) and isinstance(until, dt.date) and until < day:
        first, last = (sheet.by_key[key].title for key in ("day", "until"))
        text = f"“{last}”{until} 早于“{first}”{day}，请核对。"
        yield Problem(code="date.order", text=text, field="until")


def _of_value(
    field: Field, value: Any, codes: Mapping[str, CodeList], context: CheckContext
) -> Iterator[Problem]:
    title = field.title
    if field.links:
        if len(value) > MOST_SUBJECTS:
            text = f"“{title}”最多 {MOST_SUBJECTS} 个，现有 {len(value):,} 个，请分几条登记。"
            yield Problem(code="subjects.many", text=text)
        return
    if field.codes is not None:
        known = codes[field.codes].by_value
        wrong = [one for one in (members(value) if field.several else (value,)) if one not in known]
        if wrong:
            words = "、".join(code.title for code in known.values())
            yield Problem(code="code.unknown", text=f"“{title}”没有“{wrong[0][:40]}”这一项，可选：{words}。")
            return
    column = field.table.columns[field.name].type
    if isinstance(value, str):
        most = getattr(column, "length", None) or MOST_TEXT
        if len(value) > most:
            yield Problem(code="text.long", text=f"“{title}”最多 {most:,} 字，现有 {len(value):,} 字。")
    elif field.type is FieldType.DECIMAL:
        if not value.is_finite() or abs(value) >= MOST_FIGURE or value != round(value, 2):
            yield Problem(code="value.figure", text=f"“{title}”应为最多两位小数的数字，现为 {value}。")
            return
    elif isinstance(column, BigInteger) and abs(value) >= MOST_WHOLE:
        yield Problem(code="value.figure", text=f"“{title}”的数值 {value:,} 过大，请核对。")
    for check in field.checks:
        yield from check(value, context)
