"""`suite limits`: every legal limit with its length in force, unit, article and certainty."""

from __future__ import annotations

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.options import Call, SuiteCommand, pass_call

SURE = {"verified": "已核实", "recalled": "待核实"}


@click.command("limits", cls=SuiteCommand)
@pass_call
def limits(call: Call) -> int:
    """列出全部法定期限：长度、单位、起算、暂停、延长、依据和核实情况。"""
    from suite.kernel.clocks.limits import limit_lines

    suite = call.ready
    with suite.reading() as session:
        lines = limit_lines(session, suite.catalog, suite.today)
    rows = [
        (line.key, line.title, line.length, line.start_words, SURE[line.confidence.value], line.article)
        for line in lines
    ]
    give(call, {"limits": lines}, table(["期限", "名称", "长度", "起算", "核实", "依据"], rows))
    return DONE
