"""An answer as a workbook: the table with its chart, the list of names, and the 口径说明."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

from sqlalchemy.orm import Session

from suite.contract.commands import Actor
from suite.kernel.exchange.export import BATCH, LogExport, words_of
from suite.kernel.exchange.leaving import Basis, ExportCommand
from suite.kernel.exchange.printed import sheet_printed
from suite.kernel.registry.districts import short_district_names
from suite.kernel.registry.queries import stream_ids
from suite.kernel.registry.rows import roster_rows
from suite.kernel.reports.declarations import REPORT_MAKE
from suite.kernel.reports.leaving import LogAnswer
from suite.kernel.reports.questions import Answer, people_refusal
from suite.kernel.reports.workbook import lying_bars, sheet_table, sheet_title
from suite.loader.catalog import Catalog

#: A chart has no more bars than can be told apart.
MOST_BARS = 30


def write_answer(
    session: Session, actor: Actor, catalog: Catalog, found: Answer, path: Path, basis: Basis
) -> int:
    """Write the workbook; returns how many names are in it: none for who may not export them, to whom its
    last lines say so. Secret values stay masked."""
    from openpyxl import Workbook

    book = Workbook()
    page: Any = book.active
    page.title = "汇总"
    day = dict(found.basis)["截止日期"]
    heading = found.field.title if found.field else "合计"
    sheet_title(page, found.title, f"截至 {day}", 3)
    rows: list[Sequence[Any]] = [
        [name, number, number / found.total if found.total else 0] for name, number in found.groups
    ]
    last = sheet_table(page, 4, [heading, f"数量（{found.kind.unit}）", "占比"], rows)
    for row in range(5, last + 1):
        page.cell(row=row, column=3).number_format = "0.0%"
    page.cell(row=last + 1, column=1, value="合计")
    page.cell(row=last + 1, column=2, value=found.total)
    if found.groups:
        shown = min(last, 4 + MOST_BARS)
        page.add_chart(lying_bars(page, found.title, 2, 1, shown, width=18), "E4")
    listed: list[list[Any]] = []
    without = names_left_out(actor, found)
    if not without:
        names = book.create_sheet("名单")
        fields = [field for field in found.kind.fields if field.listed]
        listed = list(_names(session, actor, catalog, found, fields, basis))
        sheet_table(names, 1, [field.title for field in fields], listed)
        names.freeze_panes, names.print_title_rows = "A2", "1:1"
    said = book.create_sheet("口径说明")
    told = [*found.basis, *([("名单", without)] if without else [])]
    sheet_table(said, 1, ["项目", "内容"], [list(pair) for pair in told])
    basis.into_workbook(book, len(listed))
    for sheet in book.worksheets:
        sheet_printed(sheet)
    book.save(path)
    return len(listed)


def names_left_out(actor: Actor, found: Answer) -> str:
    """Why the file of an answer holds no names; empty where it does. Its numbers take the right to report."""
    if actor.may(f"{found.kind.owner}:roster:export"):
        return ""
    return f"您没有导出“{found.kind.title}”名册的权限，只给出汇总数，未附名单"


def answer_refusal(actor: Actor, found: Answer) -> str:
    """Why not even the numbers of an answer may go out as a file; empty where they may. Groups that are
    people are a list of their names."""
    if why := people_refusal(actor, found.field, found.people):
        return why
    if not names_left_out(actor, found) or actor.may(REPORT_MAKE):
        return ""
    return f"您没有导出“{found.kind.title}”名册或编制报表的权限，请联系科室管理员"


def answer_log(actor: Actor, found: Answer, reason: str = "") -> ExportCommand:
    """What is noted before the file appears: an export of the roster, or one of numbers without names.
    Whoever may have neither is refused when it is run, and the trace has that, too."""
    conditions = dict(found.basis)["筛选条件"]
    of_people = people_refusal(actor, found.field, found.people)
    if of_people or (names_left_out(actor, found) and actor.may(REPORT_MAKE)):
        return LogAnswer(
            kind=found.kind.key, group_by=found.question.group_by, conditions=conditions, reason=reason
        )
    return LogExport(
        kind=found.kind.key,
        columns=tuple(field.key for field in found.kind.fields if field.listed),
        conditions=conditions,
        reason=reason,
    )


def _names(
    session: Session, actor: Actor, catalog: Catalog, found: Answer, fields: Sequence[Any], basis: Basis
) -> Iterator[list[Any]]:
    districts = short_district_names(session)
    wanted = stream_ids(session, actor, catalog, found.question.query)
    while batch := list(islice(wanted, BATCH)):
        basis.ids.extend(batch)
        for row in roster_rows(session, actor, catalog, found.kind.key, batch, as_of=found.question.as_of):
            yield [words_of(catalog, field, row.values[field.key], districts) for field in fields]
