"""Which reports that were handed in told numbers of a return: a correction names them.

A report's numbers are not everybody's to read. It is told from the day that they were frozen for, from the
indicators among them and from what the return's own place had handed in by then, all of which that place may
know: so nobody's rights leave a report out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from suite.contract.indicators import Added, Chosen, Figure, FigureSeries, Side, parts_of, sides_of
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.periods import Period, adding_up_on, parse_period, standing_on
from suite.kernel.indicators.snapshots import Frame, frames
from suite.loader.catalog import Catalog
from suite.tables import Report, Return, ReturnEvent

#: So many are named, the others counted.
MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """A period that a place handed in, and when it first did (UTC)."""

    period: Period
    at: dt.datetime


def reports_telling(row: Return, series: Collection[str], work: Transaction) -> list[dict[str, object]]:
    """The reports handed in, the newest first, in which a number of the return's period and place stands
    behind an indicator; all of them, whoever asks. A correction of a report stands in its place."""
    reports = work.session.scalars(
        select(Report).where(Report.submitted_on.is_not(None)).order_by(Report.id.desc())
    ).all()
    corrected = {report.corrects for report in reports if report.corrects is not None}
    standing = [report for report in reports if report.id not in corrected]
    handed_in = _handed_in(row, work)
    wanted = [work.catalog.figures[key] for key in series]
    telling = {
        frame.id
        for frame in frames(work.session, {report.snapshot_id for report in standing})
        if tells(frame, row.period, wanted, handed_in, work.catalog)
    }
    return [
        {"id": report.id, "title": report.title, "document_no": report.document_no or ""}
        for report in standing
        if report.snapshot_id in telling
    ]


def _handed_in(row: Return, work: Transaction) -> list[HandedIn]:
    found = work.session.execute(
        select(Return.period, func.min(ReturnEvent.at))
        .join(ReturnEvent, ReturnEvent.return_id == Return.id)
        .where(Return.form == row.form, Return.who == row.who, ReturnEvent.what == "submit")
        .group_by(Return.period)
    )
    return [HandedIn(period=parse_period(period), at=at) for period, at in found]


def tells(
    frame: Frame,
    period: str,
    series: Collection[FigureSeries],
    handed_in: Collection[HandedIn],
    catalog: Catalog,
) -> bool:
    """Whether a set that was frozen tells numbers of a period, of the place that handed in these periods."""
    known = [one.period for one in handed_in if one.at <= frame.at]
    used = {key for indicator in frame.indicators for key in _series_of(indicator, catalog)}
    for one in series:
        if one.key not in used:
            continue
        last = standing_on(known, frame.as_of, ahead=one.ahead)
        taken = adding_up_on(known, frame.as_of) if one.flow else ((last,) if last else ())
        if any(part.text == period for part in taken):
            return True
    return False


def _series_of(key: str, catalog: Catalog) -> Iterator[str]:
    """Which figures an indicator is made of; of one that is declared no more, none."""
    if (indicator := catalog.indicators.get(key)) is not None:
        for part in parts_of(indicator.measure):
            for side in sides_of(part.measure):
                yield from _figures(side)


def _figures(side: Side | None) -> Iterator[str]:
    match side:
        case Figure():
            yield side.series
        case Chosen():
            for _, chosen in side.sides:
                yield from _figures(chosen)
        case Added():
            for part in side.sides:
                yield from _figures(part)


def said_of(reports: Collection[Mapping[str, object]]) -> str:
    """What the sentence about a correction adds; nothing where no report told the numbers."""
    if not reports:
        return ""
    named = "".join(f"《{report['title']}》" for report in list(reports)[:MOST_NAMED])
    more = f"等 {len(reports)} 份" if len(reports) > MOST_NAMED else ""
    return f"。已报送的{named}{more}用到这些数，已通知市局核对更正"
