"""`suite measures`: what published grades lead to, and what of it is still to be carried out."""

from __future__ import annotations

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, pass_call


@click.command("measures", cls=SuiteCommand)
@click.option("--campaign", metavar="编号", type=int, help="只列一次考核的。")
@click.option("--all", "everything", is_flag=True, help="连同已落实和不再适用的。")
@pass_call
def measures(call: Call, campaign: int | None, everything: bool) -> int:
    """考核结果运用：等次引起的措施，先到期的在前。落实后用 suite run SettleMeasure 登记。"""
    from suite.kernel.assessment.following import measure_lines

    suite, actor = call.ready, call.actor
    with suite.reading() as session:
        lines = measure_lines(session, actor, suite.catalog, campaign_id=campaign, settled=everything)
    rows = [
        (
            line.id,
            line.name,
            line.grade,
            line.title,
            line.until or line.due or "",
            line.words(suite.today),
            line.campaign,
        )
        for line in lines
    ]
    heads = ["编号", "对象", "等次", "措施", "期限", "状态", "考核"]
    give(call, {"measures": lines}, table(heads, rows) if rows else ["没有待落实的措施。"])
    return DONE
