"""Conditions on the command line: `标题=值`, several values by comma, ranges of dates by two dots.

A condition becomes a filter of a `ListQuery`, whose values are bound parameters; nothing typed here ever
becomes SQL. `执业机构=` means empty. `成立日期=2015-01-01..2020-12-31`, either side may be open.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from typing import Any

from suite.contract.commands import Actor
from suite.contract.declarations import Field, FieldType, RecordKind
from suite.contract.problems import Problem, Refused, refuse
from suite.kernel.exchange.linking import district_codes, district_meant
from suite.kernel.registry.keys import record_meant
from suite.kernel.registry.queries import DateRange
from suite.kernel.search.keys import folded
from suite.loader.catalog import Catalog

COMMAS = str.maketrans("，、", ",,")


def filters_of(
    expressions: Sequence[str], kind: RecordKind, session: Any, actor: Actor, catalog: Catalog
) -> dict[str, Sequence[Any] | DateRange]:
    """Field key → values or range. Raises Refused for unknown titles and values, all at once."""
    filters: dict[str, Sequence[Any] | DateRange] = {}
    problems: list[Problem] = []
    for expression in expressions:
        try:
            field, text = _split(expression, kind)
            if field.key in filters:
                raise refuse("where.twice", f"条件“{field.title}”写了两次，多个值请用逗号分隔。")
            filters[field.key] = _wanted(field, text, session, actor, catalog)
        except Refused as refused:
            problems += refused.problems
    if problems:
        raise Refused(problems)
    return filters


def field_named(kind: RecordKind, name: str) -> Field:
    """The field of a title, another heading of it, or its key. Raises Refused."""
    wanted = folded(name)
    for field in kind.fields:
        if wanted in {folded(text) for text in (field.title, field.key, *field.headings)}:
            return field
    titles = "、".join(field.title for field in kind.fields)
    raise refuse("field.unknown", f"“{kind.title}”没有字段“{name}”。可用：{titles}。", field=name)


def _split(expression: str, kind: RecordKind) -> tuple[Field, str]:
    name, sign, text = expression.partition("=")
    if not sign:
        raise refuse("where.form", f"看不懂条件“{expression}”，请写成 标题=值。")
    return field_named(kind, name), text.strip()


def _wanted(
    field: Field, text: str, session: Any, actor: Actor, catalog: Catalog
) -> Sequence[Any] | DateRange:
    if field.type is FieldType.DATE and ".." in text:
        first, _, last = text.partition("..")
        return DateRange(first=_day(field, first), last=_day(field, last))
    texts = [part.strip() for part in text.translate(COMMAS).split(",")]
    return [None if not part else _value(field, part, session, actor, catalog) for part in texts]


def _day(field: Field, text: str) -> dt.date | None:
    try:
        return dt.date.fromisoformat(text.strip()) if text.strip() else None
    except ValueError as error:
        raise refuse(
            "value.type", f"“{field.title}”的日期应写成 2026-01-31，现为“{text}”。", field=field.key
        ) from error


def _value(field: Field, text: str, session: Any, actor: Actor, catalog: Catalog) -> Any:
    match field.type:
        case FieldType.DATE:
            return _day(field, text)
        case FieldType.CODE | FieldType.CODES:
            codes = catalog.codes[field.codes or ""]
            if text not in codes.by_text:
                known = "、".join(code.title for code in codes.codes)
                raise refuse("code.unknown", f"“{field.title}”没有“{text}”。可用：{known}。", field=field.key)
            return codes.by_text[text]
        case FieldType.DISTRICT:
            code = district_meant(text, district_codes(session))
            if code is None:
                raise refuse("district.unknown", f"没有“{text}”这个区县。", field=field.key)
            return code
        case FieldType.LINK:
            return _target(field, text, session, actor, catalog)
        case FieldType.BOOLEAN:
            if text not in ("是", "否", "true", "false"):
                raise refuse("value.type", f"“{field.title}”应为 是 或 否，现为“{text}”。", field=field.key)
            return text in ("是", "true")
        case FieldType.INTEGER | FieldType.DECIMAL:
            try:
                number = Decimal(text)
            except InvalidOperation as error:
                raise refuse(
                    "value.type", f"“{field.title}”应为数字，现为“{text}”。", field=field.key
                ) from error
            return int(number) if field.type is FieldType.INTEGER else number
    return text


def _target(field: Field, text: str, session: Any, actor: Actor, catalog: Catalog) -> int:
    """The record that a link's text names, looked for in the kinds that the field may point to."""
    return record_meant(session, actor, catalog, text, field.links, field=field.key)
