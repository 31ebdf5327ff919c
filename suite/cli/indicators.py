"""`suite indicators`: the numbers that the bureau answers for, with what stands behind them."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteCommand, pass_call

if TYPE_CHECKING:
    from suite.kernel.indicators.board import IndicatorBoard, IndicatorValue, PartValue, SideRows
    from suite.kernel.indicators.reading import Reading

Behind = dict[str, tuple["SideRows", "SideRows | None"]]


@click.command("indicators", cls=SuiteCommand)
@click.option("--as-of", metavar="日期", type=click.DateTime(["%Y-%m-%d"]), help="该日的数；默认今天。")
@click.option("--district", metavar="代码", help="只算一个区县，填六位区划代码。")
@click.option(
    "--no",
    "numbers",
    metavar="序号",
    multiple=True,
    help="只要这些指标，如 11 或 T9；没有序号的写代号，如 notary.offices_with_enough。可写多次。",
)
@click.option("--set", "set_name", metavar="体系", help="按哪个指标体系，如 plan-2021-2025；默认按日期。")
@click.option(
    "--known-on",
    metavar="日期",
    type=click.DateTime(["%Y-%m-%d"]),
    help="投诉的认定只算到该日为止已知的，不计以后的撤销和更正，填报到该日是否逾期；默认按现在所知。",
)
@click.option("--members", is_flag=True, help="列出分子、分母背后的每一条。")
@click.option("--out", metavar="文件", type=click.Path(path_type=Path), help="另写成工作簿或 CSV。")
@pass_call
def indicators(
    call: Call,
    as_of: dt.datetime | None,
    district: str | None,
    numbers: tuple[str, ...],
    set_name: str | None,
    known_on: dt.datetime | None,
    members: bool,
    out: Path | None,
) -> None:
    """指标的值、目标、状态和分区县的数；按当日的名册和已录入的统计数字算出。"""
    from suite.kernel.exchange.indicator_file import save_board
    from suite.kernel.indicators.board import Question
    from suite.kernel.indicators.queries import board_with_rows, indicator_board

    suite, actor = call.ready, call.actor
    question = Question(
        as_of=as_of.date() if as_of else suite.today,
        district=district,
        numbers=numbers or None,
        set=set_name,
        known_on=known_on.date() if known_on else None,
        today=suite.today,
    )
    behind: Behind = {}
    with suite.reading() as session:
        if members:
            board, rows = board_with_rows(session, actor, suite.catalog, question)
            behind = {
                value.indicator.key: rows[value.indicator.key][value.deciding] for value in board.values
            }
        else:
            board = indicator_board(session, actor, suite.catalog, question)
    if out is not None:
        save_board(board, out, actor, run=suite.run)
    document = {
        "as_of": board.as_of,
        "known_on": question.known_on,
        "district": board.district,
        "districts": board.bound or None,
        "set": board.set.name if board.set else None,
        "indicators": [_document(value, behind.get(value.indicator.key)) for value in board.values],
    }
    give(call, document, _lines(board, behind))


def _document(value: IndicatorValue, behind: tuple[SideRows, SideRows | None] | None) -> dict[str, Any]:
    indicator, target = value.indicator, value.target
    document: dict[str, Any] = {
        "no": target.no if target else None,
        "key": indicator.key,
        "title": indicator.title,
        "value": _number(value.whole.value),
        "state": value.state,
        "citywide": value.citywide,
        "pace": _number(value.pace),
        "numerator": value.whole.numerator,
        "denominator": value.whole.denominator,
        "unit": value.unit,
        "target": target.value if target else None,
        "target_year": target.year if target else None,
        "direction": indicator.direction,
        "level": target.level if target else None,
        "nature": target.nature if target else None,
        "article": target.article if target else None,
        "owner": indicator.owner,
        "definition": indicator.definition,
        "formula": value.formula,
        "switches": {switch.key: switch.value for switch in value.switches},
        "notes": value.notes,
        "parts": [_part(value, part) for part in value.parts],
        "by_district": [
            {"district": district, **_reading(reading)} for district, reading in value.by_district
        ],
        "breakdowns": [
            {
                "title": item.title,
                "parts": [
                    {"name": part.name, "state": part.state, **_reading(part.reading)} for part in item.parts
                ],
            }
            for item in value.breakdowns
        ],
    }
    if behind is not None:
        document["members"] = {
            "numerator": _rows(behind[0]),
            "denominator": None if behind[1] is None else _rows(behind[1]),
        }
    return document


def _part(value: IndicatorValue, part: PartValue) -> dict[str, Any]:
    """A part with its own target and unit, where it has them."""
    said: dict[str, Any] = {"title": part.title, "state": part.state, **_reading(part.whole)}
    if part.target is not None:
        said |= {"target": part.target, "unit": part.unit or value.indicator.unit}
    return said


def _reading(reading: Reading) -> dict[str, Any]:
    return {
        "value": _number(reading.value),
        "numerator": reading.numerator,
        "denominator": reading.denominator,
    }


def _number(value: Fraction | None) -> int | float | None:
    """Unrounded, as far as a JSON number goes."""
    if value is None:
        return None
    return value.numerator if value.denominator == 1 else float(value)


def _rows(side: SideRows) -> list[Any]:
    """Ids and names of a roster's rows, or the recorded figures."""
    return [*side.members, *side.figures]


def _lines(board: IndicatorBoard, behind: Behind) -> list[str]:
    from suite.kernel.exchange.indicator_file import HEADINGS, cells_of
    from suite.kernel.indicators.rules import shown

    rows = cells_of(board)
    place = f"，{board.place}" if board.place else ""
    lines = [f"{board.as_of}{place}　{board.set.title if board.set else '没有指标体系'}"]
    lines += table(list(HEADINGS), rows) if rows else ["没有指标。"]
    for value in board.values:
        lines += [f"  {value.indicator.title}：{note}。" for note in value.notes]
    for key, sides in behind.items():
        for side in sides:
            if side is not None:
                lines.append(f"{key}　{side.title}")
                lines += [
                    f"  #{line.id} {line.name}"
                    + ("" if line.counts in (None, 1) else f"　计数 {shown(line.counts)}")
                    for line in side.members
                ]
                lines += [f"  {line.period} {line.value} {line.source}" for line in side.figures]
    return lines
