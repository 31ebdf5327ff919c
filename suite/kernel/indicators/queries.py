"""Indicators as they are read: the board, the rows behind each side of a number, and both together."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Mapping

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.contract.indicators import Count, Direction, Indicator, Part, Side, parts_of
from suite.contract.problems import refuse
from suite.kernel.indicators.attempts import Attempt, at_once_or_apart
from suite.kernel.indicators.board import IndicatorBoard, IndicatorValue, Question, SideRows
from suite.kernel.indicators.reading import Reading
from suite.kernel.indicators.rules import Number
from suite.kernel.indicators.side_rows import RowReader
from suite.kernel.indicators.values import value_of
from suite.kernel.indicators.view import View
from suite.loader.catalog import Catalog


def indicator_board(session: Session, actor: Actor, catalog: Catalog, question: Question) -> IndicatorBoard:
    """The values that the actor may know; what lies out of scope is not counted, whose sides may not be
    read is left out. Raises Refused for an unknown district or number, and for one that may not be read."""

    def read(attempt: Attempt) -> IndicatorBoard:
        view = View(attempt, actor, catalog, question)
        wanted = view.wanted()
        view.prepare([indicator for indicator, _ in wanted])
        return IndicatorBoard(
            as_of=question.as_of,
            district=question.district,
            set=view.set,
            values=tuple(value_of(view, indicator, target) for indicator, target in wanted),
            district_names={code: district.short_name for code, district in view.districts.items()},
            sets={name: item.set.title for name, item in view.sets.items()},
            bound=view.bound,
            zones=frozenset(code for code, row in view.districts.items() if not row.standard),
        )

    return at_once_or_apart(session, read)


def rows_behind(
    session: Session, actor: Actor, catalog: Catalog, question: Question, key: str, *, part: int = 0
) -> tuple[SideRows, SideRows | None]:
    """The rows above and below the line of one indicator (or of one of its parts): those that it counts.

    Raises Refused for an unknown indicator, for one that the actor may not read, and for one that cannot be.
    """
    indicator = catalog.indicators.get(key)
    if indicator is None:
        raise refuse("indicator.unknown", f"没有指标 {key}。可用 suite indicators 查看全部。", field="key")

    def read(attempt: Attempt) -> tuple[SideRows, SideRows | None]:
        view = View(attempt, actor, catalog, question)
        view.require(indicator)
        return RowReader(view).or_refused(indicator, parts_of(indicator.measure)[part])

    return at_once_or_apart(session, read)


def side_counts(
    session: Session, actor: Actor, catalog: Catalog, day: dt.date, owner: str, side: Side
) -> Mapping[str | None, Number]:
    """What one side counts in each district on a day, for `owner`'s own use; nothing where the actor may not
    read what is counted. None stands for what lies in no district."""
    view = View(Attempt(session), actor, catalog, Question(as_of=day))
    asked = Indicator(
        key=f"{owner}.known", title="", measure=Count(side), unit="", direction=Direction.UP, help=""
    )
    return view.counts(asked)


def board_with_rows(
    session: Session, actor: Actor, catalog: Catalog, question: Question
) -> tuple[IndicatorBoard, dict[str, list[tuple[SideRows, SideRows | None]]]]:
    """The board, and behind each indicator's key the rows of its parts: what a snapshot freezes.

    Of a number that could not be read there are none, its note says so. Raises Refused where a number is
    known and its rows cannot be read: a list without them would say that nobody was counted.
    """
    board = indicator_board(session, actor, catalog, question)

    def read(attempt: Attempt) -> dict[str, list[tuple[SideRows, SideRows | None]]]:
        rows = RowReader(View(attempt, actor, catalog, question))
        return {
            value.indicator.key: [
                rows.or_refused(value.indicator, part)
                if _known(reading)
                else rows.or_none(value.indicator, part)
                for part, reading in _with_readings(value)
            ]
            for value in board.values
        }

    return board, at_once_or_apart(session, read)


def _with_readings(value: IndicatorValue) -> Iterator[tuple[Part, Reading]]:
    """The parts of a measure with what was read of each."""
    parts = parts_of(value.indicator.measure)
    readings = [part.whole for part in value.parts] or [value.whole]
    return zip(parts, readings, strict=True)


def _known(reading: Reading) -> bool:
    """Whether a number was read, on either side of its line; nothing to divide by is known too."""
    return reading.numerator is not None or reading.denominator is not None
