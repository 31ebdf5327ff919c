"""Text that goes out must stay text: a cell that begins like a formula would be run by the receiver."""

from __future__ import annotations

_FORMULA_STARTS = ("=", "+", "-", "@", "\t", "\r", "\n", "＝", "＋", "－", "＠")


def looks_like_formula(text: str) -> bool:
    """Whether a spreadsheet program could take the text for a formula (leading blanks do not protect)."""
    return text.startswith(_FORMULA_STARTS) or text.lstrip(" ").startswith(_FORMULA_STARTS)


def safe_text_for_cell(text: str) -> str:
    """The text for a .csv cell: with an apostrophe in front where it looks like a formula.

    In a workbook write the text itself and set the cell's data type to "s"; there nothing need be added.
    """
    return "'" + text if looks_like_formula(text) else text
