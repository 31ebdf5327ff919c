"""`suite report`: reports from frozen numbers, corrections, and questions asked of the rosters."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.contract.commands import Done
    from suite.kernel.reports.questions import Answer, Question

DATE = click.DateTime(["%Y-%m-%d"])
OUT = click.Path(dir_okay=False, path_type=Path)


@click.group("report", cls=SuiteGroup)
def report() -> None:
    """报表：由冻结的快照编制月报、季报、年报；更正说明；问数。报表写编号（#3）、期间或名称。"""


@report.command("make")
@click.argument("period", metavar="期间")
@click.option("--snapshot", "which", default="", metavar="快照", help="由哪份快照编制；默认现冻结一份。")
@pass_call
def make(call: Call, period: str, which: str) -> None:
    """编制一期报表：2026-09 为月报，2026-Q3 为季报，2026 为年报。"""
    from suite.kernel.indicators.snapshots import snapshot_named
    from suite.kernel.reports.commands import MakeReport

    number = None
    if which:
        with call.ready.reading() as session:
            number = snapshot_named(session, which).id
    command = MakeReport(period=period, snapshot_id=number)
    _tell(call, call.ready.run(command, call.actor, progress=call.progress()))


@report.command("list")
@pass_call
def list_(call: Call) -> None:
    """列出报表，新的在前。"""
    from suite.kernel.reports.periods import KINDS
    from suite.kernel.reports.queries import reports

    with call.ready.reading() as session:
        found = reports(session)
    rows = [
        (
            f"#{line.id}",
            KINDS[line.kind],
            line.period,
            line.title,
            f"#{line.snapshot_id}（{line.as_of}）",
            f"{line.submitted_on} {line.document_no}" if line.submitted_on else "未报送",
        )
        for line in found
    ]
    headings = ["编号", "种类", "期间", "名称", "快照", "报送"]
    give(call, {"reports": found}, table(headings, rows) if rows else ["还没有报表。"])


@report.command("export")
@click.argument("which", metavar="报表")
@click.argument("out", metavar="文件", type=OUT)
@click.option("--reason", default="", metavar="事由", help="记入操作痕迹。")
@pass_call
def export(call: Call, which: str, out: Path, reason: str) -> None:
    """再次编制并写出：.xlsx 工作簿（带图表）或 .docx 正文。"""
    from suite.contract.problems import refuse
    from suite.kernel.reports.leaving import LogReportCopy, save_bytes
    from suite.kernel.reports.queries import report_files, report_named

    ending = out.suffix.lower()
    if ending not in (".xlsx", ".docx"):
        raise refuse("file.type", f"报表只能写成 .xlsx 或 .docx，现为“{out.suffix}”。", field="out")
    with call.ready.reading() as session:
        found = report_named(session, which).id
        files = report_files(session, call.actor, call.ready.catalog, found)
    content, stands = files.of(ending)
    log = LogReportCopy(conditions=str(found), reason=reason)
    save_bytes(out, content, log, call.actor, run=call.ready.run)
    give(
        call,
        {"report": found, "file": out, "bytes": len(content), "same": files.same, "against": stands},
        [f"已写出《{files.title}》到 {out}，{stands.words}。"],
    )


@report.command("submit")
@click.argument("which", metavar="报表")
@click.option("--no", "document_no", required=True, metavar="文号", help="报送文号。")
@click.option("--on", "day", metavar="日期", type=DATE, help="报送日期，默认为当天。")
@pass_call
def submit(call: Call, which: str, document_no: str, day: dt.datetime | None) -> None:
    """登记已报送；此后只能用更正说明更正。"""
    from suite.kernel.reports.commands import SubmitReport
    from suite.kernel.reports.queries import report_named

    with call.ready.reading() as session:
        number = report_named(session, which).id
    on = day.date() if day else call.ready.today
    command = SubmitReport(report_id=number, submitted_on=on, document_no=document_no)
    _tell(call, call.ready.run(command, call.actor))


@report.command("touched")
@click.option("--record", "subject_id", type=int, metavar="编号", help="只看这份档案计入的报表。")
@pass_call
def touched(call: Call, subject_id: int | None) -> None:
    """列出已报送、而按现在所知数已不同的报表：迟来的更正触及哪几份。有则退出码为 1。

    您只能查看其中一部分数的报表，无法判断，另行列出；有这样的也是 1。
    """
    from suite.kernel.reports.correcting import touched_reports

    suite = call.ready
    with suite.reading() as session:
        judged = touched_reports(session, call.actor, suite.catalog, today=suite.today, subject_id=subject_id)
    lines = []
    for item in judged.found:
        lines.append(f"#{item.report_id} {item.title}（{item.submitted_on} {item.document_no}）")
        for change in item.changes:
            names = "、".join(row.name for row in change.rows[:5] if row.name)
            lines.append(f"  {change.no} {change.title}：{change.told}" + (f"（{names}）" if names else ""))
    if judged.unseen:
        lines.append(judged.unseen_words)
    document = {"touched": judged.found, "unseen": judged.unseen}
    give(call, document, lines or ["没有报表受影响。"])
    if judged.found or judged.unseen:
        raise click.exceptions.Exit(1)


@report.command("correct")
@click.argument("which", metavar="报表")
@pass_call
def correct(call: Call, which: str) -> None:
    """起草更正说明：按现在所知冻结同一日的数，逐条说明更正。用 suite report export 写出。"""
    from suite.kernel.reports.commands import CorrectReport
    from suite.kernel.reports.queries import report_named

    with call.ready.reading() as session:
        number = report_named(session, which).id
    command = CorrectReport(report_id=number)
    _tell(call, call.ready.run(command, call.actor, progress=call.progress()))


def _tell(call: Call, done: Done) -> None:
    give(call, {"text": done.text, **done.result}, [f"{done.text}。"])


@report.command("ask")
@click.argument("what", metavar="种类或问数")
@click.option("--where", multiple=True, metavar="标题=值", help="筛选条件，可写多次。")
@click.option("--words", default="", metavar="检索词", help="同 suite find。")
@click.option("--by", "group_by", default="", metavar="标题", help="按哪个字段分组。")
@click.option("--as-of", metavar="日期", type=DATE, help="该日的名册；默认现在。")
@click.option("--out", type=OUT, metavar="文件", help="写成 .xlsx：汇总（带图表）、名单、口径说明。")
@click.option("--save", "name", default="", metavar="名称", help="记住这个问数，以后按名称再问。")
@click.option("--shared", is_flag=True, help="保存时让别人也可以用。")
@click.option("--reason", default="", metavar="事由", help="导出的事由。")
@pass_call
def ask(
    call: Call,
    what: str,
    where: tuple[str, ...],
    words: str,
    group_by: str,
    as_of: dt.datetime | None,
    out: Path | None,
    name: str,
    shared: bool,
    reason: str,
) -> None:
    """问数：从名册取数，如 suite report ask lawyers.lawyer --where 区县=桥西区 --by 执业类别。

    已保存的问数写它的名称；再写 --as-of 可换一个日期。
    """
    from suite.kernel.reports.answer_file import names_left_out
    from suite.kernel.reports.questions import SaveQuestion, answer, packed_filters

    suite, actor = call.ready, call.actor
    day = as_of.date() if as_of else None
    question = _question(call, what, where, words, group_by, day)
    with suite.reading() as session:
        found = answer(session, actor, suite.catalog, question, suite.today)
    if name:
        saved = SaveQuestion(
            name=name,
            kind=question.kind,
            filters=packed_filters(question.filters),
            words=question.words,
            group_by=question.group_by,
            as_of=question.as_of,
            shared=shared,
        )
        suite.run(saved, actor)
    left_out = ""
    if out is not None:
        left_out = names_left_out(actor, found)
        _write(call, found, out, reason)
    heading = found.field.title if found.field else "合计"
    rows = [(name_, f"{number:,}") for name_, number in found.groups]
    lines = table([heading, f"数量（{found.kind.unit}）"], [*rows, ("合计", f"{found.total:,}")])
    lines += [f"{title}：{said}" for title, said in found.basis]
    lines += [f"{out}：{left_out}。"] if left_out else []
    document = {
        "kind": found.kind.key,
        "as_of": question.as_of,
        "group_by": question.group_by or None,
        "groups": [{"name": name_, "count": number} for name_, number in found.groups],
        "total": found.total,
        "basis": dict(found.basis),
        "file": out,
        "left_out": left_out or None,
    }
    give(call, document, lines)


def _question(
    call: Call, what: str, where: tuple[str, ...], words: str, group_by: str, day: dt.date | None
) -> Question:
    from dataclasses import replace

    from suite.cli.where import field_named, filters_of
    from suite.kernel.registry.queries import readable_kind
    from suite.kernel.reports.questions import Question, question_named

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        if what not in suite.catalog.kinds:
            known = question_named(session, actor, suite.catalog, what).question
            return known if day is None else replace(known, as_of=day)
        kind = readable_kind(actor, suite.catalog, what)
        return Question(
            kind=kind.key,
            filters=filters_of(where, kind, session, actor, suite.catalog),
            words=words,
            group_by=field_named(kind, group_by).key if group_by else "",
            as_of=day,
        )


def _write(call: Call, found: Answer, out: Path, reason: str) -> None:
    from suite.kernel.exchange.leaving import export_file
    from suite.kernel.reports.answer_file import answer_log, write_answer

    suite, actor = call.ready, call.actor
    log = answer_log(actor, found, reason)
    with suite.reading() as session:
        export_file(
            out,
            log,
            actor,
            run=suite.run,
            content=found.title,
            write=lambda path, basis: write_answer(session, actor, suite.catalog, found, path, basis),
        )


@report.command("questions")
@pass_call
def questions(call: Call) -> None:
    """列出已保存的问数。"""
    from suite.kernel.reports.questions import questions as saved

    with call.ready.reading() as session:
        found = saved(session, call.actor, call.ready.catalog)
    rows = [
        (item.title, call.ready.catalog.kinds[item.question.kind].title, "共享" if item.shared else "本人")
        for item in found
    ]
    document = {
        "questions": [
            {
                "id": item.id,
                "title": item.title,
                "kind": item.question.kind,
                "group_by": item.question.group_by or None,
                "as_of": item.question.as_of,
                "shared": item.shared,
                "own": item.own,
            }
            for item in found
        ]
    }
    give(call, document, table(["名称", "种类", "范围"], rows) if rows else ["还没有保存过问数。"])
