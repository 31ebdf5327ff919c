"""A preview made ready for the screen: names, orders and counts are found on the worker, once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

from suite.contract.declarations import FieldType, RecordKind
from suite.contract.problems import Problem, Severity
from suite.database.engine import ReadSession
from suite.kernel.exchange.bounds import column_letters
from suite.kernel.exchange.cleaned import as_text
from suite.kernel.exchange.columns import PARENT
from suite.kernel.exchange.linking import names_of
from suite.kernel.exchange.previewed import (
    CHANGED,
    HELD,
    NEW,
    SAME,
    ColumnMatch,
    ImportPreview,
    PreviewRow,
    ReadFile,
    SheetPreview,
)
from suite.kernel.exchange.repairs import NO_REPAIRS, Repairs
from suite.kernel.registry.districts import short_district_names

#: The tabs beside the results: every row, and those that are written though something speaks against them.
ALL, DOUBTFUL = "all", "doubtful"
TAB_TITLES = {ALL: "全部", HELD: "问题", DOUBTFUL: "提醒", NEW: "新增", CHANGED: "变更", SAME: "不变"}


@dataclass(frozen=True, kw_only=True)
class Group:
    """One value with one problem throughout a column."""

    sheet: str
    column: int
    field: str
    given: str
    problem: Problem
    rows: int


@dataclass(frozen=True, kw_only=True)
class Loaded:
    """What the page shows of a file.

    `preview` is None while no sheet has all the columns it needs: then only the columns can be mapped.
    `orders`: tab → places in `preview.rows`. `groups`: like problems, the most frequent first. `mended`: how
    many repairs a person asked for; `repairs` has those that were remembered besides.
    """

    kind: RecordKind
    read: ReadFile
    sheets: tuple[SheetPreview, ...]
    preview: ImportPreview | None = None
    repairs: Repairs = NO_REPAIRS
    mended: int = 0
    missing: str = ""
    names: Mapping[int, str] = field(default_factory=dict)
    districts: Mapping[str, str] = field(default_factory=dict)
    orders: Mapping[str, tuple[int, ...]] = field(default_factory=dict)
    groups: tuple[Group, ...] = ()
    seconds: float = 0.0

    def count(self, tab: str) -> int:
        """How many rows a tab shows."""
        return len(self.orders.get(tab, ()))

    @property
    def writes(self) -> int:
        """How many rows would be written."""
        return self.count(NEW) + self.count(CHANGED)

    def _match(self, sheet: str, key: str) -> ColumnMatch | None:
        page = next((page for page in self.sheets if page.sheet == sheet), None)
        return next((c for c in page.columns if key in c.fills), None) if page is not None else None

    def column_of(self, sheet: str, key: str) -> int | None:
        """The number of the column that a field is read from."""
        found = self._match(sheet, key)
        return found.number if found is not None else None

    def unit_hint(self, sheet: str, key: str) -> str:
        """In which unit the column of a field is to be mended; empty where it is that of the field."""
        found = self._match(sheet, key)
        return found.unit.asks if found is not None and found.unit is not None else ""

    def address(self, row: PreviewRow, key: str) -> str:
        """The cell as the spreadsheet names it (`D103`); empty where the file has no such column."""
        column = self.column_of(row.sheet, key)
        return f"{column_letters(column)}{row.row}" if column is not None else ""

    def given(self, row: PreviewRow, key: str) -> str:
        """The cell's text as it stands in the file."""
        column = self.column_of(row.sheet, key)
        return "" if column is None else as_text(self.read.given(row.sheet, row.row, column))

    def shown(self, row: PreviewRow, key: str) -> str:
        """The cell's text after the repairs."""
        column = self.column_of(row.sheet, key)
        if column is None:
            return ""
        return self.repairs.text_of(row.sheet, row.row, column, self.read.given(row.sheet, row.row, column))

    def like_dates(self, sheet: str, column: int, code: str) -> int:
        """How many rows have one problem throughout a column, whatever they say."""
        return sum(
            g.rows for g in self.groups if (g.sheet, g.column, g.problem.code) == (sheet, column, code)
        )

    def alike(self, row: PreviewRow, problem: Problem) -> Group | None:
        """The group that a row's problem belongs to."""
        key = problem.field or ""
        column, given = self.column_of(row.sheet, key), self.given(row, key)
        asked = (row.sheet, column, given, problem.code)
        return next((g for g in self.groups if (g.sheet, g.column, g.given, g.problem.code) == asked), None)


def load(
    kind: RecordKind, preview: ImportPreview, mended: int, session: ReadSession, seconds: float
) -> Loaded:
    """Make a preview ready; runs on a worker."""
    orders: dict[str, list[int]] = {key: [] for key in (HELD, NEW, CHANGED, SAME)}
    for place, row in enumerate(preview.rows):
        orders[row.result].append(place)
    everything = [place for key in (HELD, NEW, CHANGED, SAME) for place in orders[key]]
    doubtful = [
        place
        for place in (*orders[NEW], *orders[CHANGED])
        if any(problem.severity is Severity.WARNING for problem in preview.rows[place].problems)
    ]
    bare = Loaded(kind=kind, read=preview.read, sheets=preview.sheets, preview=preview)
    return Loaded(
        kind=kind,
        read=preview.read,
        sheets=preview.sheets,
        preview=preview,
        repairs=preview.repairs,
        mended=mended,
        names=_names(kind, preview.rows, session),
        districts=short_district_names(session),
        orders={
            ALL: tuple(everything),
            DOUBTFUL: tuple(doubtful),
            **{key: tuple(places) for key, places in orders.items()},
        },
        groups=_groups(bare, [preview.rows[place] for place in orders[HELD]]),
        seconds=seconds,
    )


def _names(kind: RecordKind, rows: Iterable[PreviewRow], session: ReadSession) -> dict[int, str]:
    keys = [item.key for item in kind.fields if item.type is FieldType.LINK]
    ids: set[Any] = set()
    for row in rows:
        for key in keys:
            value = row.values.get(key)
            ids.update(value if isinstance(value, tuple) else (value,))
            ids.update(row.changes.get(key, ()))
    ids.discard(None)
    return names_of(session, [one for one in ids if isinstance(one, int)])


def _groups(loaded: Loaded, rows: Iterable[PreviewRow]) -> tuple[Group, ...]:
    counts: Counter[tuple[str, int, str, str, str]] = Counter()
    first: dict[tuple[str, int, str, str, str], Problem] = {}
    for row in rows:
        for problem in row.problems:
            column = loaded.column_of(row.sheet, problem.field or "")
            if problem.severity is not Severity.ERROR or column is None or problem.field is None:
                continue
            key = (row.sheet, column, problem.field, loaded.given(row, problem.field), problem.code)
            counts[key] += 1
            first.setdefault(key, problem)
    return tuple(
        Group(sheet=key[0], column=key[1], field=key[2], given=key[3], problem=first[key], rows=number)
        for key, number in counts.most_common()
    )


def field_title(kind: RecordKind, key: str | None) -> str:
    """The words for a field key, also for the column that names a link's own body."""
    if not key:
        return ""
    if key.startswith(PARENT):
        return f"{kind.by_key[key.removeprefix(PARENT)].title}所在乡镇"
    found = kind.by_key.get(key)
    return found.title if found else key
