"""`suite notices`: what waits for the one who asks."""

from __future__ import annotations

import click

from suite.bootstrap import SHANGHAI
from suite.cli.answers import give, table
from suite.cli.options import Call, SuiteCommand, pass_call


@click.command("notices", cls=SuiteCommand)
@click.option("--all", "everything", is_flag=True, help="也列出已办结的和早先的。")
@pass_call
def notices(call: Call, everything: bool) -> None:
    """列出本人的提醒，最近的在前。阅读和办结：suite run ReadNotice、FinishNotice --set notices=编号。"""
    from suite.kernel.notices.queries import notice_lines

    suite = call.ready
    with suite.reading() as session:
        lines = notice_lines(session, call.actor, suite.catalog, suite.today, everything=everything)
    rows = [
        (
            line.id,
            "办结" if line.done else "已读" if line.read else "未读",
            line.title,
            line.text,
            line.by,
            f"{line.raised_at.astimezone(SHANGHAI):%Y-%m-%d %H:%M}",
        )
        for line in lines
    ]
    headings = ["编号", "状态", "类别", "内容", "来自", "时间"]
    give(call, {"notices": lines}, table(headings, rows) if rows else ["没有提醒。"])
