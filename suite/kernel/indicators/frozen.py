"""An indicator set as it is frozen: the numbers, and the rows behind every one of them. Plain data.

What is live and what was read back from a snapshot have the same shape, so that one comparison serves both.
Attributes are kept as values and as words: a plugin that is gone cannot say what a code meant.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from decimal import Decimal
from fractions import Fraction
from typing import Any

from suite.contract.declarations import FieldType, RecordKind
from suite.contract.indicators import Indicator, IndicatorSet, Least, Target, parts_of
from suite.kernel.indicators.board import (
    BreakdownValue,
    IndicatorBoard,
    MemberLine,
    SideRows,
    Switch,
)
from suite.kernel.indicators.figures import FigureLine
from suite.kernel.indicators.reading import Reading
from suite.kernel.indicators.rules import State
from suite.loader.catalog import Catalog

#: What is told of a row that counts otherwise than 1, as which one that says nothing of it counts.
COUNTS, ONCE = "计数", "1"


@dataclass(frozen=True)
class Told:
    """An attribute that counted: what it is, its value as it is stored, and the value in words."""

    title: str
    value: str
    words: str


@dataclass(frozen=True)
class FrozenMember:
    """One row that was counted."""

    id: int
    name: str
    district: str | None
    told: tuple[Told, ...] = ()


@dataclass(frozen=True, kw_only=True)
class FrozenSide:
    """What stands above or below a line. `kind` is that of the rows, None for figures, for places, and
    for rows of several kinds; `what` says which right opens them (roster, case or ledger)."""

    title: str
    kind: str | None
    what: str
    unit: str = ""
    members: tuple[FrozenMember, ...] = ()
    figures: tuple[FigureLine, ...] = ()

    @property
    def listed(self) -> bool:
        """Whether rows stand behind it, not figures: those of one kind, of several, or places."""
        return self.kind is not None or bool(self.members)


@dataclass(frozen=True, kw_only=True)
class FrozenPart:
    """One of the numbers of an indicator, with what stands behind it; below a count is nothing. least: it is
    the fewest that any has, and its two sides are not divided."""

    title: str
    state: State | None
    whole: Reading
    above: FrozenSide
    below: FrozenSide | None
    target: Decimal | None = None
    unit: str | None = None
    least: bool = False

    @property
    def sides(self) -> tuple[FrozenSide, ...]:
        """Both, or the one there is."""
        return (self.above,) if self.below is None else (self.above, self.below)


@dataclass(frozen=True, kw_only=True)
class FrozenValue:
    """An indicator as it stood: the number, and all that must be printed beside it."""

    key: str
    title: str
    unit: str
    direction: str
    help: str
    definition: int
    target: Target | None
    state: State | None
    whole: Reading
    deciding: int
    formula: str
    switches: tuple[Switch, ...]
    notes: tuple[str, ...]
    parts: tuple[FrozenPart, ...]
    by_district: tuple[tuple[str | None, Reading], ...]
    breakdowns: tuple[BreakdownValue, ...] = ()
    pace: Fraction | None = None

    @property
    def owner(self) -> str:
        """The plugin that declared it."""
        return self.key.split(".", 1)[0]

    @property
    def no(self) -> str:
        """The set's number, empty without one."""
        return "" if self.target is None else str(self.target.no)


@dataclass(frozen=True, kw_only=True)
class Asked:
    """What was chosen when a set was frozen: the set's name, None for that of the day, and switches that were
    looked at in another position than they have. Whoever reckons the day anew chooses the same."""

    set: str | None = None
    positions: Mapping[str, bool] = field(default_factory=dict)


AS_IT_STANDS = Asked()


@dataclass(frozen=True, kw_only=True)
class Frozen:
    """A whole set on a day. judged_on: the day by which returns were overdue; zones: the districts that are
    no 县（市、区）; None in snapshots that were taken before they were kept."""

    as_of: dt.date
    set: IndicatorSet | None
    values: tuple[FrozenValue, ...]
    district_names: Mapping[str, str]
    asked: Asked = AS_IT_STANDS
    judged_on: dt.date | None = None
    zones: frozenset[str] | None = None

    @property
    def by_key(self) -> dict[str, FrozenValue]:
        """The values by the key of the indicator."""
        return {value.key: value for value in self.values}


def freeze(
    board: IndicatorBoard,
    rows: Mapping[str, Sequence[tuple[SideRows, SideRows | None]]],
    catalog: Catalog,
    names: Mapping[int, str],
    asked: Asked = AS_IT_STANDS,
    *,
    judged_on: dt.date,
) -> Frozen:
    """What is live, in the shape in which it is frozen; `names`: of the subjects that rows link to."""
    worded = _Words(catalog, board.district_names, names)
    return Frozen(
        as_of=board.as_of,
        set=board.set,
        district_names=dict(board.district_names),
        asked=asked,
        judged_on=judged_on,
        zones=board.zones,
        values=tuple(
            FrozenValue(
                key=value.indicator.key,
                title=value.indicator.title,
                unit=value.unit,
                direction=str(value.indicator.direction),
                help=value.indicator.help,
                definition=value.indicator.definition,
                target=value.target,
                state=value.state,
                whole=value.whole,
                deciding=value.deciding,
                formula=value.formula,
                switches=value.switches,
                notes=value.notes,
                by_district=value.by_district,
                breakdowns=value.breakdowns,
                pace=value.pace,
                parts=tuple(
                    FrozenPart(
                        title=value.parts[place].title if value.parts else "",
                        state=value.parts[place].state if value.parts else value.state,
                        whole=value.parts[place].whole if value.parts else value.whole,
                        above=worded.side(above),
                        below=None if below is None else worded.side(below),
                        target=value.parts[place].target if value.parts else None,
                        unit=value.parts[place].unit if value.parts else None,
                        least=is_least(value.indicator, place),
                    )
                    for place, (above, below) in enumerate(rows[value.indicator.key])
                ),
            )
            for value in board.values
        ),
    )


def is_least(indicator: Indicator | None, place: int) -> bool:
    """Whether a part of an indicator is the fewest that any has; not known of one that nobody declares."""
    parts = () if indicator is None else parts_of(indicator.measure)
    return place < len(parts) and isinstance(parts[place].measure, Least)


def counts_of(amount: int | Decimal) -> Told:
    """What is told of how much a row counts."""
    words = f"{Decimal(amount):f}"
    return Told(COUNTS, words, words)


def linked_ids(rows: Mapping[str, Sequence[tuple[SideRows, SideRows | None]]], catalog: Catalog) -> set[int]:
    """The subjects that attributes which counted point to."""
    found: set[int] = set()
    for sides in rows.values():
        for side in (one for pair in sides for one in pair if one is not None):
            kind = catalog.kinds.get(side.kind or "")
            if kind is None or not side.members:
                continue
            links = {field.key for field in kind.fields if field.type is FieldType.LINK}
            for line in side.members:
                found |= {value for key, value in line.told if key in links and isinstance(value, int)}
    return found


class _Words:
    """Puts rows and their attributes into words; sides that were read once are put so once."""

    def __init__(self, catalog: Catalog, districts: Mapping[str, str], names: Mapping[int, str]) -> None:
        self._catalog, self._districts, self._names = catalog, districts, names
        self._known: dict[tuple[Any, ...], Told | None] = {}

    def side(self, rows: SideRows) -> FrozenSide:
        kind = self._catalog.kinds.get(rows.kind or "")
        return FrozenSide(
            title=rows.title,
            kind=rows.kind,
            what=self._what(rows.kind),
            unit=self._unit(rows, kind),
            members=tuple(self._member(line, kind) for line in rows.members),
            figures=rows.figures,
        )

    def _unit(self, rows: SideRows, kind: RecordKind | None) -> str:
        """Of the rows, or of the figures."""
        series = self._catalog.figures.get(rows.series or "")
        if series is not None:
            return series.unit
        return "件" if rows.kind in self._catalog.case_kinds else kind.unit if kind is not None else ""

    def _what(self, kind: str | None) -> str:
        """Which right opens rows of a kind."""
        if not kind:
            return ""
        if kind in self._catalog.case_kinds:
            return "case"
        return "ledger" if kind in self._catalog.ledgers else "roster"

    def _member(self, line: MemberLine, kind: RecordKind | None) -> FrozenMember:
        told = (self._told(kind, key, value) for key, value in line.told)
        kept = tuple(item for item in told if item is not None)
        if line.counts is not None and line.counts != 1:
            kept += (counts_of(line.counts),)
        return FrozenMember(id=line.id, name=line.name, district=line.district, told=kept)

    def _told(self, kind: RecordKind | None, key: str, value: Any) -> Told | None:
        # 1, True and Decimal(1) are one key, and not said alike.
        known = (kind.key if kind else "", key, type(value), value)
        if known not in self._known:
            self._known[known] = self._said(kind, key, value)
        return self._known[known]

    def _said(self, kind: RecordKind | None, key: str, value: Any) -> Told | None:
        if value is None or value == "":
            return None
        field = kind.by_key.get(key) if kind is not None else None
        if field is None:
            return Told(key, str(value), str(value))
        match field.type:
            case FieldType.BOOLEAN:
                words = "是" if value else "否"
            case FieldType.CODE | FieldType.CODES:
                words = self._catalog.code_title(field.codes or "", value)
            case FieldType.DISTRICT:
                words = self._districts.get(value, str(value))
            case FieldType.LINK:
                words = self._names.get(value, f"#{value}")
            case _:
                words = str(value)
        return Told(field.title, str(value), words)
