"""`suite credit`: credit records and files, their disclosure, and the differences for platforms."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, ListedNumber, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.kernel.credit.listing import CreditLine

DATE = click.DateTime(["%Y-%m-%d"])


@click.group("credit", cls=SuiteGroup)
def credit() -> None:
    """信用记录：由处罚、处分、投诉、考核自动记入；信用档案、披露、公示平台差异。"""


def _told(call: Call, lines: list[CreditLine]) -> None:
    document: list[dict[str, Any]] = [
        {
            "id": item.id, "subject": item.subject_id, "kind": item.kind, "name": item.name,
            "rule": item.rule, "title": item.title, "grade": item.grade, "organ": item.organ,
            "document_no": item.document_no, "decided_on": item.decided_on,
            "visibility": item.visibility, "state": item.state.key, "display_from": item.display_from,
            "display_until": item.display_until, "repairable_on": item.repairable_on,
        }
        for item in lines
    ]  # fmt: skip
    rows = [
        (f"#{item.id}", item.state.title, item.name, item.title, item.grade, item.document_no,
         item.decided_on, item.display_until or "")
        for item in lines
    ]  # fmt: skip
    headings = ["编号", "状态", "对象", "事项", "类别", "文号", "认定日期", "公示至"]
    give(call, {"records": document}, table(headings, rows) if rows else ["没有信用记录。"])


@credit.command("list")
@click.option("--profession", default="", metavar="条线")
@click.option("--state", default="", metavar="状态", help="collected、disclosed、repaired、ended 等。")
@pass_call
def list_(call: Call, profession: str, state: str) -> None:
    """列出信用记录。"""
    from suite.kernel.credit.listing import CreditQuery, credit_lines

    suite = call.ready
    query = CreditQuery(professions=(profession,) if profession else (), state=state)
    with suite.reading() as session:
        _told(call, credit_lines(session, call.actor, suite.catalog, query, suite.today))


@credit.command("file")
@click.argument("kind", metavar="种类")
@click.argument("key", metavar="对象")
@click.option("--reason", required=True, metavar="事由", help="查询的事由，记入每条信用记录。")
@pass_call
def file(call: Call, kind: str, key: str, reason: str) -> None:
    """查询一个对象的信用档案，含同一人的其他身份；查询留痕。

    对象可以是主编号、证号、只有一人的姓名，或 #内部编号。
    """
    from suite.kernel.credit.commands import ViewCreditFile
    from suite.kernel.credit.queries import credit_file

    suite = call.ready
    subject_id = _meant(call, kind, key)
    suite.run(ViewCreditFile(kind=kind, subject_id=subject_id, reason=reason), call.actor)
    with suite.reading() as session:
        _told(call, credit_file(session, call.actor, suite.catalog, subject_id, suite.today))


def _meant(call: Call, kind: str, key: str) -> int:
    """The record that a key means; plain digits that are no number of a record are its internal one."""
    from suite.contract.problems import Refused
    from suite.kernel.registry.keys import MARK, subject_of

    suite = call.ready
    with suite.reading() as session:
        try:
            return subject_of(session, call.actor, suite.catalog, key, kind=kind)
        except Refused:
            if not key.isdigit():
                raise
            return subject_of(session, call.actor, suite.catalog, f"{MARK}{key}", kind=kind)


@credit.command("step")
@click.argument("step", metavar="环节")
@click.argument("records", metavar="编号…", type=ListedNumber(), nargs=-1, required=True)
@click.option("--note", default="", metavar="说明")
@click.option("--on", "day", type=DATE, metavar="日期")
@pass_call
def step(call: Call, step: str, records: tuple[int, ...], note: str, day: dt.datetime | None) -> None:
    """办理披露环节：verify 核实、notify 告知当事人、object 登记异议、answer 异议不成立、approve 批准披露、
    disclose 披露、correct 更正、end 提前终止、lapse 期满终止。"""
    from suite.kernel.credit.commands import TakeCreditStep

    on = day.date() if day else None
    done = call.ready.run(TakeCreditStep(records=records, step=step, note=note, on=on), call.actor)
    give(call, {"text": done.text}, [f"{done.text}。"])


@credit.command("differences")
@click.argument("file", metavar="文件", type=click.Path(path_type=Path))
@click.option("--platform", default="", metavar="平台", help="只有一个公示平台时可不写。")
@pass_call
def differences(call: Call, file: Path, platform: str) -> None:
    """生成自上次回执以来的差异文件（全国律师诚信信息公示平台）。"""
    from suite.kernel.credit.commands import MakePlatformFile
    from suite.kernel.credit.platform import feed_of
    from suite.kernel.exchange.publicity_files import differences_into

    suite = call.ready
    feed = feed_of(suite.catalog, platform)
    done = suite.run(MakePlatformFile(feed=feed.key), call.actor, deliver=differences_into(file, feed.owner))
    give(
        call,
        {"export": done.result["export"], "number": done.result["number"],
         "rows": len(done.result["rows"]), "file": str(file)},
        [f"{done.text}：{file}。平台接收后用 suite credit acknowledge 登记回执。"],
    )  # fmt: skip


@credit.command("acknowledge")
@click.argument("export_id", metavar="编号", type=ListedNumber())
@click.option("--reference", required=True, metavar="回执编号")
@pass_call
def acknowledge(call: Call, export_id: int, reference: str) -> None:
    """登记平台对差异文件的回执；未回执的差异下次仍会报出。"""
    from suite.kernel.credit.commands import AcknowledgePlatformFile

    done = call.ready.run(AcknowledgePlatformFile(export_id=export_id, reference=reference), call.actor)
    give(call, {"text": done.text}, [f"{done.text}。"])


@credit.command("exports")
@pass_call
def exports(call: Call) -> None:
    """列出已生成的差异文件和平台的回执。"""
    from suite.kernel.credit.queries import platform_exports

    suite = call.ready
    with suite.reading() as session:
        found = platform_exports(session, call.actor, suite.catalog)
    rows = [
        (f"#{item.id}", item.title, f"第 {item.number} 次", item.made_on, item.rows,
         item.acknowledged_on or "未回执", item.reference)
        for item in found
    ]  # fmt: skip
    headings = ["编号", "平台", "次序", "生成日期", "条数", "回执", "回执编号"]
    give(call, {"exports": found}, table(headings, rows) if rows else ["还没有生成过差异文件。"])
