"""What is wrong with one value: its type's own rules and its field's declared checks.

A list of thousands repeats codes, districts and firms; each value of a field is judged once.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Collection, Mapping, Sequence
from decimal import Decimal
from typing import Any

from sqlalchemy import BigInteger

from suite.contract.code_sets import members
from suite.contract.declarations import CheckContext, Field, FieldType, RecordKind
from suite.contract.problems import Problem, Severity
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

    def problems(self, key: str, asked: Collection[Any]) -> Mapping[Any, Sequence[Problem]]:
        """Those of a field's distinct values with which something is wrong → everything wrong with each."""
        field = self._fields[key]
        rule = self._rules[key]
        found: dict[Any, list[Problem]] = {}
        if rule is not None and not self._all_within(field, asked):
            for value in asked:
                if (own := rule(value)) is not None:
                    found[value] = [own]
                elif field.codes is not None and (passed := self._out_of_force(field, value)):
                    found[value] = list(passed)
        for check in field.checks:
            for value in asked:
                if wrong := check(value, self.context):
                    told = [problem.at(field=problem.field or key) for problem in wrong]
                    found.setdefault(value, []).extend(told)
        return found

    def _all_within(self, field: Field, values: Collection[Any]) -> bool:
        """Whether the longest text, or the first and last day, show that no value breaks its type's rule."""
        if not values:
            return True
        if field.type is FieldType.TEXT:
            longest = _longest(field)
            return longest is None or max(map(len, values)) <= longest
        return field.type is FieldType.DATE and min(values) >= EARLIEST and max(values) <= LATEST

    def _out_of_force(self, field: Field, value: str) -> Sequence[Problem]:
        """Values that a later document replaced, or one that is not in force yet: told, and taken."""
        codes = self._work.catalog.codes[field.codes or ""].by_value
        asked = (codes[one] for one in (members(value) if field.several else (value,)))
        passed = [code for code in asked if not code.in_force(self.context.today)]
        if not passed:
            return NONE
        named = "、".join(code.title for code in passed)
        text = f"“{field.title}”中的“{named}”现已不用（{passed[0].source or '代码表'}），请核对应改填哪一项。"
        return (
            Problem(
                code="code.out_of_force",
                text=text,
                field=field.key,
                severity=Severity.WARNING,
                article=passed[0].source or None,
            ),
        )

    def _rule(self, field: Field) -> Callable[[Any], Problem | None] | None:
        match field.type:
            case FieldType.LINK:
                return lambda value: link_problem(field, value, self._targets, self._work.actor)
            case FieldType.CODE | FieldType.CODES:
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
            case FieldType.DECIMAL:
                return _decimal_rule(field)
            case FieldType.DATE:
                return lambda value: (
                    None
                    if EARLIEST <= value <= LATEST
                    else _wrong("date.range", f"“{field.title}”的日期 {value} 不合理，请改正。", field)
                )
        return None

    def _code_rule(self, field: Field) -> Callable[[Any], Problem | None]:
        codes = self._work.catalog.codes[field.codes or ""]
        allowed = "、".join(f"{value}（{title}）" for value, title in list(codes.titles.items())[:12])
        length = _length_rule(field) if field.several else None

        def rule(value: str) -> Problem | None:
            asked = members(value) if field.several else (value,)
            for one in asked:
                code = codes.by_value.get(one)
                if code is None:
                    text = f"“{field.title}”没有“{one}”这一项。可选：{allowed}。"
                    return _wrong("code.unknown", text, field)
            return length(value) if length is not None else None

        return rule


def _longest(field: Field) -> int | None:
    longest: int | None = getattr(field.table.columns[field.name].type, "length", None)
    return longest


def _length_rule(field: Field) -> Callable[[Any], Problem | None] | None:
    longest = _longest(field)
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


def _decimal_rule(field: Field) -> Callable[[Any], Problem | None]:
    """No more digits than the column keeps: one engine would round them away, the other keep them."""
    places = field.places
    digits: int | None = getattr(field.table.columns[field.name].type, "precision", None)

    def rule(value: Decimal) -> Problem | None:
        if not value.is_finite() or (
            digits is not None and places is not None and abs(value) >= 10 ** (digits - places)
        ):
            return _wrong("value.too_large", f"“{field.title}”的数值 {value} 过大，请核对。", field)
        if places is not None and value != round(value, places):
            told = f"“{field.title}”最多 {places} 位小数，现为 {value}，请核对。"
            return _wrong("value.too_precise", told, field)
        return None

    return rule


def _wrong(code: str, text: str, field: Field) -> Problem:
    return Problem(code=code, text=text, field=field.key)
