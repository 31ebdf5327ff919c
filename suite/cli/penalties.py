"""`suite penalties`: the catalogue of penalties and of sanctions of the trade."""

import click

from suite.cli.answers import give, table
from suite.cli.failures import DONE
from suite.cli.limits import SURE
from suite.cli.options import Call, SuiteCommand, pass_call


@click.command("penalties", cls=SuiteCommand)
@pass_call
def penalties(call: Call) -> int:
    """列出处罚目录：行政处罚和行业处分的情形、对象、种类和幅度、决定机关、依据和核实情况。"""
    from suite.kernel.casework.penalties.catalogue import penalty_lines

    suite = call.ready
    with suite.reading() as session:
        lines = penalty_lines(session, suite.catalog, suite.today)
    rows = [
        (
            line.key,
            line.track_words,
            line.title,
            line.subject_words,
            "；".join(line.measures),
            line.deciders,
            SURE[line.confidence.value],
            line.article,
        )
        for line in lines
    ]
    heads = ["代码", "类别", "情形", "对象", "种类和幅度", "决定机关", "核实", "依据"]
    give(call, {"penalties": lines}, table(heads, rows))
    return DONE
