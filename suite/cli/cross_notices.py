"""`suite cross-notice`: numbered packets of facts to courts, police and others, with receipt."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import TYPE_CHECKING

import click

from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteGroup, pass_call

if TYPE_CHECKING:
    from suite.contract.commands import Done

DATE = click.DateTime(["%Y-%m-%d"])


@click.group("cross-notice", cls=SuiteGroup)
def cross_notice() -> None:
    """通报：把机构、人员的变动、考核、处罚编号通报法院、检察院、公安等，登记送出和回执。"""


@cross_notice.command("make")
@click.argument("profession", metavar="条线")
@click.argument("recipient", metavar="接收单位")
@click.option("--from", "first", required=True, metavar="日期", type=DATE, help="自哪日起的事项。")
@click.option("--to", "last", metavar="日期", type=DATE, help="到哪日止，默认当天。")
@click.option(
    "--part", "parts", multiple=True, metavar="类别", help="change post grade penalty sanction；默认全部。"
)
@pass_call
def make(
    call: Call,
    profession: str,
    recipient: str,
    first: dt.datetime,
    last: dt.datetime | None,
    parts: tuple[str, ...],
) -> None:
    """编制一份通报：取号、列清单、成函。"""
    from suite.kernel.reports.cross_notices import MakeCrossNotice

    command = MakeCrossNotice(
        profession=profession,
        recipient=recipient,
        first=first.date(),
        last=last.date() if last else call.ready.today,
        parts=parts,
    )
    _tell(call, call.ready.run(command, call.actor))


@cross_notice.command("list")
@pass_call
def list_(call: Call) -> None:
    """列出通报及其回执。"""
    from suite.kernel.reports.cross_notices import cross_notices

    with call.ready.reading() as session:
        found = cross_notices(session, call.actor, call.ready.catalog)
    rows = [
        (
            f"#{item.id}",
            item.number,
            item.recipient,
            f"{item.first} 至 {item.last}",
            item.count,
            f"{item.sent_on} {item.channel}" if item.sent_on else "未送出",
            f"{item.receipt_on} {item.receipt_by}" if item.receipt_on else "无回执",
        )
        for item in found
    ]
    headings = ["编号", "文号", "接收单位", "期间", "项数", "送出", "回执"]
    give(call, {"notices": found}, table(headings, rows) if rows else ["还没有通报。"])


@cross_notice.command("show")
@click.argument("which", metavar="通报")
@pass_call
def show(call: Call, which: str) -> None:
    """一份通报的清单。"""
    from suite.kernel.reports.cross_notices import cross_notice_of
    from suite.kernel.reports.notice_lines import TITLES

    with call.ready.reading() as session:
        found = cross_notice_of(session, call.actor, call.ready.catalog, which)
    rows = [(TITLES[line.what], line.day, line.text) for line in found.lines]
    give(
        call,
        {"notice": found},
        [f"{found.number}　{found.recipient}", *table(["类别", "日期", "内容"], rows)],
    )


@cross_notice.command("export")
@click.argument("which", metavar="通报")
@click.argument("out", metavar="文件", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--reason", default="", metavar="事由", help="写出的事由，记入操作痕迹。")
@pass_call
def export(call: Call, which: str, out: Path, reason: str) -> None:
    """写出通报函（.docx）。"""
    from suite.kernel.reports.cross_notices import cross_notice_of, cross_notice_paper
    from suite.kernel.reports.leaving import LogNoticeCopy, save_bytes

    with call.ready.reading() as session:
        found = cross_notice_of(session, call.actor, call.ready.catalog, which)
        _, content = cross_notice_paper(session, call.actor, which)
    log = LogNoticeCopy(profession=found.profession, conditions=str(found.id), reason=reason)
    save_bytes(out, content, log, call.actor, run=call.ready.run)
    give(
        call, {"notice": found.id, "file": out, "bytes": len(content)}, [f"已写出 {found.number} 到 {out}。"]
    )


@cross_notice.command("send")
@click.argument("which", metavar="通报")
@click.option(
    "--channel", required=True, metavar="方式", help="机要交换、电子公文、会议送达、直接送达、邮寄。"
)
@click.option("--on", "day", metavar="日期", type=DATE, help="默认当天。")
@pass_call
def send(call: Call, which: str, channel: str, day: dt.datetime | None) -> None:
    """登记送出。"""
    from suite.kernel.reports.cross_notices import SendCrossNotice, cross_notice_of

    with call.ready.reading() as session:
        found = cross_notice_of(session, call.actor, call.ready.catalog, which)
    command = SendCrossNotice(
        profession=found.profession,
        notice_id=found.id,
        sent_on=day.date() if day else call.ready.today,
        channel=channel,
    )
    _tell(call, call.ready.run(command, call.actor))


@cross_notice.command("receipt")
@click.argument("which", metavar="通报")
@click.option("--by", "who", required=True, metavar="签收人", help="由谁签收。")
@click.option("--on", "day", metavar="日期", type=DATE, help="默认当天。")
@click.option("--note", default="", metavar="反馈", help="对方的反馈，没有的不填。")
@pass_call
def receipt(call: Call, which: str, who: str, day: dt.datetime | None, note: str) -> None:
    """登记回执。"""
    from suite.kernel.reports.cross_notices import ReceiveReceipt, cross_notice_of

    with call.ready.reading() as session:
        found = cross_notice_of(session, call.actor, call.ready.catalog, which)
    command = ReceiveReceipt(
        profession=found.profession,
        notice_id=found.id,
        receipt_on=day.date() if day else call.ready.today,
        receipt_by=who,
        note=note,
    )
    _tell(call, call.ready.run(command, call.actor))


def _tell(call: Call, done: Done) -> None:
    give(call, {"text": done.text, **done.result}, [f"{done.text}。"])
