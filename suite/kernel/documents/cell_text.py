"""Text in a cell of a workbook: it stays text, never a formula that the reader's program would run."""

from __future__ import annotations

from typing import Any

from suite.kernel.documents.xml_text import xml_text


def put_text(cell: Any, text: str) -> Any:
    """Put a text into a cell as what it is, also one that begins like a formula or a number; the cell."""
    cell.value = xml_text(text)
    cell.data_type = "s"
    return cell


def text_cell(page: Any, text: str) -> Any:
    """A cell with a text, for a page that is written row by row."""
    from openpyxl.cell import WriteOnlyCell

    return put_text(WriteOnlyCell(page, None), text)
