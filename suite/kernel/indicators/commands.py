"""Recording a figure: one value for a period and a district, with the paper that says so."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import ClassVar

from sqlalchemy import select

from suite.contract.commands import Change, Command, Done, Handler
from suite.contract.indicators import FigureSeries
from suite.contract.problems import Problem, ProblemKind, Refused, refuse
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.declarations import FIGURE_EDIT
from suite.kernel.indicators.periods import parse_period
from suite.tables import District, FigureValue, Subject

#: What a column of figures holds.
PLACES = Decimal("0.0001")
MOST = Decimal(10) ** 14


@dataclass(frozen=True, kw_only=True)
class RecordFigure(Command):
    """Record a figure's value for a period; without a district it is the whole city's own.

    series: key of a declared figure, in whose unit the value is. period: 2025, 2025-Q3 or 2025-09. value:
    None takes a wrongly recorded one away. The former value stays in the audit trail. part: of which part of
    the city it is, where the series has parts: the key of the kind or code list, `=`, and the id or code.
    """

    permission: ClassVar[str] = FIGURE_EDIT
    title: ClassVar[str] = "录入统计数字"

    series: str
    period: str
    value: Decimal | None
    source: str
    district_code: str | None = None
    part: str = ""
    note: str = ""


def record_figure(command: RecordFigure, work: Transaction) -> Done:
    """Write the value. Refuses, all at once, whatever does not fit; and what lies out of scope."""
    series = work.catalog.figures.get(command.series)
    district = work.session.get(District, command.district_code) if command.district_code else None
    problems = [*_problems(command, series, district), *_part_problems(command, series, work)]
    if problems or series is None:
        raise Refused(problems)
    owner = series.key.split(".", 1)[0]
    if not any(
        scope.holds(owner, command.district_code, None) for scope in work.require(command.permission_key())
    ):
        raise refuse(
            "out_of_scope",
            "这个数字不在您的管理范围内，请联系科室管理员。",
            ProblemKind.NOT_PERMITTED,
            field="district_code",
        )
    row = work.session.scalar(
        select(FigureValue).where(
            FigureValue.key == series.key,
            FigureValue.period == command.period,
            FigureValue.part == command.part,
            FigureValue.district_code.is_(None)
            if command.district_code is None
            else FigureValue.district_code == command.district_code,
        )
    )
    place = command.part or (district.short_name if district else "全市")
    said = f"{place} {command.period} 的{series.title}"
    if command.value is None:
        if row is None:
            raise refuse("figure.unknown", f"{said}没有录入过，无可撤回。", field="period")
        work.session.delete(row)
        work.session.flush()
        return Done(text=f"已撤回{said}", changes=(Change(kind="core.figure", ids=(row.id,)),))
    if row is None:
        row = FigureValue(
            key=series.key,
            period=command.period,
            district_code=command.district_code,
            part=command.part,
            profession=owner,
        )
        work.session.add(row)
    row.value = command.value
    row.source, row.note = command.source.strip(), command.note.strip() or None
    row.recorded_at, row.sent_back = work.now, False
    work.session.flush()
    return Done(
        text=f"{said}为 {command.value:,} {series.unit}",
        changes=(Change(kind="core.figure", ids=(row.id,)),),
    )


def _problems(command: RecordFigure, series: FigureSeries | None, district: District | None) -> list[Problem]:
    found = []
    if series is None:
        found.append(
            Problem(code="figure.series", text=f"没有统计数字 {command.series}，请核对名称。", field="series")
        )
    try:
        parse_period(command.period)
    except ValueError:
        text = f"期间应写成 2025、2025-Q3 或 2025-09，现为“{command.period[:20]}”。"
        found.append(Problem(code="figure.period", text=text, field="period"))
    if command.district_code and district is None:
        text = f"没有区县 {command.district_code[:20]}，请填六位区划代码；全市的数不填。"
        found.append(Problem(code="district.unknown", text=text, field="district_code"))
    if series is not None and series.city_only and command.district_code:
        text = f"{series.title}只有全市的数，请不填区县。"
        found.append(Problem(code="figure.city_only", text=text, field="district_code"))
    if command.value is not None:
        found += _value_problems(command.value, series)
        if not command.source.strip():
            found.append(Problem(code="required", text="请写明来源（公报、报表或文号）。", field="source"))
    for field, text, most in (("source", command.source, 300), ("note", command.note, 500)):
        if len(text) > most:
            found.append(
                Problem(code="text.long", text=f"最多 {most} 字，现有 {len(text)} 字。", field=field)
            )
    return found


def _part_problems(command: RecordFigure, series: FigureSeries | None, work: Transaction) -> list[Problem]:
    """A part is one that the series is recorded by, and is there."""
    if not command.part or series is None:
        return []
    by, _, value = command.part.partition("=")
    codes = work.catalog.codes.get(by)
    if by not in series.parts:
        known = "、".join(series.parts) or "无"
        text = f"{series.title}不按“{by[:60]}”分项录入，可用：{known}。"
    elif command.district_code:
        text = "分项的数不再填区县。"
    elif codes is not None and value in codes.by_value:
        return []
    elif codes is None and value.isascii() and value.isdigit():
        subject = work.session.get(Subject, int(value[:18]))
        if subject is not None and subject.kind == by:
            return []
        text = f"名册中没有编号为 {value[:20]} 的档案，请核对。"
    else:
        text = f"没有分项“{value[:40]}”，请核对。"
    return [Problem(code="figure.part", text=text, field="part")]


def _value_problems(value: Decimal, series: FigureSeries | None) -> list[Problem]:
    text = ""
    if not value.is_finite() or value < 0 or value >= MOST:
        text = "数值应为不小于 0 的数字。"
    elif value != value.quantize(PLACES):
        text = f"数值最多四位小数，现为 {value}。"
    elif series is not None and series.most is not None and value > series.most:
        text = f"{series.title}以{series.unit}为单位，{value:,} 过大，请核对单位。"
    return [Problem(code="figure.value", text=text, field="value")] if text else []


HANDLERS: Mapping[type[Command], Handler] = {RecordFigure: record_figure}
