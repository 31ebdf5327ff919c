"""Which reports that were handed in told numbers of a return: a correction names them.

A report's numbers are not everybody's to read. It is told from the day that they were frozen for, from the
indicators among them and from what the return's own place had handed in by then, all of which that place may
know: so nobody's rights leave a report out.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from sqlalchemy import func, select

from suite.contract.indicators import FigureSeries
from suite.kernel.audit.activity import SHANGHAI
from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.periods import Period, adding_up_on, parse_period, standing_on
from suite.kernel.indicators.reasons import series_of
from suite.kernel.indicators.snapshots import Frame, frames
from suite.kernel.indicators.wanted import due_day
from suite.kernel.parameters.queries import parameters_on
from suite.loader.catalog import Catalog
from suite.tables import Report, Return, ReturnEvent

#: So many are named, the others counted.
MOST_NAMED = 3


@dataclass(frozen=True, kw_only=True)
class HandedIn:
    """A period that a place handed in, when it first did (UTC), and until when that was due."""

    period: Period
    at: dt.datetime
    due: dt.date


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
    form = work.catalog.form(row.form)

    def due(period: Period) -> dt.date:
        parameters = parameters_on(work.session, work.catalog, period.last)
        return due_day(work.session, form, period, parameters).due or period.last

    periods = [(parse_period(period), at) for period, at in found]
    return [HandedIn(period=period, at=at, due=due(period)) for period, at in periods]


def tells(
    frame: Frame,
    period: str,
    series: Collection[FigureSeries],
    handed_in: Collection[HandedIn],
    catalog: Catalog,
) -> bool:
    """Whether a set that was frozen tells numbers of a period, of the place that handed in these periods."""
    in_time = [one for one in handed_in if one.at <= frame.at]
    known, due = [one.period for one in in_time], {one.period: one.due for one in in_time}
    used = {key for indicator in frame.indicators for key in series_of(catalog, indicator)}
    for one in series:
        if one.key not in used:
            continue
        last = standing_on(known, frame.as_of, ahead=one.ahead)
        taken = adding_up_on(known, frame.as_of) if one.flow else ((last,) if last else ())
        if taken and not one.flow and not one.standing and _day(frame.at) <= due[taken[0]]:
            # Others may not have handed in: then it was told by the period before.
            former = standing_on([part for part in known if part.last < taken[0].last], frame.as_of)
            taken = (*taken, *([former] if former else []))
        if any(part.text == period for part in taken):
            return True
    return False


def _day(at: dt.datetime) -> dt.date:
    """The day on which a set was frozen: by it what was missing was judged."""
    return at.astimezone(SHANGHAI).date()


def said_of(reports: Collection[Mapping[str, object]]) -> str:
    """What the sentence about a correction adds; nothing where no report told the numbers."""
    if not reports:
        return ""
    named = "".join(f"《{report['title']}》" for report in list(reports)[:MOST_NAMED])
    more = f"等 {len(reports)} 份" if len(reports) > MOST_NAMED else ""
    return f"。已报送的{named}{more}用到这些数，已通知市局核对更正"
