"""Which reports that were handed in told numbers of a return: a correction names them."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import select

from suite.kernel.executor.work import Transaction
from suite.kernel.indicators.snapshots import read_snapshot
from suite.tables import Report, Return

#: So many are named, the others counted.
MOST_NAMED = 3


def reports_telling(row: Return, series: Collection[str], work: Transaction) -> list[dict[str, object]]:
    """The reports handed in, the newest first, in which a number of the return's period and place stands
    behind an indicator; of what the actor may see of them. A correction of a report stands in its place."""
    reports = work.session.scalars(
        select(Report).where(Report.submitted_on.is_not(None)).order_by(Report.id.desc())
    ).all()
    corrected = {report.corrects for report in reports if report.corrects is not None}
    titles = {work.catalog.figures[key].title for key in series}
    told = {report.snapshot_id for report in reports if report.id not in corrected}
    telling = {number for number in told if _tells(number, row, titles, work)}
    return [
        {"id": report.id, "title": report.title, "document_no": report.document_no or ""}
        for report in reports
        if report.id not in corrected and report.snapshot_id in telling
    ]


def _tells(snapshot_id: int, row: Return, titles: Collection[str], work: Transaction) -> bool:
    frozen = read_snapshot(work.session, work.actor, snapshot_id, members=False).frozen
    # Where the city's own number stands for the whole, a district's is told in that district's value.
    places = {None, row.district_code}
    return any(
        side.title in titles
        and any(line.period == row.period and line.district in places for line in side.figures)
        for value in frozen.values
        for part in value.parts
        for side in part.sides
    )


def said_of(reports: Collection[dict[str, object]]) -> str:
    """What the sentence about a correction adds; nothing where no report told the numbers."""
    if not reports:
        return ""
    named = "".join(f"《{report['title']}》" for report in list(reports)[:MOST_NAMED])
    more = f"等 {len(reports)} 份" if len(reports) > MOST_NAMED else ""
    return f"。已报送的{named}{more}用到这些数，请在“报告”中核对更正"
