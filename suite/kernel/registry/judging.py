"""What is wrong with one value: its type's own rules and its field's declared checks.

A list of thousands repeats codes, districts and firms; each pair of field and value is judged once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import BigInteger

from suite.contract.declarations import CheckContext, Field, FieldType, RecordKind
from suite.contract.problems import Problem
from suite.kernel.executor.work import Transaction
from suite.kernel.registry.links import Target, district_codes, link_problem

EARLIEST, LATEST = dt.date(1900, 1, 1), dt.date(2200, 12, 31)
NONE: tuple[Problem, ...] = ()


class ValueJudge:
    """The checks of a kind's fields, made ready once for many rows."""

    def __init__(self, kind: RecordKind, work: Transaction, targets: dict[int, Target]) -> None:
        """Read what the checks need: districts and the law's numbers."""
        self.context: CheckContext = work.checks
        self.required = [field for field in kind.fields if field.required]
        self._work = work
        self._targets = targets
        self._districts = district_codes(work.session)
        self._fields = kind.by_key
        self._rules = {field.key: self._rule(field) for field in kind.fields}
        self._judged: dict[tuple[str, Any], Sequence[Problem]] = {}

    def problems(self, key: str, value: Any) -> Sequence[Problem]:
        """Everything wrong with a value that is not empty."""
        asked = (key, value)
        known = self._judged.get(asked)
        if known is None:
            known = self._judged[asked] = self._judge(self._fields[key], value)
        return known

    def _judge(self, field: Field, value: Any) -> Sequence[Problem]:
        rule = self._rules[field.key]
        own = rule(value) if rule is not None else None
        found = [own] if own is not None else []
        for check in field.checks:
            found += [problem.at(field=problem.field or field.key) for problem in check(value, self.context)]
        return found or NONE

    def _rule(self, field: Field) -> Callable[[Any], Problem | None] | None:
        match field.type:
            case FieldType.LINK:
                return lambda value: link_problem(field, value, self._targets, self._work.actor)
            case FieldType.CODE:
                return self._code_rule(field)
            case FieldType.DISTRICT:
                return lambda value: (
                    None
                    if value in self._districts
                    else _wrong("district.unknown", f"没有区县代码 {value}，请选择区县。", field)
                )
            case FieldType.TEXT:
                return _length_rule(field)
            case FieldType.INTEGER:
                return _size_rule(field)
            case FieldType.DATE:
                return lambda value: (
                    None
                    if EARLIEST <= value <= LATEST
                    else _wrong("date.range", f"“{field.title}”的日期 {value} 不合理，请改正。", field)
                )
        return None

    def _code_rule(self, field: Field) -> Callable[[Any], Problem | None]:
        titles = self._work.catalog.codes[field.codes or ""].titles
        allowed = "、".join(list(titles.values())[:12])
        return lambda value: (
            None
            if value in titles
            else _wrong("code.unknown", f"“{field.title}”没有“{value}”这一项。可选：{allowed}。", field)
        )


def _length_rule(field: Field) -> Callable[[Any], Problem | None] | None:
    longest = getattr(field.table.columns[field.name].type, "length", None)
    if longest is None:
        return None
    return lambda value: (
        None
        if len(value) <= longest
        else _wrong(
            "value.too_long",
            f"“{field.title}”最多 {longest} 字，现为 {len(value)} 字，请缩短。",
            field,
        )
    )


def _size_rule(field: Field) -> Callable[[Any], Problem | None]:
    largest = 2**63 - 1 if isinstance(field.table.columns[field.name].type, BigInteger) else 2**31 - 1
    return lambda value: (
        None
        if -largest <= value <= largest
        else _wrong("value.too_large", f"“{field.title}”的数值 {value} 过大，请核对。", field)
    )


def _wrong(code: str, text: str, field: Field) -> Problem:
    return Problem(code=code, text=text, field=field.key)
