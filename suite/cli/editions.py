"""`suite edition`: compile a roster, compare editions, write one as workbook or document."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, ListedNumber, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.contract.commands import Done
    from suite.kernel.exchange.edition_files import EditionPapers

DATE = click.DateTime(["%Y-%m-%d"])


@click.group("edition", cls=SuiteGroup)
def edition() -> None:
    """名册编制：冻结某日的名册，登记公告，与上一版比较，写成工作簿或文档。"""


@edition.command("compile")
@click.argument("kind", metavar="种类")
@click.option("--as-of", metavar="日期", type=DATE, help="截止日期，默认为当天。")
@click.option("--columns", default="", metavar="标题,标题", help="公布哪些列，默认为名册默认显示的列。")
@click.option("--heading", default="", metavar="名称", help="名册名称，默认为“〈种类〉名册”。")
@click.option("--note", default="", metavar="说明", help="编制说明，写入文档。")
@click.option("--dry-run", is_flag=True, help="只说明会有什么变化，不编制。")
@pass_call
def compile_(
    call: Call, kind: str, as_of: dt.datetime | None, columns: str, heading: str, note: str, dry_run: bool
) -> None:
    """把某日的名册冻结为新的一版。"""
    from suite.cli.where import COMMAS, field_named
    from suite.kernel.exchange.editions import CompileEdition
    from suite.kernel.registry.queries import readable_kind

    suite = call.ready
    found = readable_kind(call.actor, suite.catalog, kind)
    names = [name for name in columns.translate(COMMAS).split(",") if name.strip()]
    done = suite.run(
        CompileEdition(
            kind=kind,
            as_of=as_of.date() if as_of else suite.today,
            columns=tuple(field_named(found, name).key for name in names),
            heading=heading,
            note=note,
        ),
        call.actor,
        dry_run=dry_run,
        progress=call.progress(),
    )
    told = done.result["difference"]
    lines = [f"{'试编，没有写入：' if dry_run else ''}{done.text}。"]
    if told is not None:
        lines.append(f"与上一版相比：新增 {told['joined']}，退出 {told['left']}，变更 {told['changed']}。")
    give(call, {**done.result, "edition": None if dry_run else done.result["edition"]}, lines)


@edition.command("list")
@click.argument("kind", metavar="种类")
@pass_call
def list_(call: Call, kind: str) -> None:
    """列出一种名册的各版。"""
    from suite.kernel.exchange.editions import editions

    suite = call.ready
    with suite.reading() as session:
        found = editions(session, call.actor, suite.catalog, kind)
    rows = [
        (
            f"#{item.id}",
            f"第 {item.number} 版",
            item.title,
            item.as_of,
            f"{item.rows:,}",
            "已撤回" if item.withdrawn_at else item.document_no or "未公告",
        )
        for item in found
    ]
    lines = table(["编号", "版次", "名称", "截止日期", "数量", "公告"], rows) if rows else ["还没有编制过。"]
    give(call, {"kind": kind, "editions": found}, lines)


@edition.command("show")
@click.argument("edition_id", metavar="编号", type=ListedNumber())
@pass_call
def show(call: Call, edition_id: int) -> None:
    """一版名册的内容，以及与上一版的差异。"""
    papers = _papers(call, edition_id)
    document: dict[str, Any] = {
        "edition": papers.edition,
        "compared_with": papers.former,
        "lines": papers.lines,
        "difference": papers.changes,
    }
    rows = [papers.cells(place, line) for place, line in enumerate(papers.lines, 1)]
    lines = [papers.edition.title, papers.subtitle, *table(papers.headings, rows)]
    if papers.former is not None:
        lines.append(f"与第 {papers.former} 版比较")
        lines += ["　".join(cell for cell in row[1:] if cell) for row in papers.difference_rows()] or [
            "没有变化。"
        ]
    give(call, document, lines)


@edition.command("export")
@click.argument("edition_id", metavar="编号", type=ListedNumber())
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--reason", default="", metavar="事由", help="导出的事由，写入文件属性和操作痕迹。")
@pass_call
def export(call: Call, edition_id: int, file: Path, reason: str) -> None:
    """写成 .xlsx 工作簿或 .docx 文档。"""
    from suite.kernel.exchange.edition_files import write_edition
    from suite.kernel.exchange.export import LogExport
    from suite.kernel.exchange.leaving import export_file

    papers = _papers(call, edition_id)
    rows = export_file(
        file,
        LogExport(
            kind=papers.edition.kind, columns=papers.edition.columns, conditions=papers.name, reason=reason
        ),
        call.actor,
        run=call.ready.run,
        content=papers.name,
        write=lambda path, basis: write_edition(papers, path, basis),
    )
    give(
        call,
        {"edition": edition_id, "file": str(file), "rows": rows},
        [f"已写出第 {papers.edition.number} 版到 {file}。"],
    )


@edition.command("announce")
@click.argument("edition_id", metavar="编号", type=ListedNumber())
@click.option("--on", "day", metavar="日期", type=DATE, help="公告日期，默认为当天。")
@click.option("--no", "document_no", required=True, metavar="文号", help="公告文号。")
@pass_call
def announce(call: Call, edition_id: int, day: dt.datetime | None, document_no: str) -> None:
    """登记公告；公告后不能撤回。"""
    from suite.kernel.exchange.editions import AnnounceEdition

    command = AnnounceEdition(
        kind=_kind_of(call, edition_id),
        edition_id=edition_id,
        announced_on=day.date() if day else call.ready.today,
        document_no=document_no,
    )
    _tell(call, call.ready.run(command, call.actor))


@edition.command("withdraw")
@click.argument("edition_id", metavar="编号", type=ListedNumber())
@click.option("--reason", required=True, metavar="原因", help="撤回的原因。")
@pass_call
def withdraw(call: Call, edition_id: int, reason: str) -> None:
    """撤回尚未公告的一版；内容仍可查阅。"""
    from suite.kernel.exchange.editions import WithdrawEdition

    command = WithdrawEdition(kind=_kind_of(call, edition_id), edition_id=edition_id, reason=reason)
    _tell(call, call.ready.run(command, call.actor))


def _tell(call: Call, done: Done) -> None:
    give(call, {"text": done.text}, [f"{done.text}。"])


def _kind_of(call: Call, edition_id: int) -> str:
    from suite.kernel.exchange.editions import edition_of

    with call.ready.reading() as session:
        return edition_of(session, call.actor, call.ready.catalog, edition_id).kind


def _papers(call: Call, edition_id: int) -> EditionPapers:
    from suite.kernel.exchange.edition_files import papers_of

    with call.ready.reading() as session:
        return papers_of(session, call.actor, call.ready.catalog, edition_id)
