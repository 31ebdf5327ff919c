"""A report as a workbook: numbers, districts, what moved, how each is counted; with native charts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from io import BytesIO
from typing import Any

from suite.kernel.documents.cell_text import put_text
from suite.kernel.documents.display_width import display_width
from suite.kernel.documents.xml_text import xml_text
from suite.kernel.exchange.printed import A4, sheet_printed
from suite.kernel.indicators.frozen import FrozenValue
from suite.kernel.indicators.rules import State
from suite.kernel.reports.content import HEADINGS, STATES, ReportContent, rows_of, target_words

#: In cells that may be calculated with: so many places are kept.
PLACES = 6
HEAD_FILL, LINE = "E6EEF6", "BFBFBF"
INK, PALE, OK, WARN, BAD, NEUTRAL = "1E5082", "A9C3DC", "1A6B57", "8A5300", "B3261E", "8F8E86"
STATE_INK = {State.MET: OK, State.ON_TRACK: INK, State.BEHIND: BAD, State.NO_DATA: NEUTRAL}
WIDEST, NARROW = 70, 14
#: Points: a line of a row that wraps, in the fonts that stand in for the usual one too.
ROW_HEIGHT = 17
#: Where many columns share a page, texts wrap at this.
TITLES_WIDE = 36
#: Charts have a sheet of their own, at its natural size: no table is pressed together for one beside it. They
#: are as wide (cm) as an upright page, which holds so many rows and so many bars.
CHART_WIDE, PAGE_ROWS, PAGE_BARS, CHART_COLUMNS = 16.5, 44, 30, 8
#: Hundredths of a point: names that stand beside every bar.
NAMES_SIZE = 800


def workbook_of(content: ReportContent) -> bytes:
    """The workbook; its times are set by `settled`."""
    from openpyxl import Workbook

    book = Workbook()
    charts = _Charts(book.create_sheet("图表"), content)
    _overview(book.worksheets[0], content, charts)
    _districts(book.create_sheet("各县（市、区）"), content, charts)
    if content.former is not None:
        _against(book.create_sheet("与上期比较"), content, charts)
    _definitions(book.create_sheet("口径说明"), content)
    _basis(book.create_sheet("数据依据"), content)
    book.properties.title = xml_text(content.title)
    book.properties.creator = xml_text(content.organ)
    for page in book.worksheets:
        if page is not charts.page:
            sheet_printed(page, tall=page is book.worksheets[0])
    out = BytesIO()
    book.save(out)
    return out.getvalue()


class _Charts:
    """The sheet of the charts: how many numbers stand how, the districts in one of them, and below on a page
    each what has a bar for every number."""

    def __init__(self, page: Any, content: ReportContent) -> None:
        self.page = page
        self._pages = 1
        sheet_title(page, "图表", f"截至 {content.frozen.as_of}", CHART_COLUMNS)
        page.page_setup.orientation, page.page_setup.paperSize = "portrait", A4
        page.oddFooter.center.text = "第 &P 页 共 &N 页"
        counted = [(STATES[state], sum(v.state is state for v in content.frozen.values)) for state in State]
        _headed(page.cell(row=4, column=1), "状态")
        _headed(page.cell(row=4, column=2), "项数")
        for row, (words, number) in enumerate(counted, 5):
            page.cell(row=row, column=1, value=words)
            page.cell(row=row, column=2, value=number)
        page.add_chart(_ring(page), "D4")

    def below(self, chart: Any) -> None:
        """Put a chart below the ring, on the first page."""
        self.page.add_chart(chart, "A24")

    def apart(self, page: Any, title: str, values: int, last: int) -> None:
        """Put a column of shares on pages of their own, so many bars on each that every name is read."""
        from openpyxl.worksheet.pagebreak import Break

        for first in range(5, last + 1, PAGE_BARS):
            row = self._pages * PAGE_ROWS
            end = min(first + PAGE_BARS - 1, last)
            self.page.row_breaks.append(Break(id=row))
            chart = lying_bars(page, title, values, 2, end, first=first, percent=True)
            self.page.add_chart(chart, f"A{row + 2}")
            self._pages += 1


def _overview(page: Any, content: ReportContent, charts: _Charts) -> None:
    page.title = "指标总表"
    frozen = content.frozen
    sheet_title(page, content.title, f"截至 {frozen.as_of}　{content.organ}", len(HEADINGS) + 1)
    rows = [
        [*row[:4], _plain(value.whole.value), *row[5:], _share(value)]
        for row, value in zip(rows_of(frozen), frozen.values, strict=True)
    ]
    last = sheet_table(page, 4, [*HEADINGS, "完成程度"], rows, widest=TITLES_WIDE)
    for row in range(5, last + 1):
        _numbered(page.cell(row=row, column=5))
        page.cell(row=row, column=8).number_format = "0.0%"
    if any(_share(value) is not None for value in frozen.values):
        charts.apart(page, "完成程度（100% 为达到目标）", 8, last)
    page.freeze_panes = "A5"
    page.print_title_rows = "4:4"


def _ring(page: Any) -> Any:
    """How many indicators stand how: named beside each, so that no colour speaks alone."""
    from openpyxl.chart import DoughnutChart, Reference
    from openpyxl.chart.label import DataLabelList
    from openpyxl.chart.marker import DataPoint

    chart: Any = DoughnutChart()
    chart.title, chart.holeSize = "指标状态", 58
    chart.add_data(Reference(page, min_col=2, min_row=4, max_row=4 + len(State)), titles_from_data=True)
    chart.set_categories(Reference(page, min_col=1, min_row=5, max_row=4 + len(State)))
    series = chart.series[0]
    for place, state in enumerate(State):
        point = DataPoint(idx=place)
        point.graphicalProperties.solidFill = STATE_INK[state]
        series.dPt.append(point)
    series.dLbls = DataLabelList(showVal=True, showCatName=False, showSerName=False, showPercent=False)
    series.dLbls.showLegendKey = False
    chart.height, chart.width = 7.5, 9.5
    return chart


def lying_bars(
    page: Any,
    title: str,
    values: int,
    names: int,
    last: int,
    *,
    percent: bool = False,
    width: float = CHART_WIDE,
    first: int = 5,
) -> Any:
    """A bar for each row of the table that `sheet_table` put at row 4, the first on top: the columns of the
    values and of the names, and the first and the last row that are shown."""
    from openpyxl.chart import BarChart, Reference

    chart: Any = BarChart()
    chart.type, chart.barDir, chart.gapWidth = "bar", "bar", 40
    chart.title, chart.legend = title, None
    chart.add_data(Reference(page, min_col=values, min_row=first, max_row=last))
    chart.set_categories(Reference(page, min_col=names, min_row=first, max_row=last))
    chart.series[0].graphicalProperties.solidFill = INK
    if percent:
        chart.y_axis.number_format = "0%"
    chart.y_axis.delete = chart.x_axis.delete = False
    chart.x_axis.tickLblSkip = 1
    chart.x_axis.scaling.orientation = "maxMin"
    chart.height, chart.width = max(7.5, 0.62 * (last + 1 - first)), width
    chart.x_axis.txPr = _small()
    return chart


def _small() -> Any:
    """The text of an axis of which every name is to be read."""
    from openpyxl.chart.text import RichText
    from openpyxl.drawing.text import CharacterProperties, Paragraph, ParagraphProperties

    properties = ParagraphProperties(defRPr=CharacterProperties(sz=NAMES_SIZE))
    return RichText(p=[Paragraph(pPr=properties, endParaRPr=CharacterProperties(sz=NAMES_SIZE))])


def _districts(page: Any, content: ReportContent, charts: _Charts) -> None:
    """A row for each number that districts have, a column for each district, and a chart of one number."""
    from openpyxl.chart import BarChart, Reference

    frozen = content.frozen
    told = [
        value
        for value in frozen.values
        if any(place is not None and reading.value is not None for place, reading in value.by_district)
    ]
    readings = [{place: reading.value for place, reading in value.by_district} for value in told]
    places = [code for code in frozen.district_names if any(code in found for found in readings)]
    headings = ["序号", "指标", "单位", *(frozen.district_names[code] for code in places)]
    sheet_title(page, "各县（市、区）指标值", f"截至 {frozen.as_of}", len(headings))
    rows = [
        [value.no, value.title, value.unit, *(_plain(found.get(code)) for code in places)]
        for value, found in zip(told, readings, strict=True)
    ]
    last = sheet_table(page, 4, headings, rows, widest=TITLES_WIDE)
    for row in range(5, last + 1):
        for column in range(4, len(headings) + 1):
            _numbered(page.cell(row=row, column=column))
    charted = next((place for place, value in enumerate(told) if value.key.endswith("per_10k")), 0)
    if told and places:
        chart: Any = BarChart()
        chart.type, chart.gapWidth, chart.legend = "col", 50, None
        chart.title = f"{told[charted].title}（{told[charted].unit}）"
        row, end = charted + 5, len(headings)
        numbers = Reference(page, min_col=4, max_col=end, min_row=row, max_row=row)
        chart.add_data(numbers, from_rows=True)
        chart.set_categories(Reference(page, min_col=4, max_col=end, min_row=4, max_row=4))
        chart.series[0].graphicalProperties.solidFill = INK
        chart.y_axis.delete = chart.x_axis.delete = False
        chart.x_axis.tickLblSkip = 1
        chart.x_axis.txPr = _small()
        chart.height, chart.width = 9.5, CHART_WIDE
        charts.below(chart)
    page.freeze_panes = "D5"
    page.print_title_rows = "4:4"


def _against(page: Any, content: ReportContent, charts: _Charts) -> None:
    assert content.former is not None  # noqa: S101 - the sheet is made for one
    former = content.former.by_key
    days = f"{content.former.as_of} → {content.frozen.as_of}"
    sheet_title(page, "与上期比较", days, 6)
    headings = ["序号", "指标", "上期", "本期", "变化", "单位", "本期为上期的"]
    rows = []
    for value in content.frozen.values:
        was = former.get(value.key)
        before, now = (was.whole.value if was else None), value.whole.value
        change = None if before is None or now is None else now - before
        share = None if not before or now is None else round(float(now / before), PLACES)
        rows.append([value.no, value.title, _plain(before), _plain(now), _plain(change), value.unit, share])
    last = sheet_table(page, 4, headings, rows)
    for row in range(5, last + 1):
        for column in (3, 4):
            _numbered(page.cell(row=row, column=column))
        page.cell(row=row, column=5).number_format = "+#,##0.00;-#,##0.00;0"
        page.cell(row=row, column=7).number_format = "0.0%"
    if rows:
        charts.apart(page, "本期为上期的百分比", 7, last)
    page.freeze_panes, page.print_title_rows = "A5", "4:4"


def _definitions(page: Any, content: ReportContent) -> None:
    sheet_title(page, "口径说明", f"截至 {content.frozen.as_of}", 7)
    headings = ["序号", "指标", "口径", "算式", "口径版次", "开关", "目标依据", "说明"]
    rows = [
        [
            value.no,
            value.title,
            value.help,
            value.formula,
            value.definition,
            "；".join(f"{switch.title}：{switch.position}" for switch in value.switches),
            f"{target_words(value)}　{value.target.article}" if value.target else "",
            "；".join(value.notes),
        ]
        for value in content.frozen.values
    ]
    sheet_table(page, 4, headings, rows, wrap=True, widest=TITLES_WIDE)
    page.freeze_panes, page.print_title_rows = "C5", "4:4"


def _basis(page: Any, content: ReportContent) -> None:
    sheet_title(page, "数据依据", "", 2)
    sheet_table(page, 4, ["项目", "内容"], [list(row) for row in content.basis], wrap=True)


# Cells.


def _numbered(cell: Any) -> None:
    """A whole number is shown as one."""
    cell.number_format = "#,##0" if isinstance(cell.value, int) else "#,##0.00"


def _plain(value: Any) -> float | int | None:
    """A number for a cell."""
    if value is None:
        return None
    return int(value) if value.denominator == 1 else round(float(value), PLACES)


def _share(value: FrozenValue) -> float | None:
    """How far a number has come of its target; of one that should fall, how far the target is of it."""
    if value.target is None or value.whole.value is None or value.target.value == 0:
        return None
    wanted, found = float(value.target.value), float(value.whole.value)
    if value.direction == "down":
        return round(min(wanted / found, 1.0), PLACES) if found else 1.0
    return round(found / wanted, PLACES)


def sheet_title(page: Any, title: str, below: str, columns: int) -> None:
    """A title across the columns, and a line below it."""
    from openpyxl.styles import Alignment, Font

    page.cell(row=1, column=1, value=xml_text(title)).font = Font(bold=True, size=16)
    page.cell(row=2, column=1, value=xml_text(below)).font = Font(color="50565C")
    for row in (1, 2):
        page.merge_cells(start_row=row, start_column=1, end_row=row, end_column=max(columns, 2))
        page.cell(row=row, column=1).alignment = Alignment(horizontal="center", vertical="center")
    page.row_dimensions[1].height = 30


def _headed(cell: Any, words: str) -> None:
    from openpyxl.styles import Alignment, Font, PatternFill

    cell.value = xml_text(words)
    cell.font, cell.fill = Font(bold=True), PatternFill("solid", fgColor=HEAD_FILL)
    cell.alignment = Alignment(wrap_text=True, vertical="center", horizontal="center")


def _as_shown(value: Any) -> str:
    if value is None:
        return ""
    return f"{value:,.2f}" if isinstance(value, float) else str(value)


def sheet_table(
    page: Any,
    first: int,
    headings: Sequence[str],
    rows: Iterable[Sequence[Any]],
    *,
    wrap: bool = False,
    widest: int = WIDEST,
) -> int:
    """Headings in row `first` and the rows below, no column wider than `widest`; returns the last row."""
    from openpyxl.styles import Alignment, Border, Side
    from openpyxl.utils import get_column_letter

    side = Side(style="thin", color=LINE)
    border = Border(left=side, right=side, top=side, bottom=side)
    longest = [min(display_width(heading), NARROW) for heading in headings]  # a longer heading wraps
    shown: dict[int, list[int]] = {}
    last = first
    for place, heading in enumerate(headings, 1):
        _headed(page.cell(row=first, column=place), heading)
        page.cell(row=first, column=place).border = border
    if any(display_width(heading) > NARROW for heading in headings):
        page.row_dimensions[first].height = 48
    for last, row in enumerate(rows, first + 1):
        shown[last] = [display_width(_as_shown(value)) for value in row]
        for place, value in enumerate(row, 1):
            cell = page.cell(row=last, column=place)
            if isinstance(value, str):
                put_text(cell, value)
            else:
                cell.value = value
            cell.border = border
            folded = wrap or shown[last][place - 1] + 2 > widest
            cell.alignment = Alignment(wrap_text=folded, vertical="top" if wrap else "center")
        longest = [max(pair) for pair in zip(longest, shown[last], strict=True)]
    widths = [min(length + 2, widest) for length in longest]
    for place, width in enumerate(widths, 1):
        page.column_dimensions[get_column_letter(place)].width = width
    for number, found in shown.items():
        # Nothing makes the row higher by itself where a workbook is not opened by hand.
        lines = max(-(-length // (width - 2)) for length, width in zip(found, widths, strict=True))
        if lines > 1:
            page.row_dimensions[number].height = ROW_HEIGHT * lines
    return last
