"""What a list asks for, between the filter bar, saved views and the kernel's `ListQuery`."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from suite.contract.declarations import FieldType, RecordKind, SavedViewSpec
from suite.kernel.registry.queries import DateRange, ListQuery
from suite.ui.kit.filters import QUICK

Layout = list[dict[str, object]]

#: The filter that holds the rows of a matter of the desk (工作台).
MATTER = "matter"


@dataclass(frozen=True)
class Matter:
    """What waits on the desk (or what an indicator counts), with its records; `word` says which it is."""

    title: str
    ids: tuple[int, ...]
    word: str = "待办"


@dataclass(frozen=True, kw_only=True)
class ListAsk:
    """Filters as the bar holds them (lists of values, pairs of dates, a matter), quick text and sort.

    sort: (field key, ascending) pairs as the header has them. layout: columns of a saved view.
    """

    filters: Mapping[str, object] = field(default_factory=dict)
    sort: tuple[tuple[str, bool], ...] = ()
    layout: Layout | None = None

    @property
    def matter(self) -> Matter | None:
        """The matter of the desk that the list is opened for."""
        held = self.filters.get(MATTER)
        return held[0] if isinstance(held, list) and held else None

    def same_rows(self, other: ListAsk) -> bool:
        """Whether both ask for the same records, in whatever order and columns."""
        return _plain(self.filters) == _plain(other.filters)

    def query(self, kind: str, as_of: date | None) -> ListQuery:
        """The kernel's form."""
        filters: dict[str, Sequence[Any] | DateRange] = {}
        for key, value in self.filters.items():
            if key in (QUICK, MATTER):
                continue
            if isinstance(value, tuple):
                filters[key] = DateRange(first=value[0], last=value[1])
            elif isinstance(value, list):
                filters[key] = value
        return ListQuery(
            kind=kind,
            filters=filters,
            text=str(self.filters.get(QUICK, "")),
            sort=tuple((key, not ascending) for key, ascending in self.sort),
            as_of=as_of,
            ids=self.matter.ids if self.matter is not None else None,
        )

    def to_json(self) -> str:
        """For a saved view; the records of a matter change from day to day and are not kept."""
        lasting = {key: value for key, value in self.filters.items() if key != MATTER}
        stored = {"filters": _plain(lasting), "sort": self.sort, "columns": self.layout}
        return json.dumps(stored, ensure_ascii=False)


def _plain(filters: Mapping[str, object]) -> dict[str, object]:
    plain: dict[str, object] = {}
    for key, value in filters.items():
        if isinstance(value, tuple):
            plain[key] = {"from": str(value[0] or ""), "to": str(value[1] or "")}
        elif isinstance(value, list):
            plain[key] = sorted(value, key=str)
        else:
            plain[key] = value
    return plain


def ask_of_spec(view: SavedViewSpec) -> ListAsk:
    """A view that a kind declares."""
    return ListAsk(filters={key: list(values) for key, values in view.filters.items()})


def ask_of_json(kind: RecordKind, text: str) -> ListAsk:
    """A saved view; what the kind no longer has is left out. Raises ValueError for text that is none."""
    stored = json.loads(text)
    if not isinstance(stored, dict):
        raise ValueError("a saved view is a JSON object")
    filters: dict[str, object] = {}
    for key, value in dict(stored.get("filters") or {}).items():
        known = kind.by_key.get(key)
        if key == QUICK:
            filters[key] = str(value)
        elif known is None:
            continue
        elif known.type is FieldType.DATE and isinstance(value, dict):
            filters[key] = (_day(value.get("from")), _day(value.get("to")))
        elif isinstance(value, list):
            filters[key] = value
    sort = tuple((str(key), bool(up)) for key, up in stored.get("sort") or () if key in kind.by_key)
    columns = stored.get("columns")
    return ListAsk(filters=filters, sort=sort, layout=columns if isinstance(columns, list) else None)


def _day(text: object) -> date | None:
    return date.fromisoformat(str(text)) if text else None


def ask_of_argument(kind: RecordKind, filters: object, matter: object = None) -> ListAsk:
    """What a page was opened with: (field key, value) pairs, and (title, ids[, word]) of a `Matter`.

    The value of a date field is `first..last`. Raises ValueError for dates that are none.
    """
    wanted: dict[str, object] = {}
    for key, value in filters if isinstance(filters, tuple) else ():
        known = kind.by_key.get(str(key))
        if known is not None and known.type is FieldType.DATE:
            first, _, last = str(value).partition("..")
            wanted[known.key] = (_day(first), _day(last))
            continue
        values = wanted.setdefault(str(key), [])
        if isinstance(values, list):
            values.append(value)
    if isinstance(matter, tuple):
        title, ids, *word = matter
        wanted[MATTER] = [Matter(str(title), tuple(ids), *map(str, word))]
    return ListAsk(filters=wanted)
