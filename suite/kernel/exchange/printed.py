"""How a sheet of a workbook comes out on paper, and how wide its columns are."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from suite.kernel.documents.display_width import display_width

A3, A4 = 8, 9
WIDEST = 48
#: More columns than these are not pressed onto the width of one page: nobody could read them.
MOST_ACROSS = 16


def column_width(texts: Iterable[str]) -> int:
    """A width in which the longest of the texts stands, up to what a page bears."""
    return min(max((display_width(text) for text in texts), default=8) + 3, WIDEST)


def sheet_printed(
    page: Any, *, columns: int = 0, tall: bool = False, heads: str = "", large: bool = False
) -> None:
    """A4, as wide as a page unless it has too many columns, numbered; rows `heads` stand on each page.

    large: A3, as wide as a page however many columns, which are to be narrow ones with texts that wrap.
    A page that is written row by row wants this before its first row.
    """
    from openpyxl.worksheet.properties import PageSetupProperties

    page.page_setup.orientation, page.page_setup.paperSize = "portrait" if tall else "landscape", A4
    if large:
        page.page_setup.paperSize = A3
    if large or columns <= MOST_ACROSS:
        # A chart is not torn: a sheet with one is a single page.
        page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 1 if page._charts else 0
        page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    else:
        page.print_title_cols = "A:B"  # each page of a print says whom its rows are about: number and name
    if heads:
        page.print_title_rows = heads
    if page.oddFooter is not None:
        page.oddFooter.center.text = "第 &P 页 共 &N 页"
