"""Text that goes out must stay text: a cell that begins like a formula would be run by the receiver."""

from __future__ import annotations

import re

#: What a workbook, being XML, cannot hold; records written before such were dropped may still have some.
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula (leading blanks do not protect)."""
    return text.startswith(_FORMULA_STARTS) or text.lstrip(" ").startswith(_FORMULA_STARTS)


def safe_text_for_cell(text: str) -> str:
    """The text for a .csv cell: with an apostrophe in front where it looks like a formula.

    In a workbook write the text itself and set the cell's data type to "s"; there nothing need be added.
    """
    return "'" + text if looks_like_formula(text) else text


def xml_text(text: str) -> str:
    """The text without what no workbook can hold."""
    return _NOT_IN_XML.sub("", text)
