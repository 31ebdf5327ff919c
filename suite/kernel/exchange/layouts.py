"""What is known of each sender: which heading goes to which field. The set of headings identifies it."""

from __future__ import annotations

import datetime as dt
import json
import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from hashlib import sha256
from typing import Protocol

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.declarations import RecordKind
from suite.contract.problems import ProblemKind, refuse
from suite.kernel.exchange.columns import PARENT
from suite.kernel.exchange.header import normalise_heading
from suite.kernel.exchange.previewed import PROBLEMS_HEADING, ColumnSource, SheetPreview
from suite.kernel.exchange.repairs import Repairs
from suite.kernel.exchange.stock.sheet import list_kind, list_kinds
from suite.loader.catalog import Catalog
from suite.tables import ImportLayout

#: A heading in normal form, and which of its likes it is, from 1.
Mark = tuple[str, int]
#: A layout is near when so many of its columns, and this part of them, stand on a sheet.
FEWEST_IN_COMMON, NEAR = 3, 0.6
_YEAR = re.compile(r"(?:19|20)\d{2}")


class Headed(Protocol):
    """A column as a header or a preview knows it."""

    @property
    def number(self) -> int:
        """The number as shown."""

    @property
    def heading(self) -> str:
        """The heading as written."""


@dataclass(frozen=True, kw_only=True)
class SheetLayout:
    """What is to be learned of one sheet.

    `headings`: all of them. `columns`: (heading, which of its likes, field), None where a person said that
    it goes nowhere. `values`: (heading, which, text as given, text that is meant). `orders`: (heading,
    which, order of dates). Values and orders are None where nobody said to keep them.
    """

    headings: tuple[str, ...]
    columns: tuple[tuple[str, int, str | None], ...]
    values: tuple[tuple[str, int, str, str], ...] | None = None
    orders: tuple[tuple[str, int, str], ...] | None = None


@dataclass(frozen=True, kw_only=True)
class KnownLayout:
    """A layout that was learned."""

    id: int
    sender: str
    confirmed_by: str
    confirmed_at: dt.datetime
    columns: Mapping[Mark, str | None]
    values: Mapping[Mark, Mapping[str, str]]
    orders: Mapping[Mark, str]

    def fields(self, kind: RecordKind, columns: Sequence[Headed]) -> dict[int, str | None]:
        """Column number → field, for the columns of a sheet that the layout knows."""
        placed = marks(columns).items()
        found = {number: self.columns[mark] for number, mark in placed if mark in self.columns}
        return {number: field for number, field in found.items() if field is None or is_target(kind, field)}

    def near_fields(self, kind: RecordKind, columns: Sequence[Headed]) -> dict[int, str]:
        """Column number → field, for columns that are called alike but for the year."""
        known = {mark: self.columns[own] for own, mark in _levelled(self.columns).items()}
        placed = marks(columns)
        levelled = _levelled(placed.values())
        found = {number: known.get(levelled[mark]) for number, mark in placed.items()}
        return {
            number: field for number, field in found.items() if field is not None and is_target(kind, field)
        }

    def share(self, columns: Iterable[Headed]) -> tuple[int, float]:
        """How many of its columns stand among these but for the year, and which part of it they are."""
        own = set(_levelled(self.columns).values())
        common = own.intersection(_levelled(marks(columns).values()).values())
        return len(common), len(common) / max(len(own), 1)

    def repairs(self, sheet: str, columns: Sequence[Headed]) -> Repairs:
        """The repairs of whole columns that were remembered."""
        placed = marks(columns)
        return Repairs(
            values={
                (sheet, number, given): text
                for number, mark in placed.items()
                for given, text in self.values.get(mark, {}).items()
            },
            orders={
                (sheet, number): self.orders[mark] for number, mark in placed.items() if mark in self.orders
            },
        )


def is_target(kind: RecordKind, field: str) -> bool:
    """Whether a column of the kind may go there."""
    return field.removeprefix(PARENT) in kind.by_key


def marks(columns: Iterable[Headed]) -> dict[int, Mark]:
    """Column number → what names the column; those without a heading and that of our remarks have none."""
    seen: Counter[str] = Counter()
    found = {}
    for column in columns:
        heading = normalise_heading(column.heading)
        if heading and heading != PROBLEMS_HEADING:
            seen[heading] += 1
            found[column.number] = (heading, seen[heading])
    return found


def signature(headings: Iterable[str]) -> str:
    """What tells one set of headings from another, in whatever order the columns stand."""
    return sha256("\n".join(sorted(headings)).encode()).hexdigest()


def layout_of(sheet: SheetPreview, repairs: Repairs | None = None) -> SheetLayout:
    """What a previewed sheet teaches; its repairs of whole columns too where they are given."""
    placed = marks(sheet.columns)
    taught = [
        column
        for column in sheet.columns
        if column.number in placed
        and not column.duplicate
        # Whether a heading of the whole is a column of ranges its cells tell each time.
        and (column.span is None or column.span.mapped is not None)
        and (column.field is not None or column.source is not ColumnSource.HEADING)
    ]
    layout = SheetLayout(
        headings=tuple(heading for heading, _ in placed.values()),
        columns=tuple((*placed[column.number], column.field) for column in taught),
    )
    if repairs is None:
        return layout
    return replace(
        layout,
        values=tuple(
            (*placed[number], given, text)
            for (name, number, given), text in repairs.values.items()
            if name == sheet.sheet and number in placed
        ),
        orders=tuple(
            (*placed[number], order)
            for (name, number), order in repairs.orders.items()
            if name == sheet.sheet and number in placed
        ),
    )


def known_layouts(session: Session, kind: RecordKind) -> dict[str, KnownLayout]:
    """Signature → layout, for all that is learned of a kind."""
    rows = session.scalars(
        select(ImportLayout).where(ImportLayout.kind == kind.key).order_by(ImportLayout.id)
    )
    return {row.signature: _read(row) for row in rows}


def readable_layouts(
    session: Session, actor: Actor, catalog: Catalog, kind: str | None = None
) -> dict[int, tuple[RecordKind, KnownLayout]]:
    """Number → kind and layout, of all kinds that the actor may import or of one, refused if not so."""
    asked = list_kinds(catalog).values() if kind is None else [list_kind(catalog, kind)]
    may = [item for item in asked if actor.may(f"{item.owner}:roster:import")]
    if kind is not None and not may:
        words = f"您没有导入“{list_kind(catalog, kind).list_title}”的权限，请联系科室管理员。"
        raise refuse("not_permitted", words, ProblemKind.NOT_PERMITTED)
    return {layout.id: (item, layout) for item in may for layout in known_layouts(session, item).values()}


def layout_for(layouts: Mapping[str, KnownLayout], columns: Iterable[Headed]) -> KnownLayout | None:
    """The layout of these headings, where one was learned."""
    return layouts.get(signature(heading for heading, _ in marks(columns).values())) if layouts else None


def nearest_layout(layouts: Iterable[KnownLayout], columns: Sequence[Headed]) -> KnownLayout | None:
    """The learned layout of which most stands on a sheet, of equals the latest; None where none is near.

    Senders add a column, drop one, or write another year: what they taught is proposed all the same.
    """
    shares = ((layout, layout.share(columns)) for layout in layouts)
    near = [
        (share, layout.confirmed_at, layout.id, layout)
        for layout, (common, share) in shares
        if common >= FEWEST_IN_COMMON and share >= NEAR
    ]
    return max(near, key=lambda one: one[:3])[3] if near else None


def _levelled(given: Iterable[Mark]) -> dict[Mark, Mark]:
    """What names each column with its year taken out; those that are alike then are told by their order."""
    seen: Counter[str] = Counter()
    found = {}
    for heading, which in sorted(given):
        plain = _YEAR.sub("#", heading)
        seen[plain] += 1
        found[heading, which] = (plain, seen[plain])
    return found


def _read(row: ImportLayout) -> KnownLayout:
    repairs = json.loads(row.repairs)
    values: dict[Mark, dict[str, str]] = {}
    for heading, which, given, text in repairs["values"]:
        values.setdefault((heading, which), {})[given] = text
    return KnownLayout(
        id=row.id,
        sender=row.sender,
        confirmed_by=row.confirmed_by,
        confirmed_at=row.confirmed_at,
        columns={(heading, which): field for heading, which, field in json.loads(row.columns)},
        values=values,
        orders={(heading, which): order for heading, which, order in repairs["orders"]},
    )


def remembered_values(layouts: Iterable[KnownLayout]) -> dict[tuple[str, str], str]:
    """(field, text as given) → what people chose for it, in any sender's layout; the latest wins."""
    return {
        (field, given): text
        for layout in sorted(layouts, key=lambda layout: layout.confirmed_at)
        for mark, values in layout.values.items()
        if (field := layout.columns.get(mark)) is not None
        for given, text in values.items()
    }
