"""Builders of workbooks as offices send them; each test states only what is messy about its own."""

from __future__ import annotations

import io
from collections.abc import Callable, Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any

from openpyxl import Workbook

from suite.bootstrap import Suite
from suite.contract.commands import Actor
from suite.kernel.exchange.preview import ImportPreview, ImportRequest
from suite.kernel.exchange.previewed import PreviewRow
from suite.testing.factories import practice_no, resident_number

HEADINGS = (
    "序号",
    "姓名",
    "性别",
    "身份证号码",
    "执业证号",
    "所在律所",
    "执业类型",
    "首次执业时间",
    "联系电话",
)
FIRM = "河北第1律师事务所"
LAWYER = "lawyers.lawyer"


def lawyer(sequence: int, **cells: Any) -> list[Any]:
    """A row of a lawyers' roster that is right, but for the cells given by heading."""
    values = {
        "序号": sequence,
        "姓名": f"王志{'远昂平明'[sequence % 4]}",
        "性别": "男",
        "身份证号码": resident_number(2 * sequence + 1),
        "执业证号": practice_no(sequence),
        "所在律所": FIRM,
        "执业类型": "专职",
        "首次执业时间": "2012.6.18",
        "联系电话": f"1380000{sequence:04d}",
        **cells,
    }
    return [values[heading] for heading in HEADINGS]


def each(heading: str, values: Iterable[Any]) -> list[list[Any]]:
    """A table of right rows, one for each value that stands under the heading."""
    return [list(HEADINGS), *(lawyer(place, **{heading: value}) for place, value in enumerate(values, 1))]


def xlsx(
    sheets: Mapping[str, Sequence[Sequence[Any]]] | Sequence[Sequence[Any]],
    fill: Callable[[Any], None] | None = None,
) -> bytes:
    """A workbook of sheets, or of one; `fill` may do more to it."""
    book = Workbook()
    assert book.active is not None
    book.remove(book.active)
    named = sheets if isinstance(sheets, Mapping) else {"名册": sheets}
    for name, rows in named.items():
        page = book.create_sheet(name)
        for row in rows:
            page.append(list(row))
    if fill:
        fill(book)
    out = io.BytesIO()
    book.save(out)
    return out.getvalue()


def page(rows: Sequence[Sequence[Any]], head: str = "", tail: str = "") -> str:
    """A web page with one table."""
    body = "".join(
        "<tr>" + "".join(f"<td>{'' if cell is None else cell}</td>" for cell in row) + "</tr>\n"
        for row in rows
    )
    return f"<html><body>{head}<table border=1>\n{body}</table>{tail}</body></html>"


class Desk:
    """Looks at files as the importer does, and writes nothing."""

    def __init__(self, suite: Suite, admin: Actor, folder: Path) -> None:
        self.suite, self.admin, self.folder = suite, admin, folder

    def look(self, content: bytes, name: str = "名册.xlsx", kind: str = LAWYER, **more: Any) -> ImportPreview:
        path = self.folder / name
        path.write_bytes(content)
        return self.suite.preview(ImportRequest(kind=kind, path=path, **more), self.admin)


def results(found: ImportPreview) -> dict[int, str]:
    """Row number → result; of one sheet."""
    return {row.row: row.result for row in found.rows}


def told(row: PreviewRow) -> set[tuple[str | None, str, str]]:
    """The problems of a row: field, code, severity."""
    return {(problem.field, problem.code, problem.severity.value) for problem in row.problems}


def codes(found: ImportPreview) -> set[str]:
    """The codes of the notices."""
    return {notice.code for notice in found.notices}
