"""The sample workbooks of the demonstration, in the shape in which such files reach a bureau."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable, Iterator, Mapping
from importlib import import_module
from pathlib import Path
from typing import Any

from suite.contract.declarations import SampleData, SampleRequest
from suite.kernel.registry.places import shipped

SEED = 20261123


def sample_request(practitioners: int, today: dt.date) -> SampleRequest:
    """The request from which every sample of one demonstration is made."""
    townships = {row["code"]: row["name"] for row in shipped("townships")}
    return SampleRequest(
        practitioners=practitioners,
        seed=SEED,
        today=today,
        villages=tuple(
            (row["code"], row["name"], townships[row["township_code"]], row["district_code"])
            for row in shipped("villages")
        ),
        districts=tuple((row["code"], row["short_name"]) for row in shipped("districts")),
    )


def sample_rows(sample: SampleData, request: SampleRequest) -> Iterator[Mapping[str, Any]]:
    """The rows that a plugin makes for a sample, by the name that it declared."""
    module, _, name = sample.rows.partition(":")
    make: Callable[[SampleRequest], Iterator[Mapping[str, Any]]] = getattr(import_module(module), name)
    return make(request)


def write_workbook(
    sample: SampleData, rows: Iterable[Mapping[str, Any]], path: Path, *, unit: str, today: dt.date
) -> int:
    """Title rows above the header, a hidden row of notes, a row of totals at the end; gives the row count."""
    from openpyxl import Workbook
    from openpyxl.cell import WriteOnlyCell
    from openpyxl.styles import Alignment, Font

    book = Workbook(write_only=True)
    page = book.create_sheet("名册")
    for place, heading in enumerate(sample.headings):
        page.column_dimensions[_letters(place)].width = max(10, 2 * len(heading) + 2)
    page.row_dimensions[3].hidden = True
    title = WriteOnlyCell(page, sample.title)
    title.font = Font(bold=True, size=16)
    title.alignment = Alignment(horizontal="left")
    page.append([title])
    page.append([f"填报单位：石家庄市司法局　　填报日期：{today.year}年{today.month}月{today.day}日"])
    page.append(["填报说明：日期写年月日，身份证号码按文本填写。"])
    bold = Font(bold=True)
    header = []
    for heading in sample.headings:
        cell = WriteOnlyCell(page, heading)
        cell.font = bold
        header.append(cell)
    page.append(header)
    written = 0
    for row in rows:
        page.append([row.get(heading) for heading in sample.headings])
        written += 1
    page.append(["合计", f"{written}{unit}"])
    book.save(path)
    return written


def _letters(place: int) -> str:
    from openpyxl.utils import get_column_letter

    return str(get_column_letter(place + 1))
