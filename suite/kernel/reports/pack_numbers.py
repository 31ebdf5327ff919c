"""The evidence of an indicator for an inspection pack: the number, how it is counted, and its rows."""

from __future__ import annotations

from collections.abc import Mapping
from io import BytesIO
from typing import Any

from suite.kernel.documents.pages import text_pages
from suite.kernel.documents.reading import Block
from suite.kernel.documents.xml_text import xml_text
from suite.kernel.exchange.printed import sheet_printed
from suite.kernel.indicators.comparing import said
from suite.kernel.indicators.frozen import FrozenSide, FrozenValue
from suite.kernel.indicators.rules import shown
from suite.kernel.reports.content import STATES, target_words
from suite.kernel.reports.workbook import sheet_table, sheet_title


def number_page(value: FrozenValue, names: Mapping[str, str], day: str, basis: str) -> bytes:
    """A page that tells one number: value, reckoning, definition, districts."""
    lines = [
        Block(text=f"{value.no} {value.title}".strip(), align="center", size=22),
        Block(text=""),
        Block(text=f"截止日期：{day}"),
        Block(text=f"现值：{shown(value.whole.value)} {value.unit}　{STATES[value.state]}"),
        Block(text=f"目标：{target_words(value) or '未设'}　{value.target.article if value.target else ''}"),
        Block(text=f"算式：{value.formula}"),
        Block(text=f"口径（第 {value.definition} 版）：{value.help}"),
        Block(text="口径开关：" + "；".join(f"{s.title}：{s.position}" for s in value.switches)),
        *(Block(text=f"说明：{note}") for note in value.notes),
        Block(text=f"依据：{basis}", size=12),
    ]
    places = [(place, reading) for place, reading in value.by_district if place is not None]
    if places:
        lines.append(Block(text=""))
        lines.append(Block(text="", cells=("县（市、区）", "值", "分子", "分母")))
        lines += [
            Block(
                text="",
                cells=(
                    names.get(place, place),
                    shown(reading.value),
                    shown(reading.numerator),
                    shown(reading.denominator),
                ),
            )
            for place, reading in places
        ]
    return text_pages(lines)


def names_rows(value: FrozenValue) -> bool:
    """Whether rows with names stand behind a number, not figures alone."""
    return any(side.members for part in value.parts for side in part.sides)


def rows_workbook(value: FrozenValue, names: Mapping[str, str], *, named: bool) -> tuple[bytes, int] | None:
    """The rows behind a number, a sheet for each side; names and districts, no number of a person. Without
    `named` only the sides that are figures; None where nothing is left then."""
    from openpyxl import Workbook

    book = Workbook()
    if book.active is not None:
        book.remove(book.active)
    written, known = 0, set()
    for part in value.parts:
        for side in part.sides:
            if side in known or (side.listed and not named):
                continue
            known.add(side)
            title = _free(book, f"{part.title}{side.title}")
            page = book.create_sheet(title)
            written += _side(page, side, names)
            sheet_printed(page)
    if not book.worksheets:
        return None
    out = BytesIO()
    book.save(out)
    return out.getvalue(), written


def _free(book: Any, wanted: str) -> str:
    """A name that no sheet has yet; programs take 31 characters and none of these signs."""
    clean = "".join(letter for letter in wanted if letter not in r"[]:*?/\\")[:26] or "明细"
    taken, name = {sheet.title for sheet in book.worksheets}, clean
    number = 1
    while name in taken:
        number += 1
        name = f"{clean}（{number}）"
    return name


def _side(page: Any, side: FrozenSide, names: Mapping[str, str]) -> int:
    sheet_title(page, side.title, "", 4)
    if side.listed:
        rows: list[list[Any]] = [
            [place, xml_text(row.name), names.get(row.district or "", row.district or ""), said(row)]
            for place, row in enumerate(side.members, 1)
        ]
        sheet_table(page, 4, ["序号", "名称", "县（市、区）", "计入的情况"], rows)
        return len(rows)
    figures: list[list[Any]] = [
        [
            line.period,
            names.get(line.district or "", "全市") if line.district else "全市",
            float(line.value),
            line.source,
            line.note or "",
        ]
        for line in side.figures
    ]
    sheet_table(page, 4, ["期间", "县（市、区）", "数值", "来源", "备注"], figures)
    return len(figures)
