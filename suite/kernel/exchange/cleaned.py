"""What a cleaner returns, and the first steps that all cleaners share."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping, Sequence
from types import MappingProxyType
from typing import Any, NamedTuple

from suite.contract.problems import Problem, Severity
from suite.kernel.exchange.safe_text import looks_like_formula


class Cleaned(NamedTuple):
    """A cell's value in the form in which it is kept (None: empty), and what is wrong with it.

    With a problem of severity error the value is None or the text as given, and the row is held.
    """

    value: Any
    problems: tuple[Problem, ...] = ()


Cleaner = Callable[[Any], Cleaned]
#: True of texts that a cleaner gives back as they are, with nothing to be told. It need not know all of them.
Plain = Callable[[str], object]

EMPTY = Cleaned(None)

PLACEHOLDERS = frozenset({"", "-", "--", "—", "——", "/", "\\", "无", "暂无", "N/A", "n/a"})
_CELL_ERRORS = frozenset({"#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NUM!", "#NULL!", "#SPILL!"})
#: Code of a cell whose value the file does not carry → what is said of it, and the text that stands for it
#: where its row goes back to the sender: refused until somebody writes over it.
LOST: Mapping[str, tuple[str, str]] = MappingProxyType(
    {
        "cell_error": ("单元格是公式错误，取不到值，请在原表改正公式或直接填写。", "#公式错误"),
        "formula_without_value": (
            "单元格是公式而文件中没有保存结果，请在原表打开并另存后再导入，或直接填写。",
            "#公式没有结果",
        ),
    }
)
_LOST_BY_MARK = {mark: (code, words) for code, (words, mark) in LOST.items()}

_NUMBERS = frozenset({int, float, bool})

# Letters and digits only: full-width brackets and commas belong to Chinese names and sentences.
_HALF_WIDTH = {
    code: code - 0xFEE0
    for first, last in ((0xFF10, 0xFF19), (0xFF21, 0xFF3A), (0xFF41, 0xFF5A))
    for code in range(first, last + 1)
}
# Controls and format characters that show nothing; those that break lines or words are left to split().
_INVISIBLE = dict.fromkeys(
    code
    for first, last in (
        (0x00, 0x08), (0x0E, 0x1B), (0x7F, 0x84), (0x86, 0x9F), (0xAD, 0xAD), (0x61C, 0x61C),
        (0x200B, 0x200F), (0x202A, 0x202E), (0x2060, 0x206F), (0xFEFF, 0xFEFF), (0xFFF9, 0xFFFB),
    )
    for code in range(first, last + 1)
)  # fmt: skip
_TRANSLATION = _HALF_WIDTH | _INVISIBLE

APOSTROPHES = "'‘’`"
"""By which one tells a spreadsheet that what follows is a text; some stay in the cell."""


def problem(code: str, text: str, severity: Severity = Severity.ERROR) -> tuple[Problem, ...]:
    """One problem of a cell; its place is filled in by the caller."""
    return (Problem(code=code, text=text, severity=severity),)


def as_text(value: Any) -> str:
    """The cell as a person reads it: no ".0", dates as ISO, blanks cut; an exported apostrophe taken off."""
    if isinstance(value, str):
        if value.isascii() and value.isalnum():
            return value
        if value.startswith("'") and looks_like_formula(value[1:]):
            value = value[1:]
        if "_x000D_" in value:
            # Spreadsheet programs write a carriage return so; it is no text.
            value = value.replace("_x000D_", " ")
        return " ".join(value.translate(_TRANSLATION).split())
    if value is None:
        return ""
    if isinstance(value, bool):
        return "TRUE" if value else "FALSE"
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        return str(int(value))
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(" ")
    return str(value)


def is_placeholder(text: str) -> bool:
    """Whether a text stands for "nothing" in a column of dates, numbers, codes or telephones."""
    return text in PLACEHOLDERS


def cell_error(text: str) -> Cleaned | None:
    """The outcome for an error text of a spreadsheet (#REF! …) or one of `LOST`, or None if it is none."""
    if (lost := _LOST_BY_MARK.get(text)) is not None:
        return Cleaned(None, problem(*lost))
    if text.startswith("#") and text.upper() in _CELL_ERRORS:
        return Cleaned(
            None, problem("cell_error", f"单元格是公式错误 {text}，取不到值，请在原表改正公式或直接填写。")
        )
    return None


def clean_column(
    values: Sequence[Any], clean: Cleaner, plain: Plain | None = None
) -> tuple[list[Any], list[tuple[int, Problem]]]:
    """Clean one column: the values, and problems with the index of their row.

    Each distinct value is cleaned once; a roster repeats firms, categories and dates by the thousand. Those
    that are seen to be `plain` are not cleaned at all: most numbers, names and telephones.
    """
    keys: Sequence[Any] = values
    if len(_NUMBERS.intersection(map(type, values))) > 1:
        # 1, 1.0 and True are equal as keys but not as cells.
        keys = [(type(value), value) for value in values]
    known: dict[Any, Any] = {}
    wrong: dict[Any, tuple[Problem, ...]] = {}
    for key, value in dict(zip(keys, values, strict=True)).items():
        if plain is not None and type(value) is str and plain(value):
            known[key] = value
            continue
        found = clean(value)
        # What stays as it was is kept once.
        known[key] = value if type(value) is str and found[0] == value else found[0]
        if found[1]:
            wrong[key] = found[1]
    problems = (
        [(index, found) for index, key in enumerate(keys) if key in wrong for found in wrong[key]]
        if wrong
        else []
    )
    return list(map(known.__getitem__, keys)), problems
