"""The rows behind each side of a number: who or what was counted, and the figures that were recorded."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from sqlalchemy import select

from suite.contract.indicators import (
    Added,
    Cases,
    Entries,
    Figure,
    Indicator,
    Least,
    Members,
    Part,
    Places,
    Side,
    sides_of,
)
from suite.contract.problems import Refused, refuse
from suite.kernel.indicators.board import MemberLine, SideRows
from suite.kernel.indicators.members import TOLD
from suite.kernel.indicators.reading import Reader
from suite.kernel.indicators.view import View

#: The city itself among its governments.
CITY, CITY_CODE = "石家庄市", "130100"


class RowReader:
    """Reads the rows above and below the line of an indicator's parts, as a view sees them."""

    def __init__(self, view: View) -> None:
        self._view = view

    def or_refused(self, indicator: Indicator, part: Part) -> tuple[SideRows, SideRows | None]:
        """See `rows_behind`. Raises Refused where a condition cannot be read."""
        try:
            with self._view.attempt.apart():
                self._view.require_choices(indicator)
                return self._rows(indicator, part)
        except Exception as error:  # a plugin's condition may raise whatever it likes
            text = f"“{indicator.title}”背后的明细读不出：{self._view.attempt.fault(error, indicator)}。"
            raise refuse("indicator.unreadable", text) from error

    def or_none(self, indicator: Indicator, part: Part) -> tuple[SideRows, SideRows | None]:
        """The rows behind one whose number is none: where they cannot be read either, its sides without."""
        try:
            return self.or_refused(indicator, part)
        except Refused:
            above, below = sides_of(part.measure)
            return self._without_rows(above), None if below is None else self._without_rows(below)

    def _without_rows(self, side: Side) -> SideRows:
        side = self._view.chosen(side)
        title = self._view.catalog.figures[side.series].title if isinstance(side, Figure) else side.title
        return SideRows(title=title, kind=None)

    def _rows(self, indicator: Indicator, part: Part) -> tuple[SideRows, SideRows | None]:
        above, below = sides_of(part.measure)
        upper = self._least_rows(indicator, part.measure) if isinstance(part.measure, Least) else None
        return (
            upper or self._side_rows(indicator, above),
            None if below is None else self._side_rows(indicator, below),
        )

    def _side_rows(self, indicator: Indicator, side: Side) -> SideRows:
        reader = self._view.reader(indicator)
        side = self._view.chosen(side)
        if isinstance(side, Places):
            return SideRows(title=side.title, kind=None, members=self._standing(reader, side))
        if isinstance(side, Added):
            parts = [self._side_rows(indicator, part) for part in side.sides]
            members = tuple(line for part in parts for line in part.members)
            return SideRows(title=side.title, kind=None, members=members)
        if not isinstance(side, Figure):
            rows = reader.rows(side, told=True)
            return self._member_rows(reader, side, reader.session.execute(select(rows).order_by(rows.c.id)))
        return SideRows(
            title=self._view.catalog.figures[side.series].title,
            kind=None,
            series=side.series,
            figures=reader.figure(side).behind(reader.asked(side), whole=reader.whole(side)),
        )

    def _standing(self, reader: Reader, side: Places) -> tuple[MemberLine, ...]:
        """Places as rows: of a district its code is its id, of the city that of the prefecture."""
        return tuple(
            MemberLine(
                id=int(code or CITY_CODE),
                name=self._view.districts[code].name if code else CITY,
                district=code,
            )
            for code in reader.standing(side)
        )

    def _least_rows(self, indicator: Indicator, measure: Least) -> SideRows:
        """Those of `a` that belong to a body that counts, in the body's district; or to a county."""
        reader = self._view.reader(indicator)
        if measure.by is None:
            found = self._side_rows(indicator, measure.a)
            counted = tuple(line for line in found.members if line.district in reader.places.counties)
            return SideRows(title=found.title, kind=found.kind, members=counted)
        each = []
        for members in reader.world.members(measure.a):
            rows = reader.world.rows(members, link=measure.link, told=True)
            bodies = reader.world.rows(measure.by)
            told = [column for column in rows.c if column.name.startswith(TOLD)]
            statement = (
                select(rows.c.id, rows.c.name, bodies.c.district, *told)
                .select_from(rows.join(bodies, bodies.c.id == rows.c.link))
                .order_by(rows.c.id)
            )
            each.append(self._member_rows(reader, members, reader.session.execute(statement)))
        chosen = self._view.chosen(measure.a)
        if not isinstance(chosen, Added):
            return each[0]
        lines = tuple(line for side in each for line in side.members)
        return SideRows(title=chosen.title, kind=None, members=lines)

    @staticmethod
    def _member_rows(reader: Reader, side: Members | Cases | Entries, found: Any) -> SideRows:
        entries = isinstance(side, Entries)
        adds = isinstance(side, Entries) and side.adds
        told = [(place, key.removeprefix(TOLD)) for place, key in enumerate(found.keys()) if place > 2]
        lines = tuple(
            MemberLine(
                id=row[0],
                name=row[1],
                district=row[2],
                told=() if entries else tuple((key, row[place]) for place, key in told),
                counts=_plain(row.amount) if adds else None,
            )
            for row in found
            if reader.looked_at(row[2])
        )
        kind = side.ledger if isinstance(side, Entries) else side.kind
        return SideRows(title=side.title, kind=kind, members=lines)


def _plain(amount: int | Decimal) -> int | Decimal:
    """An amount as people write it: 1, not 1.00."""
    exact = Decimal(amount)
    return int(exact) if exact == int(exact) else exact.normalize()
