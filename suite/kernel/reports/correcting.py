"""Which reports that were handed in a late correction touches, and what a 更正说明 says of it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.kernel.documents.paper import counted, printed_day, quoted
from suite.kernel.indicators.comparing import OUT, IndicatorChange, RowChange
from suite.kernel.indicators.differing import corrected_since
from suite.kernel.indicators.frozen import Frozen
from suite.kernel.indicators.periods import parse_period
from suite.kernel.indicators.rules import shown
from suite.kernel.reports.making import out_of_sight
from suite.kernel.reports.periods import CORRECTION, words_of
from suite.loader.catalog import Catalog
from suite.tables import Report

#: Of one indicator so many rows are named in the text; the others are counted.
MOST_NAMED = 20


@dataclass(frozen=True, kw_only=True)
class Touched:
    """A report that was handed in and would say something else today."""

    report_id: int
    title: str
    submitted_on: dt.date
    document_no: str
    changes: tuple[IndicatorChange, ...]


@dataclass(frozen=True, kw_only=True)
class TouchedReports:
    """The reports that were handed in, judged by what is known now.

    found: those that would say something else, the newest first. unseen: the titles of those of whose numbers
    the reader sees a part only; whether they would say something else cannot be told to him.
    """

    found: tuple[Touched, ...]
    unseen: tuple[str, ...]

    @property
    def unseen_words(self) -> str:
        """What is said of those that could not be judged; empty where there are none."""
        if not self.unseen:
            return ""
        titles = "、".join(quoted(title) for title in self.unseen[:3])
        more = f"等 {len(self.unseen)} 份" if len(self.unseen) > 3 else ""
        return (
            f"{titles}{more}的数取自全市，您无权查看其他单位的部分，无法判断是否受更正影响，"
            "请由编制报表的科室核对。"
        )


def touched_reports(
    session: Session, actor: Actor, catalog: Catalog, *, today: dt.date, subject_id: int | None = None
) -> TouchedReports:
    """The reports handed in whose numbers are known otherwise now; with `subject_id` those in which that
    record counts otherwise. The last correction of a report stands in its place."""
    rows = session.scalars(
        select(Report).where(Report.submitted_on.is_not(None)).order_by(Report.id.desc())
    ).all()
    corrected = {row.corrects for row in rows if row.corrects is not None}
    known: list[Frozen] = []
    found: list[Touched] = []
    unseen: list[str] = []
    for row in rows:
        if row.id in corrected:
            continue
        changes = corrected_since(session, actor, catalog, row.snapshot_id, known, today=today)
        if changes is None:
            unseen.append(row.title)
            continue
        if subject_id is not None:
            changes = tuple(item for item in changes if any(line.id == subject_id for line in item.rows))
        if changes and row.submitted_on is not None:
            found.append(
                Touched(
                    report_id=row.id,
                    title=row.title,
                    submitted_on=row.submitted_on,
                    document_no=row.document_no or "",
                    changes=changes,
                )
            )
    return TouchedReports(found=tuple(found), unseen=tuple(unseen))


def correction_lines(
    session: Session, actor: Actor, catalog: Catalog, report: Report, *, today: dt.date
) -> tuple[str, ...]:
    """The paragraphs of the 更正说明 of a report; empty where nothing is to be corrected. Raises Refused to
    who may not see the whole of what was frozen."""
    changes = corrected_since(session, actor, catalog, report.snapshot_id, [], today=today)
    if changes is None:
        raise out_of_sight("起草更正说明")
    if not changes:
        return ()
    return tuple(_lines(report, changes))


def _lines(report: Report, changes: Sequence[IndicatorChange]) -> Iterator[str]:
    day = printed_day(report.submitted_on) if report.submitted_on else ""
    again = "更正说明" if report.kind == CORRECTION else "报告"
    yield (
        f"我局于{day}以{report.document_no}报送的{quoted(report.title)}，因报送后补记、更正了有关情况，"
        f"下列指标的数须予更正。原{again}的其他数不变。"
    )
    moved = [item for item in changes if item.moved]
    same = [item for item in changes if not item.moved]
    for place, item in enumerate((*moved, *same), 1):
        yield f"# {counted(place)}、{item.title}"
        before, after = item.said
        if item.moved:
            yield f"原报{_amount(before, item.unit)}，更正为{_amount(after, item.unit)}{_sides(item)}。"
        else:
            yield f"数值{_amount(after, item.unit)}不变，所依据的条目有更正。"
        for number, row in enumerate(item.rows[:MOST_NAMED], 1):
            yield f"（{number}）{_row(row)}。"
        if len(item.rows) > MOST_NAMED:
            yield f"另有{len(item.rows) - MOST_NAMED}条，见快照比较。"
    yield "更正后的各项指标见附件。特此说明。"


def _sides(item: IndicatorChange) -> str:
    """What moved above and below the line, of a ratio whose numbers alone do not say it."""
    before, after = item.before, item.after
    if before is None or after is None or after.denominator is None or item.least or "÷" in item.said[0]:
        return ""
    pairs = (
        ("分子", before.numerator, after.numerator),
        ("分母", before.denominator, after.denominator),
    )
    return "".join(f"；{title}由{shown(was)}更正为{shown(now)}" for title, was, now in pairs if was != now)


def _amount(words: str, unit: str) -> str:
    """A number with its unit, which stands before what is told in brackets; nothing has none."""
    number, bracket, sides = words.partition("（")
    return words if number in ("无", "—") else f"{number}{unit}{bracket}{sides}"


def _row(row: RowChange) -> str:
    name = row.name
    if row.period is not None:
        place = name.removesuffix(row.period).strip()
        name = f"{place}{words_of(parse_period(row.period))}{row.side}"
    said = f"{row.what.words}：{name}" if name else row.what.words
    if OUT in (row.before, row.after):
        said += f"（{row.after if row.before == OUT else row.before}）"
    elif row.before and row.after:
        said += f"，由“{row.before}”改为“{row.after}”"
    elif row.before or row.after:
        said += f"（{row.before or row.after}）"
    return said + (f"。{'；'.join(row.why)}" if row.why else "")
