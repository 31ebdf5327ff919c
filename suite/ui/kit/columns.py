"""What a table column is and what its cells may hold; plain data shared by model, delegate and export."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from enum import Enum, StrEnum
from functools import cached_property
from typing import NamedTuple

from suite.contract.states import StateKind
from suite.ui.kit.state import StateValue

MISSING = "—"


class ColumnKind(StrEnum):
    """How the cells of a column are drawn, aligned, copied and read aloud."""

    TEXT = "text"  # str, or Noted for a second, paler text
    LINK = "link"  # str; a click opens
    NUMBER = "number"  # int, float, Decimal
    DATE = "date"  # date, datetime
    STATE = "state"  # StateValue
    GRADE = "grade"  # str, centred
    MASKED = "masked"  # str, already masked by whoever fetched it
    DIFF = "diff"  # DiffValue; ProblemValue where the new value is wrong, WarnedValue where it is doubtful
    PROBLEM = "problem"  # ProblemValue
    BAR = "bar"  # BarValue
    REMAINING = "remaining"  # RemainingValue
    CHECK = "check"  # made by the table itself


class Align(Enum):
    """Where a cell's text stands."""

    LEFT = 0
    CENTRE = 1
    RIGHT = 2


_ALIGN = {ColumnKind.NUMBER: Align.RIGHT, ColumnKind.GRADE: Align.CENTRE}


@dataclass(frozen=True, kw_only=True)
class Column:
    """One column: `Column(key="name", title="姓名", kind=ColumnKind.LINK, width=96, sortable=True)`.

    `width` is in pixels at 100 % font scale. A pinned column stands first and can be neither moved nor
    hidden. `hidden` columns wait in the header's menu. With `align=None` the kind decides. One column may
    `stretch` over what the others leave; it keeps `least` (0: its width), and the table scrolls then.
    """

    key: str
    title: str
    kind: ColumnKind = ColumnKind.TEXT
    width: int = 100
    align: Align | None = None
    sortable: bool = False
    pinned: bool = False
    hidden: bool = False
    stretch: bool = False
    least: int = 0

    @cached_property
    def alignment(self) -> Align:
        """Where the text stands: as declared, else as usual for the kind."""
        return self.align or _ALIGN.get(self.kind, Align.LEFT)


class Noted(NamedTuple):
    """A text with a paler second one behind it: `Noted("律师事务所设立许可", "河北衡正律师事务所")`."""

    text: str
    note: str


class DiffValue(NamedTuple):
    """A value that would change: the new text and the old one. Equal texts are drawn plainly."""

    new: str
    old: str


class ProblemValue(NamedTuple):
    """A value; `reason` says what is wrong with it, empty if nothing is."""

    text: str
    reason: str


class WarnedValue(NamedTuple):
    """A value that is taken though something speaks against it: a text or a DiffValue, and what speaks."""

    value: object
    reason: str


class BarValue(NamedTuple):
    """A share of a target as a bar whose tick stands where the target is; text says it in words.

    `share` is 1 on the target and None where there is no value: then the text stands in the bar's place.
    """

    share: float | None
    text: str
    reached: bool = False


class RemainingValue(NamedTuple):
    """What is left of a time, in words, with the used share of it (None: no bar) and how pressing it is."""

    text: str
    used: float | None
    kind: StateKind


class GroupValue(NamedTuple):
    """The head of a group of rows: a row that holds nothing else and cannot be chosen."""

    state: StateValue
    note: str


def number_text(value: int | float | Decimal) -> str:
    """A number with thousands separators and the true minus sign; places stay as they are given."""
    return f"{value:,}".replace("-", "−")


def cell_text(value: object) -> str:
    """What a cell shows, copies and exports as text; a missing value is `—`, zero is `0`."""
    if value is None or value == "":
        return MISSING
    if type(value) is str:
        return value
    writer = _WRITERS.get(type(value))
    return writer(value) if writer else str(value)


def _of_bool(value: object) -> str:
    return "是" if value else "否"


def _of_number(value: object) -> str:
    assert isinstance(value, int | float | Decimal)  # noqa: S101 - chosen by type in _WRITERS
    return number_text(value)


def _of_date(value: object) -> str:
    return str(value)


def _of_moment(value: object) -> str:
    assert isinstance(value, datetime)  # noqa: S101 - chosen by type in _WRITERS
    return value.strftime("%Y-%m-%d %H:%M")


def _of_first(value: object) -> str:
    assert isinstance(value, tuple)  # noqa: S101 - chosen by type in _WRITERS
    return str(value[0]) or MISSING


def _of_state(value: object) -> str:
    assert isinstance(value, StateValue)  # noqa: S101 - chosen by type in _WRITERS
    return value.word


def _of_bar(value: object) -> str:
    assert isinstance(value, BarValue)  # noqa: S101 - chosen by type in _WRITERS
    return value.text or MISSING


def _of_remaining(value: object) -> str:
    assert isinstance(value, RemainingValue)  # noqa: S101 - chosen by type in _WRITERS
    return value.text or MISSING


def _of_group(value: object) -> str:
    assert isinstance(value, GroupValue)  # noqa: S101 - chosen by type in _WRITERS
    return f"{value.state.word}　{value.note}" if value.note else value.state.word


def _of_noted(value: object) -> str:
    assert isinstance(value, Noted)  # noqa: S101 - chosen by type in _WRITERS
    return f"{value.text}　{value.note}" if value.note else value.text


def _of_warned(value: object) -> str:
    return cell_text(value[0])  # type: ignore[index]


_WRITERS: dict[type, Callable[[object], str]] = {
    bool: _of_bool,
    int: _of_number,
    float: _of_number,
    Decimal: _of_number,
    date: _of_date,
    datetime: _of_moment,
    StateValue: _of_state,
    Noted: _of_noted,
    DiffValue: _of_first,
    ProblemValue: _of_first,
    WarnedValue: _of_warned,
    BarValue: _of_bar,
    RemainingValue: _of_remaining,
    GroupValue: _of_group,
}


def spoken_text(value: object) -> str:
    """What a screen reader says for a cell: changes and problems in words, states by their word."""
    if isinstance(value, DiffValue) and value.new != value.old:
        return f"{value.new or MISSING}，原值 {value.old or MISSING}"
    if isinstance(value, ProblemValue) and value.reason:
        return f"{value.text or '空'}，{value.reason}"
    if isinstance(value, WarnedValue):
        return f"{spoken_text(value.value)}，{value.reason}"
    return cell_text(value)
