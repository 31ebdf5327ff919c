"""`suite plan`: the items of the plan, and where each of them is done."""

from __future__ import annotations

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, pass_call

WORDS = {"here": "可办理", "waiting": "等待"}


@click.command("plan", cls=SuiteCommand)
@pass_call
def plan(call: Call) -> int:
    """规划的 198 项系统、台账和机制：各在何处办理，哪些等待尚未安装的插件。"""
    from suite.kernel.plan.queries import plan_lines

    catalog = (call.unchecked if call.missing_file else call.suite).catalog
    lines = plan_lines(catalog)
    document = [
        {
            "no": line.item.no,
            "title": line.item.title,
            "section": line.item.section,
            "owner": line.item.owner,
            "state": line.state,
            "where": list(line.where),
        }
        for line in lines
    ]
    rows = [
        (line.item.no, line.item.title, line.item.section, WORDS[line.state], "、".join(line.where))
        for line in lines
    ]
    here = sum(bool(line.where) for line in lines)
    words = table(["序号", "项目", "章节", "状态", "办理处"], rows)
    give(call, document, [*words, f"共 {len(lines)} 项，可办理 {here} 项。"])
    return DONE
